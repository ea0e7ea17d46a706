import { lstatSync, type Stats } from 'node:fs';
import type { ApiFound, ReadFound, ProbeFound, CacheFound, TokenFound } from '../../doctor/checks.ts';
import { firstOf } from '../../doctor/check.ts';
import type { Io } from '../../machine/io.ts';
import { quietly } from '../../machine/disk.ts';
import { cacheFolder, type CacheFolder } from '../../machine/user-folders.ts';
import { orProblem, Problem } from '../../model/problem.ts';
import { makeTransport } from '../../run/connect.ts';
import { apiHostOwner, DATA_CENTRES } from '../../zoho/auth/data-centre.ts';
import { fileTokenCache, cacheFile, exposure } from '../../machine/token-cache.ts';
import {
  type TokenCache,
  type AccessToken,
  type Credentials,
  baseOf,
  tokenRequest,
} from '../../zoho/auth/token.ts';
import { unreachable } from '../../zoho/http/retry.ts';
import { type Transport, TransportError } from '../../zoho/http/transport.ts';
import { ZohoReader } from '../../zoho/reader.ts';
import { Session } from '../../zoho/session.ts';
import type { Configured } from './configured.ts';
import { isObject, property } from '../../model/json.ts';
import { decode } from '../../zoho/http/answer.ts';
import type { RequestCount } from '../../model/live-field.ts';

export interface ExamineOptions {
  readonly emulator?: boolean;
  readonly tokenCache: boolean;
  readonly module: string;
  readonly tryOtherDataCentres?: boolean;
}

/** What was seen, from the outside in; each step only where the one before got through. */
export interface Findings {
  readonly probe?: ProbeFound;
  readonly token: TokenFound;
  readonly scopes?: readonly string[];
  readonly read: ReadFound;
  readonly cache: CacheFound;
  readonly elsewhere: readonly ElsewhereFound[];
  readonly requests: RequestCount;
}

/** Looks at everything that can be looked at, with at most one access token and one read of the module. */
export async function examine(configured: Configured, options: ExamineOptions, io: Io): Promise<Findings> {
  const { credentials, place, placeProblems, numbers } = configured;
  const cache = inspectCache(credentials, options, io);
  const nothing = { read: { state: 'not-tried' }, cache, elsewhere: [] } as const;
  const notAsked = (why: string): TokenFound => ({ state: 'not-asked', why });
  if (placeProblems.length > 0) {
    const token = notAsked('needs a data centre and hosts that are well-formed');
    return { ...nothing, token, requests: { read: 0, write: 0 } };
  }
  const transport = await makeTransport(numbers.timeoutMs, 'read', io);
  const probed = await probe(place.accountsUrl, transport, io);
  stopIfAsked(io);
  const before = { ...nothing, probe: probed, requests: { read: 1, write: 0 } };
  if (probed.problem !== undefined)
    return { ...before, token: notAsked('needs an answer of the accounts server') };
  if (credentials === undefined)
    return { ...before, token: notAsked('needs the variables that are missing or malformed') };
  return withCredentials(credentials, { transport, before, options }, io);
}

interface Setup {
  readonly transport: Transport;
  readonly before: Omit<Findings, 'token'>;
  readonly options: ExamineOptions;
}

async function withCredentials(
  credentials: Credentials,
  { transport, before, options }: Setup,
  io: Io,
): Promise<Findings> {
  const session = new Session(credentials, { transport, ...io, ...writeOnlyCache(credentials, options, io) });
  const asked = await orProblem(session.token());
  stopIfAsked(io);
  const requests = () => ({ read: before.requests.read + session.requests.read, write: 0 });
  if (asked instanceof Problem) {
    const elsewhere = await maybeElsewhere(asked, credentials, { transport, before, options });
    const read = requests().read + elsewhere.length;
    return {
      ...before,
      token: { state: 'refused', problem: asked },
      elsewhere,
      requests: { read, write: 0 },
    };
  }
  const read = await readModule(asked, { session, module: options.module, credentials });
  stopIfAsked(io);
  return { ...before, token: { state: 'given' }, scopes: asked.scopes, read, requests: requests() };
}

