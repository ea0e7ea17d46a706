import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isObject, property, textOf, type Json } from '../model/json.ts';
import { makeFolder, quietly } from './disk.ts';
import type { AccessToken, CachedToken, Credentials, TokenCache } from '../zoho/auth/token.ts';
import { Secret } from '../zoho/redact.ts';

/** Tokens are not used in the last two minutes of their life: a long apply must not die on the way. */
const MARGIN_MS = 120_000;
/** Nothing that Zoho gives lives longer than an hour (sheet §1.4); a file that says so is wrong. */
const LONGEST_LIFE_MS = 3_600_000;
/** A token with its scopes is well below this. */
const MOST_BYTES = 10_000;

/**
 * A cache in a folder that only the user can read (contract §4). Zoho gives ten tokens in ten minutes (sheet §1.4).
 *
 * A file that another user owns or could have read or written is not believed.
 * @param now milliseconds since the epoch.
 */
export function fileTokenCache(folder: string, credentials: Credentials, now: () => number): TokenCache {
  const file = cacheFile(folder, credentials);
  return {
    load: () => quietly(() => loadFrom(file, now())),
    store: (token) => quietly(() => storeIn(folder, file, token, now())),
    drop: () => quietly(() => rmSync(file, { force: true })),
  };
}

/** The file that keeps the token of these credentials. */
export function cacheFile(folder: string, credentials: Credentials): string {
  return join(folder, `${credentialsKey(credentials)}.json`);
}

/** Tells credentials and server from all others, without giving anything away. */
function credentialsKey(credentials: Credentials): string {
  const parts = [
    credentials.accountsUrl.href,
    credentials.apiUrl?.href ?? '',
    credentials.clientId,
    credentials.refreshToken.reveal(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function loadFrom(file: string, now: number): CachedToken | undefined {
  const value = JSON.parse(privateText(file)) as Json;
  if (!isObject(value)) return undefined;
  const text = (key: string): string => textOf(property(value, key) ?? '');
  const expires = Number(property(value, 'expires_at') ?? Number.NaN);
  const usable = expires - MARGIN_MS > now && expires <= now + LONGEST_LIFE_MS + MARGIN_MS;
  if (!usable || !/^[\x21-\x7e]+$/.test(text('access_token')) || text('api_domain') === '') return undefined;
  return {
    value: new Secret(text('access_token')),
    apiDomain: text('api_domain'),
    scopes: text('scope')
      .split(' ')
      .filter((one) => one !== ''),
    lifeSeconds: (expires - now) / 1000,
  };
}

/** What is judged is what is read: the file is opened first, so that nobody can put another one in its place. */
function privateText(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile() || stat.size > MOST_BYTES || exposure(stat) !== undefined) return 'null';
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Why a file or folder is not the user's alone; `undefined` where it is. Windows keeps its rights elsewhere. */
export function exposure(stat: { readonly uid: number; readonly mode: number }): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.getuid !== undefined && stat.uid !== process.getuid()) return 'belongs to another user';
  return (stat.mode & 0o077) === 0 ? undefined : 'can be read or written by others';
}

function storeIn(folder: string, file: string, token: AccessToken, now: number): void {
  makeFolder(folder, 0o700);
  const body = {
    access_token: token.value.reveal(),
    api_domain: token.apiBase,
    scope: token.scopes.join(' '),
    expires_at: now + Math.min(token.lifeSeconds * 1000, LONGEST_LIFE_MS),
  };
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(temporary, JSON.stringify(body), { flag: 'wx', mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  sweep(folder, file, now);
}

/** Tokens that have long ended go: every change of credentials would leave one behind for ever. */
function sweep(folder: string, kept: string, now: number): void {
  for (const name of readdirSync(folder)) {
    if (!/^[0-9a-f]{64}\.json(\.[0-9a-f]{12})?$/.test(name)) continue;
    const old = join(folder, name);
    if (old !== kept && statSync(old).mtimeMs < now - 2 * LONGEST_LIFE_MS) rmSync(old, { force: true });
  }
}
