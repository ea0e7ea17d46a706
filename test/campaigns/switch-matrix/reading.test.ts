import { actions } from '../../commands/stories/actions.ts';
import { exitCodes } from '../../commands/stories/exit-codes.ts';
import { jsonDocuments } from '../../commands/stories/json.ts';
import { outputSafety } from '../../commands/stories/output-safety.ts';
import { plan } from '../../commands/stories/plan.ts';
import { savedPlans } from '../../commands/stories/saved-plans.ts';
import { tokenErrors } from '../../commands/stories/token-errors.ts';
import { tellEverywhere } from './matrix.ts';

tellEverywhere([plan, actions, exitCodes, jsonDocuments, outputSafety, savedPlans, tokenErrors]);
