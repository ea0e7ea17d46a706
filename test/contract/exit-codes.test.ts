import { exitCodes } from '../stories/exit-codes.ts';
import { tell } from '../support/tell.ts';

tell(exitCodes);
