import { exitCodes } from './stories/exit-codes.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(exitCodes);
