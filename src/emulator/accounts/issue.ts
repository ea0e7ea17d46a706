import type { Draft } from '../state/draft.ts';
import type { AccessToken, GrantCode, RefreshToken } from '../state/world.ts';
import { newSecret } from './secrets.ts';

/** An access token lives an hour (sheet §1.4). */
export const TOKEN_LIFE_MS = 60 * 60 * 1000;

/** Refresh tokens per user and client; one more silently removes the oldest (sheet §1.4). */
export const REFRESH_TOKENS_KEPT = 20;

interface Moment {
  readonly now: number;
}

/** A new access token; with more than `active` alive the oldest ones of the same refresh token end. */
export function issueAccessToken(
  draft: Draft,
  from: RefreshToken,
  { now, active }: Moment & { readonly active: number },
): AccessToken {
  const issued = {
    token: newSecret(),
    refreshToken: from.token,
    scope: from.scope,
    expiresAt: now + TOKEN_LIFE_MS,
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
