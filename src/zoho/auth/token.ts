import { given, isObject, property, textOf, type Json, type JsonObject, valueAt } from '../../model/json.ts';
import type { TokenForm } from '../../model/live-field.ts';
import { problem, type Problem } from '../../model/problem.ts';
import { notZoho, overloaded, type Answer } from '../http/answer.ts';
import { apiHostOwner, isLoopback, trustedApiOrigin, type DataCentre } from './data-centre.ts';
import { redact, Secret } from '../redact.ts';
import { tokenProblem, type Grant } from './token-errors.ts';
import type { HttpRequest } from '../http/transport.ts';

/** What is needed to ask for an access token. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly refreshToken: Secret;
  readonly dataCentre: DataCentre;
  /** Base address of the accounts server. */
  readonly accountsUrl: URL;
  /** Base address of the API where the user fixed one; otherwise the token answer decides. */
  readonly apiUrl?: URL;
}

/** What has to be known of the credentials to judge an answer: no secret. */
type TokenOwner = Pick<Credentials, 'dataCentre' | 'accountsUrl' | 'apiUrl'>;

/** An access token and what came with it. */
export interface AccessToken {
  readonly value: Secret;
  /** Base address of the API, without a slash at the end. */
  readonly apiBase: string;
  readonly scopes: readonly string[];
  /** How long it is good for, in seconds. */
  readonly lifeSeconds: number;
  /** The form of the answer that it came with; absent for a token out of a cache. */
  readonly form?: TokenForm;
}

/** The request that exchanges the refresh token (sheet §1.2); secrets in the body, never in the address. */
export function tokenRequest(credentials: Credentials): HttpRequest {
  return tokenCall(credentials, {
    grant_type: 'refresh_token',
    refresh_token: credentials.refreshToken.reveal(),
  });
}

/** A request to the token endpoint, the same for every grant but for what is granted on. */
function tokenCall(
  client: Pick<Credentials, 'clientId' | 'clientSecret' | 'accountsUrl'>,
  grant: Readonly<Record<string, string>>,
): HttpRequest {
  const body = new URLSearchParams({
    client_id: client.clientId,
    client_secret: client.clientSecret.reveal(),
    ...grant,
  });
  return {
    method: 'POST',
    url: `${baseOf(client.accountsUrl)}/oauth/v2/token`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  };
}

/**
 * Reads the answer of the token endpoint (sheet §1.3): only an `access_token` is success, whatever the status.
 * @throws Problem `credentials` where Zoho refuses or points to a foreign host, `unreachable` where it is not Zoho.
 * @param asked when, in milliseconds since the epoch, and with what.
 */
export function readToken(
  answer: Answer,
  credentials: TokenOwner,
  asked: { readonly now: number; readonly grant: Grant },
): AccessToken {
  const { host, json } = answer;
  if (answer.status >= 500) throw overloaded(answer);
  if (!isObject(json) || (answer.status >= 300 && answer.status < 400))
    throw answer.status === 429 ? overloaded(answer) : notZoho(answer);
  const value = property(json, 'access_token');
  if (typeof value === 'string' && value !== '') {
    if (!/^[\x21-\x7e]+$/.test(value)) throw oddToken(host);
    return {
      value: new Secret(value),
      apiBase: apiBase(property(json, 'api_domain'), credentials),
      scopes: scopesOf(json),
      // An hour unless said otherwise.
      lifeSeconds: lifeIn(json).seconds ?? 3600,
      form: formOf(json),
    };
  }
  const error = property(json, 'error');
  if (typeof error === 'string' && error !== '') {
    throw tokenProblem(error.slice(0, 100), { dataCentre: credentials.dataCentre, host, ...asked });
  }
  throw answer.status === 429 ? overloaded(answer) : notUnderstood(host, answer.status);
}

/**
 * Where API calls go: the user's override, else the answer's `api_domain` if it is Zoho's, else the data centre's.
 * Used for tokens out of a cache as well.
 * @throws Problem `credentials` for a foreign domain, before any token leaves.
 */
export function apiBase(apiDomain: Json | undefined, credentials: TokenOwner): string {
  if (credentials.apiUrl !== undefined) return baseOf(credentials.apiUrl);
  if (apiDomain === undefined || apiDomain === null || apiDomain === '') {
    // A local server that names no API is its own API; its token must not go to the real Zoho.
    return isLoopback(credentials.accountsUrl)
      ? credentials.accountsUrl.origin
      : credentials.dataCentre.apiUrl;
  }
  const origin =
    typeof apiDomain === 'string' ? trustedApiOrigin(apiDomain, credentials.accountsUrl) : undefined;
  if (origin !== undefined) return origin;
  throw problem(
    'credentials',
    'foreign-api-domain',
    `The accounts server says that the API is at "${redact(textOf(apiDomain)).slice(0, 200)}", which is not a host of Zoho's. The token was not sent there.`,
    'Check ZOHO_ACCOUNTS_URL and the network. If a server of your own is meant, set ZOHO_API_URL to its address.',
  );
}

