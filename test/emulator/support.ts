import { onTestFinished } from 'vitest';
import { asText, isObject, type Json, type JsonObject } from '../../src/emulator/json.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/start.ts';

/** An answer as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** A Zoho with a client that has a token. */
export interface Visit {
  readonly zoho: Emulator;
  /** The newest access token; replace it to play an intruder. */
  token: string;
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body: unknown) => Promise<Answer>;
  readonly patch: (path: string, body: unknown) => Promise<Answer>;
  readonly remove: (path: string) => Promise<Answer>;
  /** Creates fields in Deals. */
  readonly create: (...fields: readonly JsonObject[]) => Promise<Answer>;
  /** The token endpoint with the right credentials, some of them replaced. */
  readonly grant: (changes?: Readonly<Record<string, string>>) => Promise<Answer>;
}

export const DEALS = '/crm/v8/settings/fields?module=Deals';

/** Every scope that any endpoint asks for. */
export const ALL_SCOPES = 'ZohoCRM.settings.ALL ZohoCRM.users.ALL ZohoCRM.org.ALL';

/** Starts a Zoho for this test alone, with all scopes, and fetches a token. */
export async function visit(options: EmulatorOptions = {}): Promise<Visit> {
  const zoho = await startEmulator({ scope: ALL_SCOPES, ...options });
  onTestFinished(() => zoho.close());
  const guest = open(zoho);
  const granted = await guest.grant();
  guest.token = isObject(granted.body) ? asText(granted.body['access_token']) : '';
  return guest;
}

function open(zoho: Emulator): Visit {
  const call = (method: string) => (path: string, body?: unknown) =>
    request(`${zoho.url}${path}`, {
      method,
      headers: { authorization: `Zoho-oauthtoken ${guest.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const guest: Visit = {
    zoho,
    token: '',
    get: call('GET'),
    post: call('POST'),
    patch: call('PATCH'),
    remove: call('DELETE'),
    create: (...fields) => guest.post(DEALS, { fields }),
    grant: (changes = {}) =>
      request(`${zoho.url}/oauth/v2/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'refresh_token', ...credentials(zoho), ...changes }),
      }),
  };
  return guest;
}

/** What the environment says, under the names of the token request. */
export function credentials({ environment }: Emulator): Readonly<Record<string, string>> {
  return {
    client_id: environment['ZOHO_CLIENT_ID'] ?? '',
    client_secret: environment['ZOHO_CLIENT_SECRET'] ?? '',
    refresh_token: environment['ZOHO_REFRESH_TOKEN'] ?? '',
  };
}

/** Any request; redirects are not followed, an empty body is `null`. */
export async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

/** The objects in the list under `key`. */
export function list(answer: Answer, key = 'fields'): readonly JsonObject[] {
  const entries = isObject(answer.body) ? answer.body[key] : [];
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

/** The first of them. */
export function first(answer: Answer, key = 'fields'): JsonObject {
  return list(answer, key)[0] ?? {};
}

/** Status, code and the keys of details: what a client may rely on (sheet §5). */
export function essence(answer: Answer): readonly unknown[] {
  const error = isObject(answer.body) && 'code' in answer.body ? answer.body : first(answer);
  return [
    answer.status,
    error['code'],
    Object.keys(isObject(error['details']) ? error['details'] : {}).sort(),
  ];
}
