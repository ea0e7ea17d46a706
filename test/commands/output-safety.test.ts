import { outputSafety } from './stories/output-safety.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(outputSafety);
