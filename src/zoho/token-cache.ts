import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { isObject, property, textOf, type Json } from '../model/json.ts';
import { Secret } from './secret.ts';
import type { AccessToken, Credentials } from './token.ts';

/** A token of an earlier run; its API domain is checked again before use. */
export interface CachedToken extends Omit<AccessToken, 'apiBase'> {
  readonly apiDomain: string;
}

/** Keeps one access token between runs. Every failure to do so is silent: a new token is always to be had. */
export interface TokenCache {
  load(): CachedToken | undefined;
  store(token: AccessToken): void;
  drop(): void;
}

/** Tokens are not used in the last two minutes of their life: a long apply must not die on the way. */
const MARGIN_MS = 120_000;
/** Nothing that Zoho gives lives longer than an hour (sheet §1.4); a file that says so is wrong. */
const LONGEST_LIFE_MS = 3_600_000;

/**
 * A cache in a folder that only the user can read (contract §4). Zoho gives ten tokens in ten minutes (sheet §1.4).
 *
 * A file that another user owns or could have read or written is not believed.
 * @param now milliseconds since the epoch.
 */
export function fileTokenCache(folder: string, credentials: Credentials, now: () => number): TokenCache {
  const file = join(folder, `${keyOf(credentials)}.json`);
  return {
    load: () => quietly(() => loadFrom(file, now())),
    store: (token) => quietly(() => storeIn(folder, file, token, now())),
    drop: () => quietly(() => rmSync(file, { force: true })),
  };
}

/** Other credentials, or another server, never see this token; the name of the file gives nothing away. */
function keyOf(credentials: Credentials): string {
  const parts = [
    credentials.accountsUrl.href,
    credentials.apiUrl?.href ?? '',
    credentials.clientId,
    credentials.refreshToken.reveal(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function loadFrom(file: string, now: number): CachedToken | undefined {
  const stat = lstatSync(file);
  const foreign = process.getuid !== undefined && stat.uid !== process.getuid();
  const open = process.platform !== 'win32' && (stat.mode & 0o077) !== 0;
  if (!stat.isFile() || foreign || open || stat.size > 10_000) return undefined;
  const value = JSON.parse(readFileSync(file, 'utf8')) as Json;
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

function storeIn(folder: string, file: string, token: AccessToken, now: number): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const body = {
    access_token: token.value.reveal(),
    api_domain: token.apiBase,
    scope: token.scopes.join(' '),
    expires_at: now + Math.min(token.lifeSeconds * 1000, LONGEST_LIFE_MS),
  };
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(body));
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
