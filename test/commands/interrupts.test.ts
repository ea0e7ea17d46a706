import { interrupts } from './stories/interrupts.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(interrupts);
