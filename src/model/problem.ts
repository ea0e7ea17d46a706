/** The kinds of failure that scripts tell apart; `cli/exit-code.ts` gives each its number. */
export type ProblemKind =
  | 'failed'
  | 'usage'
  | 'invalid'
  | 'not-found'
  | 'unreachable'
  | 'stale'
  | 'credentials'
  | 'configuration'
  | 'interrupted';

/**
 * An expected failure on its way to the one place that prints it and picks the exit code.
 *
 * Anything thrown that is not a `Problem` is a bug of ours. A `Problem` never carries a foreign error as its
 * `cause`: HTTP errors hold the credentials they were sent with.
 */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly diagnostics: readonly Diagnostic[];

  constructor(kind: ProblemKind, diagnostics: readonly [Diagnostic, ...Diagnostic[]]) {
    super(diagnostics[0].message);
    this.name = 'Problem';
    this.kind = kind;
    this.diagnostics = diagnostics;
  }
}

/** The usual case: one error with its remedy. */
export function problem(kind: ProblemKind, code: string, message: string, remedy?: string): Problem {
  return new Problem(kind, [
    { severity: 'error', code, message, ...(remedy === undefined ? {} : { remedy }) },
  ]);
}

/** The user wanted no more. */
export function interrupted(message = 'Interrupted; nothing was written to Zoho.'): Problem {
  return problem('interrupted', 'interrupted', message);
}

/** A command line that cannot be meant, in words. */
export function misuse(message: string, remedy?: string): Problem {
  return problem('usage', 'usage', message, remedy);
}

/**
 * One thing the user should know about, as facts: renderers decide how it looks.
 *
 * `message` and `remedy` may quote a manifest or Zoho; they are untrusted until a renderer escapes them.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable kebab-case word for scripts, such as `duplicate-label`. */
  readonly code: string;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly remedy?: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based, counted in UTF-16 code units. */
  readonly column?: number;
  /** The lines around the place, with a marker; already cut to a bounded size, not yet escaped. */
  readonly frame?: string;
}

/** True where at least one of them is an error rather than a warning. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** What came of some work: its result, or the problem that it was expected to end in. A bug stays thrown. */
export async function orProblem<Result>(work: Promise<Result>): Promise<Result | Problem> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
