import type { Diagnostic } from '../model/diagnostic.ts';
import type { PlanReader } from '../model/field-reader.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { makePlan, type LiveModule } from '../plan/make-plan.ts';
import { readLive } from '../plan/read-live.ts';
import { asStale, intent, refreshPlan } from '../plan/stale.ts';
import { twinWarnings } from '../plan/twins.ts';

/** A plan ready to be executed, with what it was made from. */
export interface Ready {
  readonly plan: Plan;
  readonly live: readonly LiveModule[];
  readonly warnings: readonly Diagnostic[];
}

/** What is to be applied: a saved plan, or a manifest that was just read. */
export type Wanted = Plan | { readonly manifest: Manifest; readonly warnings: readonly Diagnostic[] };

/**
 * Reads live and makes the plan of a manifest, or holds a saved plan against it.
 * @throws Problem `stale` for a saved plan that no longer fits.
 */
export async function prepare(
  wanted: Wanted | undefined,
  reader: PlanReader,
  journal: readonly JournalEntry[],
): Promise<Ready> {
  if (wanted === undefined) throw new Error('neither a plan nor a manifest was read');
  if ('plan_id' in wanted) {
    const { modules } = await readLive(intent(wanted), reader).catch((error: unknown) => {
      throw asStale(wanted, error);
    });
    const plan = refreshPlan(wanted, modules, journal);
    return { plan, live: modules, warnings: twinWarnings(plan, modules) };
  }
  const live = await readLive(wanted.manifest, reader);
  const plan = makePlan(wanted.manifest, live.modules, live.directory, journal);
  return { plan, live: live.modules, warnings: [...wanted.warnings, ...twinWarnings(plan, live.modules)] };
}
