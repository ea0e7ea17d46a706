import { refusals } from '../stories/refusals.ts';
import { tell } from '../support/tell.ts';

tell(refusals);
