import type { Reply, Request } from '../http/exchange.ts';
import type { Zoho } from '../zoho.ts';
import { gateHeaders, passGate } from './check-access.ts';
import { inForm } from './imitate.ts';
import * as refuse from './refusals.ts';
import { matchPath, type Endpoint, type Resource } from './resource.ts';
import { RESOURCES } from './resources.ts';

/** Versions with any page about fields (sheet §4.3). */
const FIRST_VERSION = 2;
const NEWEST_VERSION = 8;

/** Everything under `/crm/`, with the checks in the order of sheet §13.2. */
export function crmApi(request: Request, zoho: Zoho, commitLimit: number): Reply {
  const address = /^\/crm\/v(\d+)(?:\.\d)?\/(.+)$/.exec(request.path);
  const version = Number(address?.[1]);
  const segments = (address?.[2] ?? '').split('/').map(decode);
  if (!(version >= FIRST_VERSION && version <= NEWEST_VERSION))
    return inForm(zoho, 'wrong_version', refuse.invalidUrlPattern());
  const found = findResource(segments);
  if (found === undefined) return unknownPath(zoho, segments);
  const { resource, variables } = found;
  if (resource.since !== undefined && version < resource.since) return refuse.apiNotSupported();
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
  return inForm(zoho, 'unknown_path', isModule ? refuse.invalidModule() : refuse.invalidUrlPattern());
}

/** Writing to what can only be read is "unusable"; another verb where there are several is "not a valid one". */
function wrongMethod(resource: Resource, zoho: Zoho): Reply {
  if (zoho.switches.wrongMethod === 405) return refuse.methodNotAllowed();
  return Object.keys(resource.methods).length === 1 ? refuse.invalidRequest() : refuse.invalidMethod();
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
