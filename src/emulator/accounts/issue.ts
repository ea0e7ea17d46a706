import { randomBytes } from 'node:crypto';
import type { Draft, AccessToken, GrantCode, RefreshToken } from '../state/organisation-state.ts';

/** An access token lives an hour (sheet §1.4). */
export const TOKEN_LIFE_MS = 60 * 60 * 1000;

/** Refresh tokens per user and client; one more silently removes the oldest (sheet §1.4). */
const REFRESH_TOKENS_KEPT = 20;

interface Moment {
  readonly now: number;
}

/** A new access token; with more than `active` alive the oldest ones of the same refresh token end. */
export function issueAccessToken(
  draft: Draft,
  from: RefreshToken,
  { now, active, lifeMs }: Moment & { readonly active: number; readonly lifeMs: number },
): AccessToken {
  const issued = {
    token: newSecret(),
    refreshToken: from.token,
    scope: from.scope,
    expiresAt: now + lifeMs,
  };
  const alive = draft.world.accessTokens.filter((token) => token.expiresAt > now);
  const siblings = [...alive.filter((token) => token.refreshToken === from.token), issued];
  const kept = active === 0 ? siblings : siblings.slice(-active);
  const accessTokens = [...alive.filter((token) => token.refreshToken !== from.token), ...kept];
  draft.world = { ...draft.world, accessTokens };
  return issued;
}

/** A new refresh token for a grant code. */
export function issueRefreshToken(draft: Draft, code: GrantCode): RefreshToken {
  const issued = { token: newSecret(), clientId: code.clientId, scope: code.scope };
  const { refreshTokens } = draft.world;
  const own = [...refreshTokens.filter((token) => token.clientId === code.clientId), issued];
  const others = refreshTokens.filter((token) => token.clientId !== code.clientId);
  draft.world = { ...draft.world, refreshTokens: [...others, ...own.slice(-REFRESH_TOKENS_KEPT)] };
  return issued;
}

/** A code works once, so taking it removes it; `undefined` where it is unknown, used, foreign or too old. */
export function takeGrantCode(
  draft: Draft,
  wanted: { readonly code: string; readonly clientId: string },
  { now }: Moment,
): GrantCode | undefined {
  const found = draft.world.grantCodes.find(
    (code) => code.code === wanted.code && code.clientId === wanted.clientId,
  );
  const grantCodes = draft.world.grantCodes.filter((code) => code !== found && code.expiresAt > now);
  draft.world = { ...draft.world, grantCodes };
  return found !== undefined && found.expiresAt > now ? found : undefined;
}

/** Ends a refresh token with all its access tokens, or one access token. True when there was one. */
export function revoke(draft: Draft, token: string): boolean {
  const { accessTokens, refreshTokens } = draft.world;
  draft.world = {
    ...draft.world,
    refreshTokens: refreshTokens.filter((known) => known.token !== token),
    accessTokens: accessTokens.filter((known) => known.token !== token && known.refreshToken !== token),
  };
  return (
    refreshTokens.length > draft.world.refreshTokens.length ||
    accessTokens.length > draft.world.accessTokens.length
  );
}

/** Ends all access tokens; refresh tokens stay (the fault `expire-tokens`). */
export function expireTokens(draft: Draft): void {
  draft.world = { ...draft.world, accessTokens: [] };
}

/** A token or code in Zoho's form: `1000.`, 32 hex digits, a dot, 32 more (sheet §1.2). */
export function newSecret(): string {
  return `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;
}

/** The scopes of a list, however it is separated. */
export function scopesOf(list: string): readonly string[] {
  return list.split(/[\s,]+/).filter((scope) => scope !== '');
}

/** What the built-in client presents. In Zoho's form, and plainly not a secret. */
export const LOCAL_CREDENTIALS = {
  clientId: '1000.ZOHOFIELDSEMULATOR0000000000000',
  clientSecret: '0123456789abcdef0123456789abcdef0123456789',
  refreshToken: '1000.00112233445566778899aabbccddeeff.ffeeddccbbaa99887766554433221100',
} as const;

/** The scopes of the guide that users follow. */
export const GUIDE_SCOPE = 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ';

/** Counts events per key in a sliding window; kept in memory, so a restart forgives (sheet §1.4, §6). */
export interface Quota {
  /** Takes one of `limit`, or says no. A limit of 0 is none. */
  take(key: string, limit: number): boolean;
  /** How many were taken within the window. */
  used(key: string): number;
}

export function openQuota(windowMs: number, clock: () => number): Quota {
  const moments = new Map<string, number[]>();
  const recent = (key: string): number[] => {
    const list = moments.get(key) ?? [];
    const outdated = list.findIndex((moment) => moment > clock() - windowMs);
    list.splice(0, outdated === -1 ? list.length : outdated);
    moments.set(key, list);
    return list;
  };
  return {
    take: (key, limit) => {
      const list = recent(key);
      if (limit !== 0 && list.length >= limit) return false;
      list.push(clock());
      return true;
    },
    used: (key) => recent(key).length,
  };
}

export const TEN_MINUTES = 10 * 60 * 1000;
export const ONE_DAY = 24 * 60 * 60 * 1000;
