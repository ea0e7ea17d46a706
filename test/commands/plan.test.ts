import { plan } from './stories/plan.ts';
import { tell } from '../support/run-shared-tests.ts';

tell(plan);
