import type { Request } from '../http/request.ts';
import { json, type Reply } from '../http/reply.ts';
import type { Zoho } from '../zoho.ts';
import { newSecret, scopesOf, GUIDE_SCOPE } from './issue.ts';
import { randomBytes } from 'node:crypto';

/** What a code is asked for. */
export interface CodeWish {
  readonly clientId: string;
  readonly scope: string;
  /** The console offers 3, 5, 7 and 10 (sheet §1.4). */
  readonly minutes?: number;
  readonly redirectUri?: string | null;
  readonly offline?: boolean;
  /** A code of an account that lives on another data centre. */
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
function isScope(scope: string): boolean {
  return /^ZohoCRM(\.[A-Za-z_]+){1,2}\.(READ|CREATE|UPDATE|DELETE|WRITE|ALL)$/.test(scope);
}

const pageError = (error: string): Reply => json(200, { error });

/** What the page shows of the one Self Client that there is. */
interface SelfClient {
  readonly id: string;
  readonly secret: string;
}

/**
 * The page that stands for Zoho's API console (sheet §1.1): client id, client secret, and codes for as many minutes as the
 * console offers (sheet §1.4). Making one is a request of JSON, which no other page can send.
 */
export function consolePage({ id, secret }: SelfClient): Reply {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Self Client: the local Zoho</title>
<style nonce="${nonce}">
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }
label { display: block; margin: 0.5rem 0 }
input { width: 100%; font: inherit; box-sizing: border-box }
select, button { font: inherit }
code, output { font-family: ui-monospace, monospace; overflow-wrap: anywhere }
</style>
<h1>Self Client</h1>
<p>This page of the local Zoho stands for Zoho's API console. Nothing on it is secret, and nothing reaches Zoho.</p>
<h2>Client Secret</h2>
<p>Client ID<br><code>${escaped(id)}</code></p>
<p>Client Secret<br><code>${escaped(secret)}</code></p>
<h2>Generate Code</h2>
<form>
<label>Scope <input name="scope" required value="${escaped(GUIDE_SCOPE.replaceAll(' ', ','))}"></label>
<label>Time Duration <select name="minutes">
<option value="3">3 minutes<option value="5">5 minutes<option value="7">7 minutes<option value="10">10 minutes</select></label>
<label>Scope Description <input name="description"></label>
<button>Create</button>
</form>
<p><output></output></p>
<script nonce="${nonce}">
const form = document.querySelector('form');
const output = document.querySelector('output');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ scope: form.elements.scope.value, minutes: Number(form.elements.minutes.value) });
  try {
    const answer = await fetch('codes', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { code, error } = await answer.json();
    output.textContent = code ?? error;
  } catch {
    output.textContent = 'The local Zoho does not answer: it was stopped.';
  }
});
</script>
</html>
`;
  const headers = {
    'content-type': 'text/html;charset=UTF-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  return { status: 200, headers, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
