import { refusals } from './stories/refusals.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(refusals);
