import { json, type Reply } from '../http/exchange.ts';
import type { JsonObject } from '../json.ts';
import type { AccessToken } from '../state/world.ts';
import type { Zoho } from '../zoho.ts';
import { TOKEN_LIFE_MS } from './issue.ts';

/** What a successful grant answers, in the variants that clients have met (sheet §1.2). */
export function tokenAnswer(zoho: Zoho, issued: AccessToken, refreshToken?: string): Reply {
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

function lifetime({ switches }: Zoho): JsonObject {
  switch (switches.tokenLifetime) {
    case 'seconds':
      return { expires_in: TOKEN_LIFE_MS / 1000 };
    case 'milliseconds':
      return { expires_in: TOKEN_LIFE_MS, expires_in_sec: TOKEN_LIFE_MS / 1000 };
    case 'absent':
      return {};
  }
}
