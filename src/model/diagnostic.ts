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
