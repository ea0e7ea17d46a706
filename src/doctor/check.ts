import type { Diagnostic, Problem, ProblemKind } from '../model/problem.ts';

/** What a check found; `skipped` where an earlier one has to be fixed first. */
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

/** What all checks come to. */
export interface Verdict {
  readonly ready: boolean;
  /** The check to fix first. */
  readonly first?: Check;
  /** The one sentence that the doctor ends with. */
  readonly sentence: string;
  /** What the exit code is to say; absent where all is well. */
  readonly kind?: ProblemKind;
}

/** Checks go from the outside in, so the first failure is the one that the others may depend on. */
export function verdictOf(checks: readonly Check[], readOnly = false): Verdict {
  const first = checks.find((check) => check.state === 'failed');
  if (first !== undefined) {
    return {
      ready: false,
      first,
      sentence: `Not ready; first fix ${first.title}: ${firstSentence(first.remedy ?? first.seen)}`,
      kind: first.kind ?? 'failed',
    };
  }
  const warnings = checks.filter((check) => check.state === 'warning');
  const ready = `Ready: ${readOnly ? 'plan' : 'plan and apply'} can run`;
  const titles = warnings.map((check) => check.title).join(', ');
  return {
    ready: true,
    sentence:
      warnings.length === 0
        ? `${ready}.`
        : `${ready}; look at the ${warnings.length === 1 ? 'warning' : 'warnings'} about ${titles} when there is time.`,
  };
}

/** What to do first; the rest stands beside the check. */
function firstSentence(text: string): string {
  return /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
}

/** The same as diagnostics, for scripts that know those of the other commands. */
export function checkDiagnostics(checks: readonly Check[]): readonly Diagnostic[] {
  return checks.flatMap((check): readonly Diagnostic[] => {
    if (check.state !== 'failed' && check.state !== 'warning') return [];
    return [
      {
        severity: check.state === 'failed' ? 'error' : 'warning',
        code: check.code ?? check.name,
        message: check.seen,
        ...(check.remedy === undefined ? {} : { remedy: check.remedy }),
      },
    ];
  });
}
