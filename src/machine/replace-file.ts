import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { problem } from '../model/problem.ts';
import { diskCode, diskRemedy, makeFolder } from './disk.ts';
import type { Io } from './io.ts';

/**
 * Puts a file in the place of another, whole or not at all: a reader meanwhile, or after a crash, finds the old
 * one or the new one. The folder has to be there.
 * @param mode access rights of the new file; by default those of every new file.
 * @throws the system's error, with nothing left behind.
 */
export async function replaceFile(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  await putBeside(path, content, mode, (temporary) => rename(temporary, path));
}

/**
 * Puts a file where there is none, whole or not at all. The folder has to be there.
 * @throws the system's error, with nothing left behind; `EEXIST` where something is there, which stays as it is.
 */
export async function addFile(path: string, content: string | Uint8Array): Promise<void> {
  await putBeside(path, content, undefined, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      // Some disks know no second name for a file. What is there is never replaced; it is only looked for, then.
      if (diskCode(error) === 'EEXIST' || (await lstat(path).catch(() => undefined)) !== undefined)
        throw error;
      await rename(temporary, path);
    }
    await rm(temporary, { force: true });
  });
}

/**
 * Writes a file beside another, whole, for what then takes the other's place.
 * @throws the system's error, or that of `putInPlace`, with nothing left behind.
 */
export async function putBeside(
  path: string,
  content: string | Uint8Array,
  mode: number | undefined,
  putInPlace: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(temporary);
  } catch (error) {
    // `force` forgives a file that is missing, but not a path that leads through another file.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Writes a result of a run whole or not at all, with the folders that lead to it.
 * @param result what it is, and the option that named the path.
 * @throws Problem `failed` where it cannot be written.
 */
export async function writeResult(
  { what, option }: { readonly what: string; readonly option: string },
  path: string,
  text: string,
  io: Pick<Io, 'cwd'>,
  mode?: number,
): Promise<void> {
  const target = resolve(io.cwd, path);
  try {
    makeFolder(dirname(target));
    await replaceFile(target, text, mode);
  } catch (error) {
    const code = diskCode(error);
    throw problem(
      'failed',
      `${what}-not-written`,
      `The ${what} could not be written to ${path} (${code}).`,
      diskRemedy(code, `Choose another path behind ${option}.`),
    );
  }
}
