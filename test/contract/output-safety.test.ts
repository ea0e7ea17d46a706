import { outputSafety } from '../stories/output-safety.ts';
import { tell } from '../support/tell.ts';

tell(outputSafety);
