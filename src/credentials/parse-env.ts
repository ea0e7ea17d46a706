import { parse } from 'dotenv';

/** Blank space of more characters than this is no layout of anybody's. */
const LONG_BLANK = /\s{100,}/g;

/**
 * The variables of an env file.
 *
 * The parser looks from every empty line for the next word, so that the lines of a gap cost the square of their number:
 * a file of 64 KiB of them took ten seconds. A gap of a hundred says no more than one of a single line.
 */
export function parseEnv(file: string | Uint8Array): Readonly<Record<string, string>> {
  const text = typeof file === 'string' ? file : Buffer.from(file).toString('utf8');
  return parse(text.replace(LONG_BLANK, (blank) => (/[\r\n]/.test(blank) ? '\n' : blank)));
}
