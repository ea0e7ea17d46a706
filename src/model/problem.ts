import type { Diagnostic } from './diagnostic.ts';

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
