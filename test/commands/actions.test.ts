import { actions } from './stories/actions.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(actions);
