import type { Diagnostic } from '../model/diagnostic.ts';
import type { Problem, ProblemKind } from '../model/problem.ts';

/** What a check found; `skipped` where an earlier one has to be mended first. */
export type CheckState = 'ok' | 'warning' | 'failed' | 'skipped';

/** One question about the credentials, with its answer, as a value. */
export interface Check {
  /** Stable kebab-case word for scripts. */
  readonly name: string;
  /** The same for people. */
  readonly title: string;
  readonly state: CheckState;
  /** What was seen; for a skipped check why it was not looked at. */
  readonly seen: string;
  readonly remedy?: string;
  /** Stable word for what is wrong, such as `invalid-client`. */
  readonly code?: string;
  /** What a failure is in the exit code's terms. */
  readonly kind?: ProblemKind;
}

/** Name and title of a check. */
export type Subject = Pick<Check, 'name' | 'title'>;

export function ok(subject: Subject, seen: string): Check {
  return { ...subject, state: 'ok', seen };
}

export function skipped(subject: Subject, seen: string): Check {
  return { ...subject, state: 'skipped', seen };
}

export function warning(subject: Subject, code: string, seen: string, remedy: string): Check {
  return { ...subject, state: 'warning', code, seen, remedy };
}

/** A check that failed because of a problem that other commands would end with. */
export function failed(subject: Subject, kind: ProblemKind, found: Omit<Diagnostic, 'severity'>): Check {
  const { code, message, remedy } = found;
  return {
    ...subject,
    state: 'failed',
    kind,
    code,
    seen: message,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** As {@link failed}, by the problem's first diagnostic. */
export function failedBy(subject: Subject, problem: Problem): Check {
  return failed(subject, problem.kind, firstOf(problem));
}

/** A problem always has at least one diagnostic. */
export function firstOf(problem: Problem): Diagnostic {
  return problem.diagnostics[0] ?? { severity: 'error', code: 'unknown', message: problem.message };
}
