import type { Diagnostic } from '../model/problem.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import type { LiveModule } from '../plan/make-plan.ts';
import { planAgain, planLive } from '../plan/plan-live.ts';
import { isToBeCreated } from '../plan/remarks.ts';
import type { Connection } from './connect.ts';
import type { ValidManifest } from './read-manifest.ts';
import { refuseScopeGaps } from './scope-gaps.ts';

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
 * @throws Problem `stale` for a saved plan that no longer fits, `credentials` for one that these may not carry out.
 */
export async function makeReady(
  wanted: Wanted | undefined,
  { reader, session }: Pick<Connection, 'reader' | 'session'>,
  journal: readonly JournalEntry[],
): Promise<Ready> {
  if (wanted === undefined) throw new Error('neither a plan nor a manifest was read');
  const made =
    'plan_id' in wanted
      ? await planAgain(wanted, reader, journal)
      : await planLive(wanted.manifest, reader, journal);
  refuseScopeGaps(made.plan, (await session.token()).scopes);
  const { plan, live, warnings } = made;
  const doubts = 'plan_id' in wanted ? [] : wanted.doubts(isToBeCreated(plan));
  return { plan, live: live.modules, warnings: [...doubts, ...warnings] };
}
