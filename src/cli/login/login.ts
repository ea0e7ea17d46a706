import type { Diagnostic } from '../../model/diagnostic.ts';
import { diagnosticsText } from '../../report/diagnostics-text.ts';
import type { LoginView } from '../../report/login-text.ts';
import type { Io } from '../io.ts';
import type { FileSettings } from '../settings.ts';
import type { LoginFlags } from './begin.ts';

export interface LoginOptions extends LoginFlags {
  readonly envFile?: string;
  /** Whose fields are read as proof. */
  readonly module: string;
  readonly keepOldToken?: boolean;
  readonly tokenCache: boolean;
}

/** What stays the same through a whole login. */
export interface Login {
  readonly options: LoginOptions;
  readonly io: Io;
  readonly settings: FileSettings;
  readonly view: LoginView;
}

/** Says what went wrong, or what to know, beside the questions. */
export function tell({ io, view }: Login, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0) io.stderr.write(`\n${diagnosticsText(diagnostics, view.style, view.width)}`);
}
