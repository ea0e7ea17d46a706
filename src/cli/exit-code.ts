import { AS_WANTED, summariseOutcomes, type ApplyReport } from '../apply/outcome.ts';
import type { Matrix } from '../matrix/matrix.ts';
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

/** What goes before what where several organisations could not be read (contract §6). */
const WORST_FIRST: readonly number[] = [EXIT.configuration, EXIT.credentials, EXIT.unreachable];

/** The code of a matrix: the worst of the columns that could not be read; what differs counts only where it was asked about. */
export function exitForMatrix({ columns, summary }: Matrix, detailed: boolean): number {
  const codes = columns.flatMap(({ failure }) =>
    failure === undefined ? [] : [exitForProblem(failure.kind)],
  );
  if (codes.length > 0) return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.failed;
  return detailed && summary.in_sync < summary.fields ? EXIT.changes : EXIT.done;
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
