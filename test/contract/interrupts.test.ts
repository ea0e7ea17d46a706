import { interrupts } from '../stories/interrupts.ts';
import { tell } from '../support/tell.ts';

tell(interrupts);
