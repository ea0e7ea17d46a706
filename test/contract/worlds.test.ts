import { worlds } from '../stories/worlds.ts';
import { tell } from '../support/tell.ts';

tell(worlds);