/** The refresh token can only be judged by asking again; what comes is kept for the next command, like any other. */
function writeOnlyCache(
  credentials: Credentials,
  options: ExamineOptions,
  io: Io,
): { readonly cache?: TokenCache } {
  const folder = options.emulator === true ? undefined : cacheFolder(io.env, options.tokenCache).path;
  if (folder === undefined) return {};
  return { cache: { ...fileTokenCache(folder, credentials, io.now), load: () => undefined } };
}

async function readModule(
  token: AccessToken,
  { session, module, credentials }: { session: Session; module: string; credentials: Credentials },
): Promise<ReadFound> {
  const reader = new ZohoReader(session);
  const fields = await orProblem(reader.fields(module, []));
  if (fields instanceof Problem) {
    const { host } = new URL(token.apiBase);
    const owner = apiHostOwner(host);
    const api: ApiFound = {
      host,
      fixed: credentials.apiUrl !== undefined,
      ...(owner === undefined ? {} : { environment: owner.environment }),
    };
    return { state: 'refused', problem: fields, api };
  }
  const organisation = await reader.organisation();
  const owner = organisation === undefined ? {} : { owner: `${organisation.name} (${organisation.type})` };
  return { state: 'done', fields, ...owner };
}

/** Worth asking only where another data centre could be the cause, and where no server was fixed by hand. */
async function maybeElsewhere(
  refusal: Problem,
  credentials: Credentials,
  { transport, options }: Setup,
): Promise<readonly ElsewhereFound[]> {
  if (options.tryOtherDataCentres !== true || !isHomeServer(credentials)) return [];
  const worth = ['invalid-client', 'other-data-centre', 'invalid-code'].includes(firstOf(refusal).code);
  return worth ? askElsewhere(credentials, transport) : [];
}

/** True where `ZOHO_DC` decides which accounts server is asked. */
export function isHomeServer({
  accountsUrl,
  dataCentre,
}: Pick<Credentials, 'accountsUrl' | 'dataCentre'>): boolean {
  return accountsUrl.origin === dataCentre.accountsUrl;
}

/** What an interrupt cut off is no finding. */
function stopIfAsked(io: Io): void {
  if (io.interrupt.requested) throw new Error('interrupted');
}

/** Why no token is kept, in words. */
export function cacheOffWords(off: NonNullable<CacheFolder['off']>): string {
  return OFF_WORDS[off];
}

const OFF_WORDS: Readonly<Record<NonNullable<CacheFolder['off']>, string>> = {
  ci: 'off, because CI is set',
  flag: 'off, because of --no-token-cache',
  homeless: 'off, because this user has no home folder',
};

/** Looks at the cache without changing anything: before the doctor's own token gets there and renews it. */
function inspectCache(
  credentials: Credentials | undefined,
  options: { readonly tokenCache: boolean; readonly emulator?: boolean },
  io: Io,
): CacheFound {
  if (options.emulator === true) return { state: 'off', why: 'off with the emulator' };
  const { path: folder, off } = cacheFolder(io.env, options.tokenCache);
  if (folder === undefined) return { state: 'off', why: cacheOffWords(off ?? 'flag') };
  const stat = statOf(folder);
  if (stat === undefined) return { state: 'empty', folder };
  const open = stat.isDirectory() ? exposure(stat) : undefined;
  if (open !== undefined) return { state: 'exposed', path: folder, how: open, isFolder: true };
  if (credentials === undefined) return { state: 'private', folder };
  const file = cacheFile(folder, credentials);
  const fileStat = statOf(file);
  if (fileStat === undefined) return { state: 'private', folder };
  const how = fileStat.isSymbolicLink() ? 'is a link to somewhere else' : exposure(fileStat);
  return how === undefined
    ? { state: 'private', folder }
    : { state: 'exposed', path: file, how, isFolder: false };
}

