import { type Diagnostic, Problem, problem } from '../model/problem.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Plan } from '../model/plan.ts';
import type { LiveModule } from '../plan/make-plan.ts';
import { planAgain, planLive } from '../plan/plan-live.ts';
import { isToBeCreated } from '../plan/remarks.ts';
import type { Connection } from './connect.ts';
import type { ValidManifest } from './read-manifest.ts';
import { refuseScopeGaps } from './scope-gaps.ts';
import { dirname, resolve } from 'node:path';
import { PLAN, readKept } from '../machine/kept-file.ts';
import type { Io } from '../machine/io.ts';
import { intent } from '../plan/refresh.ts';

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

/** More of them help nobody. */
const MOST_TOLD = 10;

/** Reads a saved plan, and believes of it only what a manifest could have declared. */
export async function readSavedPlan(path: string, io: Io): Promise<Plan> {
  const plan = await readKept(PLAN, path, io);
  await checkPlan(plan, path);
  return plan;
}

/**
 * Holds a plan that comes from outside of this run against everything that a manifest is held to. Its digest shows
 * accidents, but anyone can compute one: what is sent to Zoho must never depend on that.
 * @throws Problem `invalid` for what no manifest could have declared.
 */
export async function checkPlan(plan: Plan, shown: string): Promise<void> {
  // The rules of manifests are loaded only where a plan is read that this run did not make.
  const { checkIntent } = await import('../manifest/check-intent.ts');
  const strays = plan.modules.flatMap(({ module, entries }) =>
    entries
      .filter((entry) => entry.module !== module)
      .map(({ field }) => `${field.api_name} stands among the fields of another module.`),
  );
  const [first, ...rest] = [...strays, ...checkIntent(intent(plan).modules)]
    .slice(0, MOST_TOLD)
    .map((what) => wrong(shown, what));
  if (first !== undefined) throw new Problem('invalid', [first, ...rest]);
}

function wrong(shown: string, what: string): Diagnostic {
  return {
    severity: 'error',
    code: 'plan-not-declarable',
    message: `${shown} holds what no manifest could have declared: ${what}`,
    remedy: 'Plan again: zoho-fields plan --out FILE',
  };
}

/**
 * Where a plan that comes from outside says its manifest is decides nothing about what is written where. Only the built-in
 * Zoho lives beside a manifest, so there the user has to say which one is meant.
 * @throws Problem `usage` where the plan's manifest is not in the current folder.
 */
export function refuseElsewhere(plan: Plan, cwd: string, remedy: string): void {
  const { path } = plan.manifest;
  if (path === '-' || dirname(resolve(cwd, path)) === resolve(cwd)) return;
  throw problem(
    'usage',
    'manifest-elsewhere',
    `The plan was made from ${path}, and the built-in Zoho keeps its state beside the manifest: so it must be told which folder.`,
    remedy,
  );
}
