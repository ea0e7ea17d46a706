import { join } from 'node:path';
import { Problem } from '../model/problem.ts';
import type { Profile } from '../probe/profile.ts';
import { realDisk } from './disk.ts';

/** A profile is a few kilobytes. */
const MOST_BYTES = 1024 * 1024;
const NAME = 'profile.json';

/**
 * True where this user's own probe has shown that the organisation keeps `api_name`. It counts only out of the user's state
 * folder, from a file that nobody else can write: what lies in a checkout proves nothing.
 * @param folder of this Zoho and these credentials (`user-folders.ts`).
 */
export async function keepsNames(folder: string | undefined): Promise<boolean> {
  if (folder === undefined) return false;
  let text: string | undefined;
  try {
    text = realDisk.read(join(folder, NAME), MOST_BYTES);
  } catch {
    // Not the user's alone: it is as if it were not there, and everything is done as in a Zoho that nobody knows.
    return false;
  }
  if (text === undefined) return false;
  const { parseProfile } = await import('../probe/profile.ts');
  try {
    return parseProfile(text, NAME).facts['create.api_name'] === 'honoured';
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** Keeps what a probe that created has shown; where it cannot be kept, the next runs do as in a Zoho that nobody knows. */
export async function keepLearned(folder: string | undefined, profile: Profile): Promise<void> {
  if (folder === undefined) return;
  const { profileText } = await import('../probe/profile.ts');
  try {
    realDisk.replace(join(folder, NAME), profileText(profile));
  } catch {
    // What an earlier probe has shown holds no more.
    forgetLearned(folder);
  }
}

/** Forgets what was learnt: a read has shown something else. */
export function forgetLearned(folder: string | undefined): void {
  if (folder === undefined) return;
  try {
    realDisk.remove(join(folder, NAME));
  } catch {
    // It is told by the report that the name did not count; the next probe writes over the file.
  }
}
