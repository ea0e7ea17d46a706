import { dirname } from 'node:path';
import { problem, type Problem } from '../model/problem.ts';
import { diagnosticsText } from '../report/diagnostics-text.ts';
import { lookOf } from './command.ts';
import { diskCode, diskRemedy } from './disk-words.ts';
import type { Io } from './io.ts';

/** The emulator's state lies in the user's own folder, so a damaged or unwritable file is no bug of ours. */
export function stateProblem(error: unknown, stateFile: string): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const told = error.name === 'StateFileError' ? error.message : undefined;
  if (told === undefined && !('code' in error)) return undefined;
  const code = diskCode(error);
  const folder = dirname(stateFile);
  return problem(
    'failed',
    'emulator-state',
    told ?? `The built-in emulator cannot keep its state in ${stateFile} (${code}).`,
    diskRemedy(
      code,
      `The state is only the emulator's: look at ${folder}, and remove it if nothing in it is needed.`,
    ),
  );
}

/** Says once why the emulator answers no more than "500" once it runs. */
export function tellStateError(stateFile: string, io: Pick<Io, 'stderr' | 'env'>): (error: Error) => void {
  let told = false;
  return (error) => {
    const trouble = stateProblem(error, stateFile);
    if (told || trouble === undefined) return;
    told = true;
    const { style, width } = lookOf(io.stderr, io.env);
    io.stderr.write(diagnosticsText(trouble.diagnostics, style, width));
  };
}
