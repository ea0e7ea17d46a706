import { pastingFault } from '../../credentials/pasting-fault.ts';
import { problem } from '../../model/problem.ts';
import { Secret } from '../../zoho/secret.ts';
import type { Io } from '../io.ts';

/** A code has 70 characters; whatever is this long is another file. */
const MOST_BYTES = 4096;

/**
 * The code from standard input, for those who are not at a terminal.
 * @throws Problem `configuration` where it is missing or malformed.
 */
export async function readCode(io: Io): Promise<Secret> {
  const text = new TextDecoder().decode(await io.stdin.read(MOST_BYTES + 1)).trim();
  if (text === '')
    throw problem(
      'configuration',
      'no-code',
      'No code came on standard input, and there is no terminal to ask at.',
      'Pipe the code in, or run the command in a terminal: it then shows where to get one.',
    );
  const fault = text.length > MOST_BYTES ? 'is far too long' : pastingFault('code', text);
  if (fault !== undefined)
    throw problem(
      'configuration',
      'malformed-value',
      `What came on standard input ${fault}.`,
      'Pipe in the code alone and whole.',
    );
  return new Secret(text);
}
