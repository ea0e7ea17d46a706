import type { CacheFound } from '../../doctor/cache-check.ts';
import type { ApiFound, ReadFound } from '../../doctor/access-checks.ts';
import type { ProbeFound } from '../../doctor/server-checks.ts';
import type { TokenFound } from '../../doctor/token-checks.ts';
import { firstOf } from '../../doctor/check.ts';
import { Problem } from '../../model/problem.ts';
import { apiHostOwner } from '../../zoho/data-centre.ts';
import { ZohoReader } from '../../zoho/reader.ts';
import { Session } from '../../zoho/session.ts';
import { fileTokenCache, type TokenCache } from '../../zoho/token-cache.ts';
import type { AccessToken, Credentials } from '../../zoho/token.ts';
import type { Transport } from '../../zoho/transport.ts';
import { cacheFolder } from '../user-folders.ts';
import { makeTransport } from '../connect.ts';
import type { Io } from '../io.ts';
import { askElsewhere, type ElsewhereFound } from './elsewhere.ts';
import { inspectCache } from './inspect-cache.ts';
import { probe } from './probe.ts';
import type { Configured } from './subject.ts';

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
  readonly requests: { readonly read: number; readonly write: number };
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
  const transport = await makeTransport(numbers.timeoutMs, 'read', io.interrupt.signal);
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
  const asked = await settled(session.token());
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

/** The refresh token can only be judged by asking anew; what comes is kept for the next command, like any other. */
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
  const fields = await settled(reader.fields(module, []));
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

async function settled<T>(work: Promise<T>): Promise<T | Problem> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** What an interrupt cut off is no finding. */
function stopIfAsked(io: Io): void {
  if (io.interrupt.requested) throw new Error('interrupted');
}
