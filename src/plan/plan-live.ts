import type { Diagnostic } from '../model/problem.ts';
import type { PlanReader } from '../model/live-field.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { duplicateWarnings } from './duplicates.ts';
import { makePlan } from './make-plan.ts';
import { readLive, type LiveState } from './read-live.ts';
import { asStale, intent, refreshPlan } from './refresh.ts';

/** A plan, what it was made from, and what is doubtful about what is there. */
export interface LivePlan {
  readonly plan: Plan;
  readonly live: LiveState;
  readonly warnings: readonly Diagnostic[];
}

/**
 * Reads live and plans a manifest: the one way in which every command, and the library, come to a plan.
 * @param journal what earlier runs noted.
 * @throws Problem when Zoho refuses or cannot be reached.
 */
export async function planLive(
  manifest: Manifest,
  reader: PlanReader,
  journal: readonly JournalEntry[],
): Promise<LivePlan> {
  const live = await readLive(manifest, reader);
  return withWarnings(makePlan(manifest, live.modules, live.directory, journal), live, journal);
}

/**
 * Reads live and holds a plan that was made before against it.
 * @throws Problem `stale` where it no longer fits, or as {@link planLive} does.
 */
export async function planAgain(
  saved: Plan,
  reader: PlanReader,
  journal: readonly JournalEntry[],
): Promise<LivePlan> {
  const live = await readLive(intent(saved), reader).catch((error: unknown) => {
    throw asStale(saved, error);
  });
  return withWarnings(refreshPlan(saved, live.modules, journal, live.directory), live, journal);
}

function withWarnings(plan: Plan, live: LiveState, journal: readonly JournalEntry[]): LivePlan {
  return { plan, live, warnings: duplicateWarnings(plan, live.modules, journal) };
}
