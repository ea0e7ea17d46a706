import type { Request } from '../http/request.ts';
import { type Reply, refuse } from '../http/reply.ts';
import type { Zoho } from '../zoho.ts';
import { inForm } from '../imitation.ts';
import { matchPath, type Endpoint, type Resource, isCovered, RESOURCES } from './resources.ts';
import { type AccessToken, zohoTime } from '../state/organisation-state.ts';
import { concurrencyLimit, creditLimit } from './limits.ts';

/** Versions with any page about fields (sheet §4.3). */
const FIRST_VERSION = 2;
const NEWEST_VERSION = 8;

/** Everything under `/crm/`, with the checks in the order of sheet §13.2. */
export function crmApi(request: Request, zoho: Zoho, commitLimit: number): Reply {
  const address = /^\/crm\/v(\d+)(?:\.\d)?\/(.+)$/.exec(request.path);
  const version = Number(address?.[1]);
  const segments = (address?.[2] ?? '').split('/').map(decode);
  if (!(version >= FIRST_VERSION && version <= NEWEST_VERSION))
    return inForm(zoho, 'wrong_version', refuse('INVALID_URL_PATTERN'));
  const found = findResource(segments);
  if (found === undefined) return unknownPath(zoho, segments);
  const { resource, variables } = found;
  if (resource.since !== undefined && version < resource.since)
    return refuse('API_NOT_SUPPORTED', { supported_version: 8 });
  const endpoint = endpointOf(resource, request.method);
  if (endpoint === undefined) return wrongMethod(resource, zoho);
  const token = passGate(request, { resource, endpoint }, zoho);
  if ('status' in token) return token;
  const reply = endpoint.handle({ zoho, request, version, segments: variables, token, commitLimit });
  return { ...reply, headers: { ...reply.headers, ...gateHeaders(token, zoho) } };
}

function findResource(segments: readonly string[]) {
  for (const resource of RESOURCES) {
    const variables = matchPath(resource, segments);
    if (variables !== undefined) return { resource, variables };
  }
  return undefined;
}

function endpointOf(resource: Resource, method: string): Endpoint | undefined {
  return Object.hasOwn(resource.methods, method) ? resource.methods[method] : undefined;
}

/** A single segment is read as the name of a module, whose records this Zoho does not have (sheet §5.1). */
function unknownPath(zoho: Zoho, segments: readonly string[]): Reply {
  const isModule = segments.length === 1 && zoho.switches.unknownPath === 'INVALID_MODULE';
  return inForm(zoho, 'unknown_path', refuse(isModule ? 'INVALID_MODULE' : 'INVALID_URL_PATTERN'));
}

/** Writing to what can only be read is "unusable"; another verb where there are several is "not a valid one". */
function wrongMethod(resource: Resource, zoho: Zoho): Reply {
  if (zoho.switches.wrongMethod === 405) return refuse('METHOD_NOT_ALLOWED');
  const isAlone = Object.keys(resource.methods).length === 1;
  return refuse(isAlone ? 'INVALID_REQUEST' : 'INVALID_REQUEST_METHOD');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Who may pass: the token, or the refusal that Zoho would send first (sheet §13.2, steps 2 to 6). */
function passGate(
  request: Request,
  { resource, endpoint }: { readonly resource: Resource; readonly endpoint: Endpoint },
  zoho: Zoho,
): AccessToken | Reply {
  const presented = presentedToken(request, zoho);
  if (presented === undefined) return refuse('AUTHENTICATION_FAILURE');
  const token = zoho.store.now().accessTokens.find((known) => known.token === presented);
  if (token === undefined || token.expiresAt <= zoho.clock()) return refuse('INVALID_TOKEN');
  if (!isCovered(token.scope, resource.group, endpoint.action)) {
    return inForm(zoho, 'missing_scope', {
      ...refuse('OAUTH_SCOPE_MISMATCH'),
      status: zoho.switches.scopeMismatchStatus,
    });
  }
  const throttled = throttle(zoho);
  if (throttled !== undefined) return throttled;
  if (zoho.switches.userPermission === 'denied' && endpoint.action !== 'READ')
    return refuse('NO_PERMISSION', { permissions: ['Crm_Implied_Customize_Zoho_CRM'] });
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
    return refuse('TOO_MANY_REQUESTS');
  if (!zoho.quotas.credits.take('organisation', creditLimit(zoho))) return refuse('TOO_MANY_REQUESTS');
  return isNth(switches.failEvery) ? refuse('INTERNAL_ERROR') : undefined;
}

/** The headers that only a call with a good token gets (sheet §6). */
function gateHeaders(token: AccessToken, zoho: Zoho): Readonly<Record<string, string>> {
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
