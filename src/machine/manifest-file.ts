import { existsSync } from 'node:fs';
import { chmod, lstat, readFile, realpath, rename, stat } from 'node:fs/promises';
import { dirname, resolve, join, relative, sep } from 'node:path';
import { problem, Problem } from '../model/problem.ts';
import { diskCode, diskRemedy, makeFolder } from './disk.ts';
import type { Io } from './io.ts';
import { checkOutputPath } from './outputs.ts';
import { addFile, putBeside } from './replace-file.ts';

/** The option that named a new file, and what to do where something stands there already. */
export interface NewPlace {
  readonly option: string;
  readonly otherwise: (path: string) => string;
}

const OUT: NewPlace = {
  option: '--out',
  otherwise: (path) => `Choose another name behind --out, or add what it lacks with "--into ${path}".`,
};

/**
 * Looks before anything is asked of Zoho: a new manifest never replaces a file.
 * @throws Problem `usage` where something is in the way, or where no manifest belongs.
 */
export async function refuseExisting(path: string, io: Io, place = OUT): Promise<void> {
  await checkOutputPath(path, place.option, [], io);
  const stats = await lstat(resolve(io.cwd, path)).catch(() => undefined);
  if (stats !== undefined) throw inTheWay(path, place);
}

/** Writes a manifest, or what belongs to it, that does not exist yet: whole or not at all. */
export async function writeNewManifest(path: string, text: string, io: Io, place = OUT): Promise<void> {
  const target = resolve(io.cwd, path);
  // What stands there already is then a file in the place of a folder, not the manifest.
  try {
    makeFolder(dirname(target));
  } catch (error) {
    throw notWritten(path, diskCode(error).replace('EEXIST', 'ENOTDIR'));
  }
  try {
    await addFile(target, text);
  } catch (error) {
    const code = diskCode(error);
    throw code === 'EEXIST' ? inTheWay(path, place) : notWritten(path, code);
  }
}

/**
 * Replaces a manifest by a longer one, whole or not at all; a link goes on pointing to it, and its rights stay.
 * @param before the bytes that were read: what someone changed in the meantime is not overwritten.
 */
export async function replaceManifest(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  io: Io,
): Promise<void> {
  const target = await realpath(resolve(io.cwd, path)).catch((error: unknown) => {
    throw notWritten(path, diskCode(error));
  });
  try {
    const { mode } = await stat(target);
    await putBeside(target, after, mode, async (temporary) => {
      // Making a file takes away what the user's mask does.
      await chmod(temporary, mode);
      if (!(await readFile(target)).equals(before)) throw changed(path);
      await rename(temporary, target);
    });
  } catch (error) {
    throw error instanceof Problem ? error : notWritten(path, diskCode(error));
  }
}

function inTheWay(path: string, { otherwise }: NewPlace): Problem {
  return problem(
    'usage',
    'manifest-in-the-way',
    `${path} exists, and nothing is written over it.`,
    otherwise(path),
  );
}

function changed(path: string): Problem {
  return problem(
    'failed',
    'manifest-changed',
    `${path} was changed by someone else in the meantime; it was left as it is.`,
    'Run the command again.',
  );
}

function notWritten(path: string, code: string): Problem {
  return problem(
    'failed',
    'manifest-not-written',
    `${path} could not be written (${code}).`,
    diskRemedy(code, 'Check the path, and whether you may write there.'),
  );
}

/** The name of a copy of the schema beside a manifest, for a project that does not have this package installed. */
export const SCHEMA_COPY = 'fields.schema.json';

/** Where the schema lies in a project that has this package installed. */
const INSTALLED = 'node_modules/zoho-fields/dist/fields.schema.json';

/**
 * Where an editor finds the schema from a manifest: in the installed package, or in a copy beside the manifest.
 * @returns `undefined` where there is neither, as a line that leads nowhere is worse than none.
 */
export function schemaFor(manifest: string): string | undefined {
  const folder = dirname(manifest);
  const home = above(folder, INSTALLED);
  if (home === undefined) return existsSync(join(folder, SCHEMA_COPY)) ? `./${SCHEMA_COPY}` : undefined;
  const way = relative(folder, join(home, INSTALLED)).split(sep).join('/');
  return way.startsWith('.') ? way : `./${way}`;
}

/** The folder up from which something lies, if it does. */
export function above(folder: string, name: string): string | undefined {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(join(here, name))) return here;
    if (here === dirname(here)) return undefined;
  }
}
