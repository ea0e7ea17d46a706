import type { Objection } from './objection.ts';
import type { Difference, PlanEntry, Reason } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';

/**
 * What became of a field (contract §7). `finished`: an interrupted run created it, this one set its label; `drift`: it is
 * there and differs, which no apply ever changes.
 */
export type Outcome =
  | 'created'
  | 'created_differs'
  | 'finished'
  | 'failed'
  | 'not_attempted'
  | 'in_sync'
  | 'drift';

/** One field of the plan after applying it. */
export interface FieldOutcome {
  readonly entry: PlanEntry;
  readonly outcome: Outcome;
  /** Id of the live field, where there is one. */
  readonly id?: string;
  /** Zoho's code, where it refused. */
  readonly code?: string;
  /** What of the field Zoho objects to, where it refused. */
  readonly objection?: Objection;
  /** What the read-back shows otherwise than declared. */
  readonly differences: readonly Difference[];
  readonly reasons: readonly Reason[];
}

/** The result of applying a plan. */
export interface ApplyReport {
  readonly fields: readonly FieldOutcome[];
  /** The user stopped it. */
  readonly interrupted: boolean;
  /** Conflicts stopped it before anything was tried. */
  readonly stoppedByConflicts: boolean;
  /** What ended the run early, or kept the read-back from proving it. */
  readonly problem?: Problem;
}

/** Counts of an apply (contract §7): `created` holds `created_differs` too, and what only differs is no matter of an apply. */
export interface ApplySummary {
  readonly created: number;
  readonly finished: number;
  readonly failed: number;
  readonly not_attempted: number;
  readonly in_sync: number;
}

export function summariseOutcomes(fields: readonly FieldOutcome[]): ApplySummary {
  const count = { created: 0, finished: 0, failed: 0, not_attempted: 0, in_sync: 0 };
  for (const { outcome } of fields) {
    if (outcome !== 'drift') count[outcome === 'created_differs' ? 'created' : outcome] += 1;
  }
  return count;
}

/** What a plan wants of its fields, and may get. */
export const AS_WANTED: ReadonlySet<Outcome> = new Set(['created', 'finished', 'in_sync']);

/** True where live has shown the field exactly as declared, so that no later run has anything to finish. */
export function isProven({ outcome, differences, reasons }: FieldOutcome): boolean {
  if (!AS_WANTED.has(outcome)) return false;
  return differences.length === 0 && reasons.every(({ code }) => code !== UNPROVEN);
}

/** The reason of a field that Zoho said to have created, and that nobody has seen. */
export const UNPROVEN = 'unproven';

/** A field that nothing was done about. */
export function notAttempted(entry: PlanEntry): FieldOutcome {
  return {
    entry,
    outcome: 'not_attempted',
    ...(entry.id === undefined ? {} : { id: entry.id }),
    differences: entry.differences,
    reasons: entry.reasons,
  };
}
