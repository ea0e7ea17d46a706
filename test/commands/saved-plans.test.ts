import { savedPlans } from './stories/saved-plans.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(savedPlans);
