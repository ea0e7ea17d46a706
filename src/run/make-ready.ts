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
  /** When it began to be read, on the clock of {@link makeReady}'s caller. */
  readonly readAt: number;
}

/** What is to be applied: a saved plan, or a manifest that was just read. */
export type Wanted = Plan | Pick<ValidManifest, 'manifest' | 'doubts'>;

/**
 * Reads live and makes the plan of a manifest, or holds a saved plan against it.
 * @throws Problem `stale` for a saved plan that no longer fits, `credentials` for one that these may not carry out.
 */
export async function makeReady(
  wanted: Wanted,
  { reader, session }: Pick<Connection, 'reader' | 'session'>,
  journal: readonly JournalEntry[],
  now: () => number,
): Promise<Ready> {
  const readAt = now();
  const { scopes } = await session.token();
  const made =
    'plan_id' in wanted
      ? await planAgain(wanted, reader, journal).catch((error: unknown) => {
          // Of a plan that does not fit and may not be carried out, the latter is told (contract §6).
          refuseScopeGaps(wanted, scopes);
          throw error;
        })
      : await planLive(wanted.manifest, reader, journal);
  refuseScopeGaps(made.plan, scopes);
  const { plan, live, warnings } = made;
  const doubts = 'plan_id' in wanted ? [] : wanted.doubts(isToBeCreated(plan));
  return { plan, live: live.modules, warnings: [...doubts, ...warnings], readAt };
}

/**
 * For so many milliseconds a plan is executed as it was read: as long as reading and a quick yes to an expected plan take,
 * and less than anyone needs to make or change a field by hand.
 */
const FRESH_MS = 3000;

/**
 * What was agreed to, once more held against live where the answer came late: others may have worked meanwhile.
 * @throws Problem `stale` where the plan that was shown no longer fits, as for a saved plan (contract §8).
 */
export async function lookAgain(
  shown: Ready,
  connection: Pick<Connection, 'reader' | 'session'>,
  journal: readonly JournalEntry[],
  now: () => number,
): Promise<Ready> {
  const age = now() - shown.readAt;
  // A clock that was set back tells nothing.
  if (age >= 0 && age <= FRESH_MS) return shown;
  const { plan, live, readAt } = await makeReady(shown.plan, connection, journal, now);
  return { ...shown, plan, live, readAt };
}
