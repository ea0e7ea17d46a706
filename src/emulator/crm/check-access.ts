import type { Reply, Request } from '../http/exchange.ts';
import type { AccessToken } from '../state/organisation-state.ts';
import { zohoTime } from '../time.ts';
import type { Zoho } from '../zoho.ts';
import { concurrencyLimit, creditLimit } from './limits.ts';
import { inForm } from './imitate.ts';
import * as refuse from './refusals.ts';
import type { Endpoint, Resource } from './resource.ts';
import { isCovered } from './resource.ts';

/** Who may pass: the token, or the refusal that Zoho would send first (sheet §13.2, steps 2 to 6). */
export function passGate(
  request: Request,
  { resource, endpoint }: { readonly resource: Resource; readonly endpoint: Endpoint },
  zoho: Zoho,
): AccessToken | Reply {
  const presented = presentedToken(request, zoho);
  if (presented === undefined) return refuse.authenticationFailure();
  const token = zoho.store.now().accessTokens.find((known) => known.token === presented);
  if (token === undefined || token.expiresAt <= zoho.clock()) return refuse.invalidToken();
  if (!isCovered(token.scope, resource.group, endpoint.action)) {
    return inForm(zoho, 'missing_scope', refuse.scopeMismatch(zoho.switches.scopeMismatchStatus));
  }
  const throttled = throttle(zoho);
  if (throttled !== undefined) return throttled;
  if (zoho.switches.userPermission === 'denied' && endpoint.action !== 'READ') return refuse.noPermission();
  return token;
}

/** `Zoho-oauthtoken x`, the scheme of every page; Bearer is not recorded to work. */
function presentedToken(request: Request, zoho: Zoho): string | undefined {
  const match = /^(Zoho-oauthtoken|Bearer) +(\S+)$/i.exec(request.headers['authorization'] ?? '');
  if (match === null) return undefined;
  const isBearer = match[1]?.toLowerCase() === 'bearer';
  return isBearer && zoho.switches.bearer === 'reject' ? undefined : match[2];
}

function throttle(zoho: Zoho): Reply | undefined {
  const { switches, load } = zoho;
  load.calls += 1;
  const isNth = (every: number): boolean => every > 0 && load.calls % every === 0;
  if (isNth(switches.throttleEvery) || load.inFlight > concurrencyLimit(zoho))
    return refuse.tooManyRequests();
  if (!zoho.quotas.credits.take('organisation', creditLimit(zoho))) return refuse.tooManyRequests();
  return isNth(switches.failEvery) ? refuse.internalError() : undefined;
}

/** The headers that only a call with a good token gets (sheet §6). */
export function gateHeaders(token: AccessToken, zoho: Zoho): Readonly<Record<string, string>> {
  const { headers } = zoho.imitation;
  const limit = creditLimit(zoho);
  const remaining = limit - zoho.quotas.credits.used('organisation');
  return {
    ...(headers.reset ? { 'x-accesstoken-reset': zohoTime(token.expiresAt) } : {}),
    ...(headers.rateLimit
      ? { 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining) }
      : {}),
    ...(headers.credits || remaining <= limit / 2 ? { 'x-api-credits-remaining': String(remaining) } : {}),
  };
}
