import { dataTypes } from '../stories/data-types.ts';
import { interrupts } from '../stories/interrupts.ts';
import { lostAnswers } from '../stories/lost-answers.ts';
import { refusals } from '../stories/refusals.ts';
import { worlds } from '../stories/worlds.ts';
import { tellEverywhere } from './switch-matrix/matrix.ts';

tellEverywhere([worlds, dataTypes, refusals, lostAnswers, interrupts]);
