import { FIELDS_PER_CALL } from '../model/limits.ts';
import type { Plan } from '../model/plan.ts';
import { needsLabelLater } from '../plan/naming.ts';
import { isToBeFinished } from '../plan/unfinished.ts';

/** Calls that applying a plan takes when all goes well (contract §9). */
export interface ApplyCost {
  readonly creating: number;
  readonly labelling: number;
  readonly readingBack: number;
  readonly total: number;
}

export function applyCost(plan: Plan): ApplyCost {
  let creating = 0;
  let labelling = 0;
  let readingBack = 0;
  for (const module of plan.modules) {
    const creates = module.entries.filter((entry) => entry.action === 'create');
    creating += Math.ceil(creates.length / FIELDS_PER_CALL);
    const unfinished = module.entries.filter((entry) => isToBeFinished(entry));
    const late = creates.filter((entry) => needsLabelLater(entry.field)).length + unfinished.length;
    labelling += Math.ceil(late / FIELDS_PER_CALL);
    readingBack += creates.length + unfinished.length > 0 ? 1 : 0;
  }
  return { creating, labelling, readingBack, total: creating + labelling + readingBack };
}
