import { actions } from '../stories/actions.ts';
import { tell } from '../support/tell.ts';

tell(actions);
