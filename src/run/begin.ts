import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../machine/io.ts';
import { later } from '../machine/waiting.ts';
import { connect, type Connection, type ConnectOptions } from './connect.ts';
import { hideSettings, secretFree } from './secret-free-io.ts';

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
