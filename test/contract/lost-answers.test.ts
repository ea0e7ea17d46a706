import { lostAnswers } from '../stories/lost-answers.ts';
import { tell } from '../support/tell.ts';

tell(lostAnswers);
