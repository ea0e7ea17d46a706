import { redact } from '../zoho/redact.ts';
import type { Io, Output } from './io.ts';

/**
 * The same world, with no secret in anything that is written to its screen.
 *
 * Every text is whole: nothing that is printed at once is handed over in pieces.
 */
export function secretFree(io: Io): Io {
  return { ...io, stdout: clean(io.stdout), stderr: clean(io.stderr) };
}

function clean(output: Output): Output {
  const { isTTY, columns } = output;
  return { write: (text) => output.write(redact(text)), isTTY, columns };
}
