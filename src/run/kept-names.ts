import type { Plan } from '../model/plan.ts';
import { restsOnName } from '../plan/creation-label.ts';
import { workOf } from '../plan/earlier-runs.ts';

/** What a probe has spared a plan, in one line; nothing where it spared nothing. */
export function keptNamesLine(plan: Plan): string | undefined {
  return workOf(plan).some(({ field }) => restsOnName(field))
    ? 'API names are kept here, as your own probe showed: no label is set afterwards.\n'
    : undefined;
}
