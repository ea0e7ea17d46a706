import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../machine/io.ts';
import { DEFAULT_MANIFEST } from '../machine/read-bytes.ts';
import { later } from '../machine/waiting.ts';
import { connect, type Connection } from '../run/connect.ts';
import { hideSettings, secretFree } from '../run/secret-free-io.ts';

/** A connection for reading that was opened before its command runs; its first requests are under way. */
export type Begun = Promise<Connection>;

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
 *
 * The fields of the one module that the manifest seems to be about are asked for as soon as there is a token. Whether the
 * manifest is valid is judged later; if it is not, that was one read too many.
 */
export function beginPlan(argv: readonly string[], world: Io): Begun | undefined {
  const options = optionsOf(argv);
  if (options === undefined) return undefined;
  hideSettings((name) => world.env[name]);
  const io = secretFree(world);
  const manifestPath = options.get('-f') ?? options.get('--file') ?? DEFAULT_MANIFEST;
  const settings = options.get('--settings') ?? options.get('--env-file');
  const tokenCache = !options.has('--no-token-cache');
  const wish = { tokenCache, ...(settings === undefined ? {} : { settings }) };
  const connecting = later(connect(wish, 'read', manifestPath, io));
  const module = moduleIn(startOf(resolve(io.cwd, manifestPath)));
  if (module !== undefined) void later(connecting.then(({ reader }) => reader.askAhead(module)));
  return connecting;
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

/** The line that names a module stands near the top of a manifest, below what a person wrote about it. */
const MOST_BYTES = 16 * 1024;

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
