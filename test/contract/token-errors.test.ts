import { tokenErrors } from '../stories/token-errors.ts';
import { tell } from '../support/tell.ts';

tell(tokenErrors);
