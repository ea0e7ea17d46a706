import { type Request, parameters } from '../http/request.ts';
import { json, type Reply } from '../http/reply.ts';
import type { JsonObject } from '../json.ts';
import type { AccessToken, RefreshToken } from '../state/organisation-state.ts';
import type { Zoho } from '../zoho.ts';
import { issueAccessToken, issueRefreshToken, takeGrantCode, TOKEN_LIFE_MS, revoke } from './issue.ts';

/** `POST /oauth/v2/token` for both grants (sheet §1.2), and its refusals (§1.3). */
export function tokenEndpoint(request: Request, zoho: Zoho): Reply {
  const given = parameters(request);
  const client = zoho.store.now().clients.find((known) => known.id === given.get('client_id'));
  if (client === undefined) return tokenError(zoho, 'invalid_client');
  if (client.secret !== given.get('client_secret')) return tokenError(zoho, 'invalid_client_secret');
  const grant = given.get('grant_type');
  if (grant === 'refresh_token') return refreshGrant(given, client.id, zoho);
  // The sheet records no answer for other grants; this is the generic error it lists.
  if (grant !== 'authorization_code') return tokenError(zoho, 'general_error');
  const isForeign = client.redirectUri !== null && client.redirectUri !== given.get('redirect_uri');
  return isForeign ? tokenError(zoho, 'invalid_redirect_uri') : codeGrant(given, client.id, zoho);
}

function refreshGrant(given: URLSearchParams, clientId: string, zoho: Zoho): Reply {
  const wanted = given.get('refresh_token');
  const from = zoho.store
    .now()
    .refreshTokens.find((token) => token.token === wanted && token.clientId === clientId);
  if (from === undefined) return tokenError(zoho, 'invalid_code');
  const issued = issue(zoho, from);
  return issued === undefined ? accessDenied(zoho) : tokenAnswer(zoho, issued);
}

function codeGrant(given: URLSearchParams, clientId: string, zoho: Zoho): Reply {
  const wanted = { code: given.get('code') ?? '', clientId };
  const code = zoho.store.change((draft) => takeGrantCode(draft, wanted, { now: zoho.clock() }));
  if (code === undefined) return tokenError(zoho, 'invalid_code');
  if (code.elsewhere) return tokenError(zoho, 'other_dc');
  // Ten refresh tokens per user and client in ten minutes; that one user is all this organisation has.
  if (code.offline && !zoho.quotas.refreshTokens.take(clientId, 10)) return accessDenied(zoho);
  const refreshToken = code.offline
    ? zoho.store.change((draft) => issueRefreshToken(draft, code))
    : { token: '', clientId, scope: code.scope };
  const issued = issue(zoho, refreshToken);
  if (issued === undefined) return accessDenied(zoho);
  return tokenAnswer(zoho, issued, code.offline ? refreshToken.token : undefined);
}

function issue(zoho: Zoho, from: RefreshToken): AccessToken | undefined {
  const { switches } = zoho;
  if (!zoho.quotas.accessTokens.take(from.token, switches.tokensPerTenMinutes)) return undefined;
  const options = { now: zoho.clock(), active: switches.activeTokens, lifeMs: lifeOf(zoho) };
  return zoho.store.change((draft) => issueAccessToken(draft, from, options));
}

/** Zoho reports these with 200, or with 400, depending on whom one asks (sheet §1.3). */
function tokenError(zoho: Zoho, error: string): Reply {
  return json(zoho.switches.tokenErrorStatus, { error });
}

function accessDenied(zoho: Zoho): Reply {
  return json(zoho.switches.throttleStatus, {
    error_description: DESCRIPTIONS[zoho.switches.throttleText],
    error: 'Access Denied',
    status: 'failure',
  });
}

const DESCRIPTIONS = {
  english: 'You have made too many requests continuously. Please try again after some time.',
  chinese: '您连续发出的请求过多。请稍后再试。',
} as const;

/** What a successful grant answers, in the variants that clients have met (sheet §1.2). */
function tokenAnswer(zoho: Zoho, issued: AccessToken, refreshToken?: string): Reply {
  return json(200, {
    access_token: issued.token,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(zoho.switches.scopeInToken === 'present' ? { scope: issued.scope } : {}),
    ...apiDomain(zoho),
    token_type: 'Bearer',
    ...lifetime(zoho),
  });
}

function apiDomain({ switches, url }: Zoho): JsonObject {
  if (switches.apiDomain === 'absent') return {};
  return { api_domain: switches.apiDomain === 'self' ? url() : switches.apiDomain };
}

function lifeOf({ imitation }: Zoho): number {
  return imitation.tokenSeconds === undefined ? TOKEN_LIFE_MS : imitation.tokenSeconds * 1000;
}

function lifetime(zoho: Zoho): JsonObject {
  const life = lifeOf(zoho);
  switch (zoho.switches.tokenLifetime) {
    case 'seconds':
      return { expires_in: life / 1000 };
    case 'milliseconds':
      return { expires_in: life, expires_in_sec: life / 1000 };
    case 'absent':
      return {};
  }
}

/** `POST /oauth/v2/token/revoke`, with the token in the address or in a form (sheet §1.1). */
export function revokeEndpoint(request: Request, zoho: Zoho): Reply {
  const token = parameters(request).get('token') ?? '';
  const wasThere = zoho.store.change((draft) => revoke(draft, token));
  // Neither answer is on the sheet; the error is the one that every wrong code gets.
  return wasThere ? json(200, { status: 'success' }) : tokenError(zoho, 'invalid_code');
}