/** The address without a slash at the end, so that paths can be put behind it. */
export function baseOf(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** Scopes come parted by spaces or commas, or not at all (sheet §1.2). */
function scopesOf(json: JsonObject): readonly string[] {
  const scope = property(json, 'scope');
  return typeof scope === 'string' ? scope.split(/[\s,]+/).filter((one) => one !== '') : [];
}

/** How long a token lives, and how that is said: old answers count milliseconds beside `expires_in_sec` (sheet §1.2). */
function lifeIn(json: JsonObject): { readonly said: TokenForm['life']; readonly seconds?: number } {
  const inSeconds = durationOf(property(json, 'expires_in_sec'));
  const either = durationOf(property(json, 'expires_in')) ?? inSeconds;
  if (either === undefined) return { said: 'absent' };
  const isMilliseconds = either >= 100_000;
  return {
    said: isMilliseconds || inSeconds !== undefined ? 'milliseconds' : 'seconds',
    seconds: inSeconds ?? (isMilliseconds ? either / 1000 : either),
  };
}

/** What a probe may tell of the answer: its form, and nothing that is in it but its life. */
function formOf(json: JsonObject): TokenForm {
  const has = (key: string): boolean => (property(json, key) ?? null) !== null;
  const apiDomain = property(json, 'api_domain');
  const host = typeof apiDomain === 'string' ? apiDomain.replace(/^https:\/\/|\/+$/g, '') : '';
  const { said, seconds } = lifeIn(json);
  return {
    scope: has('scope') ? 'present' : 'absent',
    apiDomain: has('api_domain') ? 'named' : 'absent',
    ...given({ environment: apiHostOwner(host)?.environment }),
    life: said,
    ...given({ seconds: seconds === undefined ? undefined : Math.round(seconds) }),
  };
}

/** A number, or its digits. Of an object nobody knows what `Number` makes: it may even throw. */
function durationOf(value: Json | undefined): number | undefined {
  const duration = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(duration) && duration > 0 ? duration : undefined;
}

function oddToken(host: string): Problem {
  return problem(
    'unreachable',
    'odd-token',
    `${host} sent an access token with characters that no token has.`,
    'Try again; check whether a proxy stands in between.',
  );
}

function notUnderstood(host: string, status: number): Problem {
  return problem(
    'unreachable',
    'no-token',
    `${host} answered (HTTP ${status}) with neither a token nor an error.`,
    'Check ZOHO_ACCOUNTS_URL and ZOHO_DC; if they are right, try again later.',
  );
}

/** Who asks for tokens with a code. */
export type Client = Omit<Credentials, 'refreshToken'>;

/** What a code is exchanged for. */
export interface Granted {
  readonly refreshToken: Secret;
  readonly accessToken: AccessToken;
}

/** The request that exchanges a self client's code (sheet §1.2); it needs no redirect address. */
export function codeRequest(client: Client, code: Secret): HttpRequest {
  return tokenCall(client, { grant_type: 'authorization_code', code: code.reveal() });
}

/**
 * Reads the answer to {@link codeRequest}.
 * @param now milliseconds since the epoch.
 * @throws Problem as `readToken`, and `credentials` where no refresh token came back (sheet §11).
 */
export function readGrant(answer: Answer, client: Client, now: number): Granted {
  const accessToken = readToken(answer, client, { now, grant: 'authorization_code' });
  const refreshToken = valueAt(answer.json, ['refresh_token']);
  if (typeof refreshToken === 'string' && /^[\x21-\x7e]+$/.test(refreshToken))
    return { accessToken, refreshToken: new Secret(refreshToken) };
  throw problem(
    'credentials',
    'no-refresh-token',
    'Zoho took the code, but gave an access token only and no refresh token. An access token ends in an hour, so nothing was kept.',
    'Make the code with a Self Client ("Generate Code"), which always gives one; a code of another kind of client needs access_type=offline.',
  );
}

/** A token of an earlier run; its API domain is checked again before use. */
export interface CachedToken extends Omit<AccessToken, 'apiBase'> {
  readonly apiDomain: string;
}

/** Keeps one access token between runs. Every failure to do so is silent: a new token is always to be had. */
export interface TokenCache {
  load(): CachedToken | undefined;
  store(token: AccessToken): void;
  drop(): void;
}
