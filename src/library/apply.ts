import { reportWithoutTrying } from '../apply/apply-plan.ts';
import type { ApplyReport } from '../apply/outcome.ts';
import type { ApplyEvent } from '../apply/ports.ts';
import { executePlan } from '../run/execute-plan.ts';
import { makeReady, checkPlan, refuseElsewhere } from '../run/make-ready.ts';
import { takeExclusive } from '../run/exclusive.ts';
import { DEFAULT_MANIFEST } from '../machine/read-bytes.ts';
import type { Plan } from '../model/plan.ts';
import { Problem, problem } from '../model/problem.ts';
import { parsePlan, serialisePlan } from '../plan/saved-plan.ts';
import { withLibraryConnection, type PlanOptions } from './with-connection.ts';

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
 * it back. It never asks; its caller has decided.
 *
 * @param planned what `plan` gave; a plan of another organisation, or one that no longer fits, is refused.
 * @returns what became of every field. With conflicts, and without `allowConflicts`, nothing is tried, and
 *   `stoppedByConflicts` is true. What ended the work early is in `problem`.
 * @throws Problem of kind `invalid` for what is no plan, `stale` where the plan no longer fits, or as `plan` does, before
 *   anything was written. What a listener throws changes nothing.
 */
export async function apply(planned: Plan, options: ApplyOptions = {}): Promise<ApplyReport> {
  const plan = await believable(planned);
  const { onEvent, onNote, onWarning } = options;
  if (options.emulator === true)
    refuseElsewhere(plan, options.cwd ?? process.cwd(), 'Give the folder of the manifest as "cwd".');
  const told = { ...options, onNote: unharmed(onNote) };
  return withLibraryConnection(told, 'write', DEFAULT_MANIFEST, async (connection, io) => {
    const turn = await takeExclusive(DEFAULT_MANIFEST, connection, io);
    const { journal } = turn;
    try {
      const ready = await makeReady(plan, connection, journal.entries, io.now);
      for (const warning of ready.warnings) unharmed(onWarning)(warning);
      if (ready.plan.summary.conflict > 0 && options.allowConflicts !== true) {
        return reportWithoutTrying(ready.plan, true);
      }
      return await executePlan({ ...ready, journal }, connection, io, unharmed(onEvent));
    } finally {
      await turn.end();
    }
  });
}

/**
 * The plan as a saved one would come back: a program may have kept it, changed it, or made it up.
 * @throws Problem `invalid` for what is no plan, or none that a manifest could have led to.
 */
async function believable(planned: Plan): Promise<Plan> {
  const plan = parsePlan(asText(planned), 'The plan');
  await checkPlan(plan, 'The plan');
  return plan;
}

function asText(planned: Plan): string {
  try {
    return serialisePlan(planned);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw problem(
      'invalid',
      'not-a-plan',
      'What was given is not a plan that "plan" gave.',
      'Call plan, and give what it returns to apply.',
    );
  }
}

/** What a listener throws, or rejects later, is its own affair: in the midst of creating nothing may depend on it. */
function unharmed<Value>(listener: ((value: Value) => unknown) | undefined): (value: Value) => void {
  return (value) => {
    try {
      Promise.resolve(listener?.(value)).catch(() => undefined);
    } catch {
      // Thrown at once, or rejected later: the same.
    }
  };
}
