import { dataTypes } from '../../commands/stories/data-types.ts';
import { interrupts } from '../../commands/stories/interrupts.ts';
import { lostAnswers } from '../../commands/stories/lost-answers.ts';
import { refusals } from '../../commands/stories/refusals.ts';
import { worlds } from '../../commands/stories/worlds.ts';
import { tellEverywhere } from './matrix.ts';

tellEverywhere([worlds, dataTypes, refusals, lostAnswers, interrupts]);
