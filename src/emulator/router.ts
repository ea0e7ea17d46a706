import { authEndpoint } from './accounts/grant-code.ts';
import { revokeEndpoint } from './accounts/token-endpoint.ts';
import { tokenEndpoint } from './accounts/token-endpoint.ts';
import { crmApi } from './crm/api.ts';
import { invalidHost, invalidMethod, invalidUrlPattern } from './crm/refusals.ts';
import type { Reply, Request } from './http/exchange.ts';
import type { Zoho } from './zoho.ts';

/** The answer of accounts or API to one request; `commitLimit` is how many items a write may carry out. */
export function route(request: Request, zoho: Zoho, commitLimit: number): Reply {
  if (!isOwnHost(request)) return invalidHost();
  if (request.path.startsWith('/crm/')) return crmApi(request, zoho, commitLimit);
  const endpoint = Object.hasOwn(ACCOUNTS, request.path) ? ACCOUNTS[request.path] : undefined;
  if (endpoint === undefined) return invalidUrlPattern();
  return endpoint.method === request.method ? endpoint.handle(request, zoho) : invalidMethod();
}

const ACCOUNTS: Readonly<
  Record<string, { readonly method: string; readonly handle: (request: Request, zoho: Zoho) => Reply }>
> = {
  '/oauth/v2/token': { method: 'POST', handle: tokenEndpoint },
  '/oauth/v2/token/revoke': { method: 'POST', handle: revokeEndpoint },
  '/oauth/v2/auth': { method: 'GET', handle: authEndpoint },
};

/** Any other name means a wrong API domain (sheet §1.5), or a web page that rebinds its name to this machine. */
export function isOwnHost(request: Request): boolean {
  const name = (request.headers['host'] ?? '').replace(/:\d+$/, '').toLowerCase();
  return ['127.0.0.1', 'localhost', '[::1]'].includes(name);
}
