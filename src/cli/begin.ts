import { begin, type Begun } from '../run/begin.ts';
import type { Io } from '../machine/io.ts';
import { DEFAULT_MANIFEST } from '../machine/read-bytes.ts';

/** Options of `plan` that stand alone, and what each word behind one has to look like. */
const ALONE: ReadonlySet<string> = new Set([
  '--no-token-cache',
  '--json',
  '--detailed-exitcode',
  '--in-sync',
  '--unmanaged',
]);
const FOLLOWED: Readonly<Record<string, RegExp>> = {
  '-f': /^[^-]/,
  '--file': /^[^-]/,
  '--settings': /^[^-]/,
  '--env-file': /^[^-]/,
  '--format': /^(?:text|markdown|html|github)$/,
};

/**
 * Sends the first request of a plan before the command line is read in earnest, which takes longer than an answer of a
 * near server. Only where the words leave no doubt that it will be needed: for anything else the command sends it itself.
 */
export function beginPlan(argv: readonly string[], io: Io): Begun | undefined {
  const options = optionsOf(argv);
  if (options === undefined) return undefined;
  const settings = options.get('--settings') ?? options.get('--env-file');
  return begin(
    {
      options: {
        tokenCache: !options.has('--no-token-cache'),
        ...(settings === undefined ? {} : { settings }),
      },
      manifestPath: options.get('-f') ?? options.get('--file') ?? DEFAULT_MANIFEST,
    },
    io,
  );
}

/** The options by name; `undefined` for words that are not a plan of a file, or that are here twice in any spelling. */
function optionsOf([command, ...words]: readonly string[]): ReadonlyMap<string, string> | undefined {
  if (command !== 'plan') return undefined;
  const found = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at] ?? '';
    const value = FOLLOWED[name] === undefined ? '' : (words[(at += 1)] ?? '');
    if (found.has(name) || !(ALONE.has(name) || FOLLOWED[name]?.test(value) === true)) return undefined;
    found.set(name, value);
  }
  const isTwice = [
    ['-f', '--file'],
    ['--settings', '--env-file'],
    ['--json', '--format'],
  ].some((names) => names.every((name) => found.has(name)));
  return isTwice ? undefined : found;
}
