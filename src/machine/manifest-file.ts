import { randomBytes } from 'node:crypto';
import { lstat, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { problem, type Problem } from '../model/problem.ts';
import { diskCode, diskRemedy } from './disk.ts';
import { makeFolder } from './make-folder.ts';
import type { Io } from './io.ts';
import { checkOutputPath } from './output-path.ts';
import { addFile } from './replace-file.ts';

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
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const { mode } = await stat(target);
    const file = await open(temporary, 'wx', mode);
    try {
      await file.chmod(mode);
      await file.writeFile(after);
      await file.sync();
    } finally {
      await file.close();
    }
    if (!(await readFile(target)).equals(before)) throw changed(path);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (error instanceof Error && error.name === 'Problem') throw error;
    throw notWritten(path, diskCode(error));
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
