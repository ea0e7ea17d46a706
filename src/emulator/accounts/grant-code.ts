import { json, type Reply, type Request } from '../http/exchange.ts';
import type { Zoho } from '../zoho.ts';
import { newSecret, scopesOf } from './issue.ts';

/** What a code is asked for. */
export interface CodeWish {
  readonly clientId: string;
  readonly scope: string;
  /** The console offers 3, 5, 7 and 10 (sheet §1.4). */
  readonly minutes?: number;
  readonly redirectUri?: string | null;
  readonly offline?: boolean;
  readonly elsewhere?: boolean;
}

/** Codes per client in ten minutes, and the minutes that each lives unless asked otherwise (sheet §1.4). */
const CODES_PER_TEN_MINUTES = 10;
const DEFAULT_MINUTES = 3;

/** A new code, or `undefined` where the client had too many: `access_denied`. */
export function newGrantCode(zoho: Zoho, wish: CodeWish): string | undefined {
  if (!zoho.quotas.grantCodes.take(wish.clientId, CODES_PER_TEN_MINUTES)) return undefined;
  const code = newSecret();
  zoho.store.change((draft) => {
    const grantCode = {
      code,
      clientId: wish.clientId,
      scope: wish.scope,
      expiresAt: zoho.clock() + (wish.minutes ?? DEFAULT_MINUTES) * 60_000,
      redirectUri: wish.redirectUri ?? null,
      offline: wish.offline ?? true,
      elsewhere: wish.elsewhere ?? false,
    };
    draft.world = { ...draft.world, grantCodes: [...draft.world.grantCodes, grantCode] };
  });
  return code;
}

/**
 * `GET /oauth/v2/auth`: where a real user would log in and agree, this one agrees at once (sheet §1.1, §1.5).
 * Mistakes stay on the page, so that nobody is sent to an address that the client does not own.
 */
export function authEndpoint(request: Request, zoho: Zoho): Reply {
  const asked = request.query;
  const client = zoho.store.now().clients.find((known) => known.id === asked.get('client_id'));
  if (client === undefined) return pageError('invalid_client');
  const redirectUri = asked.get('redirect_uri') ?? '';
  if (client.redirectUri !== redirectUri || !URL.canParse(redirectUri))
    return pageError('invalid_redirect_uri');
  const scopes = scopesOf(asked.get('scope') ?? '');
  if (scopes.length === 0 || !scopes.every(isScope)) return pageError('invalid_scope');
  const offline = asked.get('access_type') === 'offline';
  const code = newGrantCode(zoho, { clientId: client.id, scope: scopes.join(' '), redirectUri, offline });
  const target = new URL(redirectUri);
  const answer: Readonly<Record<string, string>> =
    code === undefined ? { error: 'access_denied' } : { code, location: 'us', 'accounts-server': zoho.url() };
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  const state = asked.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { location: target.href }, body: '' };
}

/** `ZohoCRM.<group>[.<subgroup>].<ACTION>` (sheet §1.6). */
export function isScope(scope: string): boolean {
  return /^ZohoCRM(\.[A-Za-z_]+){1,2}\.(READ|CREATE|UPDATE|DELETE|WRITE|ALL)$/.test(scope);
}

const pageError = (error: string): Reply => json(200, { error });
