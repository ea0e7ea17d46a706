import { actions } from '../stories/actions.ts';
import { exitCodes } from '../stories/exit-codes.ts';
import { jsonDocuments } from '../stories/json.ts';
import { outputSafety } from '../stories/output-safety.ts';
import { plan } from '../stories/plan.ts';
import { savedPlans } from '../stories/saved-plans.ts';
import { tokenErrors } from '../stories/token-errors.ts';
import { tellEverywhere } from './switch-matrix/matrix.ts';

tellEverywhere([plan, actions, exitCodes, jsonDocuments, outputSafety, savedPlans, tokenErrors]);
