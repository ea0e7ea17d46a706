import { lostAnswers } from './stories/lost-answers.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(lostAnswers);
