import { worlds } from './stories/worlds.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(worlds);
