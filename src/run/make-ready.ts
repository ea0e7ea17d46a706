import type { Diagnostic } from '../model/problem.ts';
import type { PlanReader } from '../model/live-field.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import type { LiveModule } from '../plan/make-plan.ts';
import { planAgain, planLive, type LivePlan } from '../plan/plan-live.ts';
import { isToBeCreated } from '../plan/remarks.ts';
import type { ValidManifest } from './read-manifest.ts';

/** A plan ready to be executed, with what it was made from. */
export interface Ready {
  readonly plan: Plan;
  readonly live: readonly LiveModule[];
  readonly warnings: readonly Diagnostic[];
}

/** What is to be applied: a saved plan, or a manifest that was just read. */
export type Wanted = Plan | Pick<ValidManifest, 'manifest' | 'doubts'>;

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
  if ('plan_id' in wanted) return ready(await planAgain(wanted, reader, journal), () => []);
  return ready(await planLive(wanted.manifest, reader, journal), wanted.doubts);
}

function ready({ plan, live, warnings }: LivePlan, doubts: ValidManifest['doubts']): Ready {
  return { plan, live: live.modules, warnings: [...doubts(isToBeCreated(plan)), ...warnings] };
}
