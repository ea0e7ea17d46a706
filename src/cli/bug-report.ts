import type { Diagnostic } from '../model/problem.ts';
import { VERSION } from '../model/version.ts';
import { visible } from '../model/visible.ts';
import { redact } from '../zoho/redact.ts';

/**
 * A bug of ours, reported as one: everything that helps to find it, and no secret.
 *
 * Only the error's own text and stack are shown, never its properties: those of a foreign error may hold a request.
 */
export function bugReport(error: unknown): {
  readonly diagnostics: readonly Diagnostic[];
  readonly report: string;
} {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const lines = redact(stack)
    .split('\n')
    .map((line) => visible(line));
  return {
    diagnostics: [
      {
        severity: 'error',
        code: 'bug',
        // Before it is cut or wrapped for the screen.
        message: redact(`This is a bug in zoho-fields ${VERSION}, not a mistake of yours: ${message}`),
        remedy:
          'Please report it with the lines below; they hold no credentials. Run "zoho-fields plan" to see what is there.',
      },
    ],
    report: `zoho-fields ${VERSION}, Node ${process.version}, ${process.platform}\n${lines.join('\n')}\n`,
  };
}
