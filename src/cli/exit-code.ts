import { AS_WANTED, summariseOutcomes, type ApplyReport } from '../apply/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { ProblemKind } from '../model/problem.ts';
import { isWork } from '../plan/earlier-runs.ts';

/**
 * The one place that turns outcomes into exit codes (contract §6).
 *
 * Numbers from 64 on follow sysexits, so that they cannot be taken for Terraform's 0, 1 and 2.
 */
export const EXIT = {
  done: 0,
  failed: 1,
  changes: 2,
  conflicts: 3,
  partial: 4,
  usage: 64,
  invalid: 65,
  notFound: 66,
  unreachable: 69,
  bug: 70,
  stale: 75,
  credentials: 77,
  configuration: 78,
  interrupted: 130,
} as const;

const BY_KIND: Readonly<Record<ProblemKind, number>> = {
  failed: EXIT.failed,
  usage: EXIT.usage,
  invalid: EXIT.invalid,
  'not-found': EXIT.notFound,
  unreachable: EXIT.unreachable,
  stale: EXIT.stale,
  credentials: EXIT.credentials,
  configuration: EXIT.configuration,
  interrupted: EXIT.interrupted,
};

/** The code of a failure that ended a command. */
export function exitForProblem(kind: ProblemKind): number {
  return BY_KIND[kind];
}

/** The code where standard output did not take all: failed, unless something that goes before it was to be told. */
export function exitUnwritten(code: number): number {
  return code === EXIT.done || code === EXIT.changes ? EXIT.failed : code;
}

/** The code of a plan that was made; changes count only where they were asked about. */
export function exitForPlan(plan: Plan, detailed: boolean): number {
  const { create, drift, conflict } = plan.summary;
  if (conflict > 0) return EXIT.conflicts;
  return detailed && create + drift > 0 ? EXIT.changes : EXIT.done;
}

/**
 * The code of an apply. Once a field was created every failure but an interrupt is "partial"; where none was, the
 * cause has the word.
 */
export function exitForApply(report: ApplyReport): number {
  if (report.stoppedByConflicts) return EXIT.conflicts;
  if (report.interrupted) return EXIT.interrupted;
  const wanted = report.fields.filter((field) => isWork(field.entry));
  const complete = wanted.every(({ outcome }) => AS_WANTED.has(outcome));
  if (complete && report.problem === undefined) return EXIT.done;
  if (summariseOutcomes(wanted).created > 0) return EXIT.partial;
  return report.problem === undefined ? EXIT.failed : exitForProblem(report.problem.kind);
}
