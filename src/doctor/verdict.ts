import type { Diagnostic } from '../model/diagnostic.ts';
import type { ProblemKind } from '../model/problem.ts';
import type { Check } from './check.ts';

/** What all checks come to. */
export interface Verdict {
  readonly ready: boolean;
  /** The check to mend first. */
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
      sentence: `Not ready; first mend ${first.title}: ${firstSentence(first.remedy ?? first.seen)}`,
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
