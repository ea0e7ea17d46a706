import type { Io } from '../../machine/io.ts';
import type { Diagnostic } from '../../model/problem.ts';
import type { Look } from '../../report/media/layout.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import type { FileSettings } from '../../run/settings.ts';
import type { LoginFlags } from './begin.ts';

export interface LoginOptions extends LoginFlags {
  readonly settings?: string;
  /** Whose fields are read as proof. */
  readonly module: string;
  readonly keepOldToken?: boolean;
  readonly tokenCache: boolean;
  /** A rehearsal, with the built-in Zoho. */
  readonly emulator?: boolean;
}

/** What stays the same through a whole login. */
export interface Login {
  readonly options: LoginOptions;
  readonly io: Io;
  readonly settings: FileSettings;
  readonly view: Look;
}

/** Says what went wrong, or what to know, beside the questions. */
export function tell({ io, view }: Login, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) io.stderr.write(`\n${diagnosticsText(diagnostics, view.style, view.width)}`);
}

/** The person closed the input or pressed Ctrl-C: a way out through all questions, not a failure. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** The answer, or the way out. */
export function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Stopped('stopped');
  return answer;
}