const statOf = (path: string): Stats | undefined => quietly(() => lstatSync(path));

/**
 * Asks the accounts server for something that needs no credentials (sheet §1.1): whether anyone answers, and what
 * time it is there, is known before a secret leaves. What the answer says does not matter.
 */
export async function probe(accountsUrl: URL, transport: Transport, io: Io): Promise<ProbeFound> {
  const host = accountsUrl.host;
  const begun = io.now();
  try {
    const answer = await transport({
      method: 'GET',
      url: `${baseOf(accountsUrl)}/oauth/serverinfo`,
      headers: {},
    });
    const ended = io.now();
    const theirs = answer.date === undefined ? Number.NaN : Date.parse(answer.date);
    return {
      host,
      ms: ended - begun,
      // A Date header has whole seconds, cut off; the middle of the second and of the exchange is the best guess.
      ...(Number.isNaN(theirs) ? {} : { skewMs: theirs + 500 - (begun + ended) / 2 }),
    };
  } catch (error) {
    if (error instanceof TransportError) return { host, problem: unreachable(error) };
    throw error;
  }
}

/** What another data centre's accounts server said. */
export interface ElsewhereFound {
  readonly dataCentre: string;
  /** `null` where it did not answer. */
  readonly knowsClient: boolean | null;
  /** It gave an access token: this is the one. */
  readonly opens: boolean;
}

/** Asks every other data centre once. This sends the secrets there, so it is only done when it was asked for. */
async function askElsewhere(
  credentials: Credentials,
  transport: Transport,
): Promise<readonly ElsewhereFound[]> {
  const others = DATA_CENTRES.filter((one) => one.name !== credentials.dataCentre.name);
  return Promise.all(
    others.map(async (dataCentre) => {
      const there = { ...credentials, dataCentre, accountsUrl: new URL(dataCentre.accountsUrl) };
      try {
        const { json } = decode(await transport(tokenRequest(there)), there.accountsUrl.host);
        return { dataCentre: dataCentre.name, ...judge(json) };
      } catch (error) {
        if (error instanceof TransportError)
          return { dataCentre: dataCentre.name, knowsClient: null, opens: false };
        throw error;
      }
    }),
  );
}

function judge(json: unknown): Pick<ElsewhereFound, 'knowsClient' | 'opens'> {
  if (!isObject(json)) return { knowsClient: null, opens: false };
  if (typeof property(json, 'access_token') === 'string') return { knowsClient: true, opens: true };
  const error = property(json, 'error');
  if (error === 'invalid_client') return { knowsClient: false, opens: false };
  // The secret or the token may be wrong there: a client can have another secret in each data centre (sheet §1.5).
  const known = ['invalid_client_secret', 'invalid_code', 'other_dc'].includes(
    typeof error === 'string' ? error : '',
  );
  return { knowsClient: known ? true : null, opens: false };
}

/** The result as the next step of someone who reads it. */
export function elsewhereWords(found: readonly ElsewhereFound[]): string {
  const opens = found.find((one) => one.opens);
  if (opens !== undefined)
    return `The data centre "${opens.dataCentre}" takes these very credentials: set ZOHO_DC=${opens.dataCentre}.`;
  const known = found.filter((one) => one.knowsClient === true).map((one) => one.dataCentre);
  const silent = found.filter((one) => one.knowsClient === null).map((one) => one.dataCentre);
  const rest = silent.length === 0 ? '' : ` No clear answer came from: ${silent.join(', ')}.`;
  if (known.length > 0)
    return `The client is known in: ${known.join(', ')}. Set ZOHO_DC to that, and take the secret and a new refresh token from there ("zoho-fields auth login").${rest}`;
  return `No other data centre that answered knows the client: the id is wrong, or the client was deleted.${rest}`;
}

/** What to try next, for those who did not ask for it yet. */
export const OFFER =
  'Next to try: "zoho-fields doctor --try-other-data-centres" asks the other data centres whether they know the client; it sends them the client secret and the refresh token.';
