import { tokenErrors } from './stories/token-errors.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(tokenErrors);
