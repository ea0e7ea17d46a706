import { savedPlans } from '../stories/saved-plans.ts';
import { tell } from '../support/tell.ts';

tell(savedPlans);
