import type { Io } from '../machine/io.ts';
import { DEFAULT_MANIFEST } from '../machine/read-bytes.ts';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { later } from '../machine/waiting.ts';
import { connect, type Connection, type ConnectOptions } from '../run/connect.ts';
import { hideSettings, secretFree } from '../run/secret-free-io.ts';

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

/** A connection for reading that was opened before its command runs; its first requests are under way. */
export type Begun = Promise<Connection>;

/** The line that names a module stands near the top of a manifest, below what a person wrote about it. */
const MOST_BYTES = 16 * 1024;

/**
 * Opens a connection for reading, and asks for the fields of the one module that the manifest seems to be about as soon
 * as there is a token. Whether the manifest is valid is judged later; if it is not, that was one read too many.
 */
export function begin(
  { options, manifestPath }: { readonly options: ConnectOptions; readonly manifestPath: string },
  world: Io,
): Begun {
  hideSettings((name) => world.env[name]);
  const io = secretFree(world);
  const connecting = later(connect(options, 'read', manifestPath, io));
  const module = moduleIn(startOf(resolve(io.cwd, manifestPath)));
  if (module !== undefined) void later(connecting.then(({ reader }) => reader.askAhead(module)));
  return connecting;
}

/**
 * The module of a manifest whose first key names it; `undefined` wherever that is not plain to see. What comes before it
 * may be empty lines, comments and the mark of a document.
 */
export function moduleIn(text: string): string | undefined {
  return /^\uFEFF?(?:(?:#[^\r\n]*|---|[ \t]*)\r?\n)*module:[ \t]+([A-Za-z]\w*)[ \t]*(?:[ \t]#[^\r\n]*)?\r?\n/.exec(
    text,
  )?.[1];
}

/** The beginning of a plain file. Of anything else not a byte is taken: it could not be read again. */
function startOf(path: string): string {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      if (!fstatSync(file).isFile()) return '';
      const bytes = Buffer.alloc(MOST_BYTES);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch {
    // The command itself says what is wrong with it.
    return '';
  }
}
