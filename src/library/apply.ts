import { reportWithoutTrying } from '../apply/apply-plan.ts';
import type { ApplyReport } from '../apply/outcome.ts';
import type { ApplyEvent } from '../apply/ports.ts';
import { executePlan } from '../run/execute-plan.ts';
import { makeReady } from '../run/make-ready.ts';
import { takeExclusive } from '../run/exclusive.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanOptions } from './options.ts';
import { withLibraryConnection } from './with-connection.ts';

/** How to apply a plan. */
export interface ApplyOptions extends PlanOptions {
  /** True creates what can be created even where other fields are in conflict. */
  readonly allowConflicts?: boolean;
  /** Told what is happening, as it happens. */
  readonly onEvent?: (event: ApplyEvent) => void;
  /** Told, in words, what does not keep the work from being done, such as a journal that cannot be written. */
  readonly onNote?: (text: string) => void;
}

/**
 * Does exactly what a plan says, as `zoho-fields apply PLAN` does: reads live again, creates what is missing, and reads
 * it back. It never asks; whoever calls it has decided.
 *
 * @param planned what `plan` gave; a plan of another organisation, or one that no longer fits, is refused.
 * @returns what became of every field. With conflicts, and without `allowConflicts`, nothing is tried, and
 *   `stoppedByConflicts` is true. What ended the work early is in `problem`.
 * @throws Problem of kind `stale` where the plan no longer fits, or as `plan` does, before anything was written.
 */
export async function apply(planned: Plan, options: ApplyOptions = {}): Promise<ApplyReport> {
  const { path } = planned.manifest;
  return withLibraryConnection(options, 'write', path, async (connection, io) => {
    const turn = await takeExclusive(path, connection, io);
    const { journal } = turn;
    try {
      const ready = await makeReady(planned, connection, journal.entries, io.now);
      for (const warning of ready.warnings) options.onWarning?.(warning);
      if (ready.plan.summary.conflict > 0 && options.allowConflicts !== true) {
        return reportWithoutTrying(ready.plan, true);
      }
      return await executePlan({ ...ready, journal }, connection, io, options.onEvent ?? (() => undefined));
    } finally {
      await turn.end();
    }
  });
}
