import { plan } from '../stories/plan.ts';
import { tell } from '../support/tell.ts';

tell(plan);
