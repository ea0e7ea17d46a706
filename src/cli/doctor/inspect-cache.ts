import { lstatSync, type Stats } from 'node:fs';
import type { CacheFound } from '../../doctor/cache-check.ts';
import { cacheFile, exposure } from '../../zoho/token-cache.ts';
import type { Credentials } from '../../zoho/token.ts';
import { cacheFolder, type CacheFolder } from '../user-folders.ts';
import type { Io } from '../io.ts';

/** Why no token is kept, in words. */
export function cacheOffWords(off: NonNullable<CacheFolder['off']>): string {
  return OFF_WORDS[off];
}

const OFF_WORDS: Readonly<Record<NonNullable<CacheFolder['off']>, string>> = {
  ci: 'off, because CI is set',
  flag: 'off, because of --no-token-cache',
  homeless: 'off, because this user has no home folder',
};

/** Looks at the cache without changing anything: before the doctor's own token gets there and mends it. */
export function inspectCache(
  credentials: Credentials | undefined,
  options: { readonly tokenCache: boolean; readonly emulator?: boolean },
  io: Io,
): CacheFound {
  if (options.emulator === true) return { state: 'off', why: 'off with the emulator' };
  const { path: folder, off } = cacheFolder(io.env, options.tokenCache);
  if (folder === undefined) return { state: 'off', why: cacheOffWords(off ?? 'flag') };
  const stat = statOf(folder);
  if (stat === undefined) return { state: 'empty', folder };
  const open = stat.isDirectory() ? exposure(stat) : undefined;
  if (open !== undefined) return { state: 'exposed', path: folder, how: open, isFolder: true };
  if (credentials === undefined) return { state: 'private', folder };
  const file = cacheFile(folder, credentials);
  const fileStat = statOf(file);
  if (fileStat === undefined) return { state: 'private', folder };
  const how = fileStat.isSymbolicLink() ? 'is a link to somewhere else' : exposure(fileStat);
  return how === undefined
    ? { state: 'private', folder }
    : { state: 'exposed', path: file, how, isFolder: false };
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}
