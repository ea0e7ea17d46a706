import { dirname, resolve } from 'node:path';
import { problem } from '../model/problem.ts';
import { looksLikeProfile, parseProfile, profileText, type Profile } from '../probe/profile.ts';
import { diskCode, diskRemedy } from './disk.ts';
import { makeFolder } from './make-folder.ts';
import type { Io } from './io.ts';
import { beginningOf, checkKeptReplaceable, type KeptKind } from './output-path.ts';
import { readFileBytes } from './read-bytes.ts';
import { replaceFile } from './replace-file.ts';

/** A profile is a few kilobytes. */
const MOST_BYTES = 1024 * 1024;

const PROFILE: KeptKind = {
  what: 'a profile',
  isOne: async (file) => looksLikeProfile(await beginningOf(file)),
};

/**
 * Looks before anything is asked of Zoho: only a profile is ever written over by one.
 * @throws Problem `usage` where something else stands there.
 */
export async function checkProfileReplaceable(path: string, io: Pick<Io, 'cwd'>): Promise<void> {
  await checkKeptReplaceable(path, PROFILE, io);
}

/**
 * Writes a profile, whole or not at all; it is there to be sent to others, so that everyone may read it.
 * @throws Problem `usage` where something else has come in the way, `failed` where the file cannot be written.
 */
export async function writeProfileFile(path: string, profile: Profile, io: Io): Promise<void> {
  const target = resolve(io.cwd, path);
  await checkProfileReplaceable(path, io);
  try {
    makeFolder(dirname(target));
    await replaceFile(target, profileText(profile), 0o644);
  } catch (error) {
    const code = diskCode(error);
    throw problem(
      'failed',
      'profile-not-written',
      `The profile could not be written to ${path} (${code}).`,
      diskRemedy(code, 'Choose another path behind --out.'),
    );
  }
}

/**
 * Reads a profile.
 * @throws Problem `not-found`, or `invalid` where it is no profile that this version can read.
 */
export async function readProfileFile(path: string, io: Pick<Io, 'cwd' | 'interrupt'>): Promise<Profile> {
  const bytes = await readFileBytes(path, MOST_BYTES, 'profile', io);
  return parseProfile(new TextDecoder().decode(bytes), path);
}
