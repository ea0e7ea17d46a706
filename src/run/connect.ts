import type { Target } from '../report/plan/view.ts';
import { ZohoReader } from '../zoho/reader.ts';
import { Session } from '../zoho/session.ts';
import type { Transport, HttpRequest } from '../zoho/http/transport.ts';
import { accessOf, readCredentials, readNumbers, type Numbers } from './credentials.ts';
import type { Io } from '../machine/io.ts';
import type { Emulator } from '../emulator/start.ts';
import { startBuiltInZoho, startLocalZoho } from './local-zoho.ts';
import type { Rehearsal } from './rehearsal.ts';
import {
  fixedSettings,
  readOwnSettings,
  readSettings,
  SettingsCheck,
  type FileSettings,
} from './settings.ts';
import type { Credentials, TokenCache } from '../zoho/auth/token.ts';
import { cacheFolder, stateFolder } from '../machine/user-folders.ts';
import { hasLeft, later, onItsWay, waitFor } from '../machine/waiting.ts';
import { visible } from '../model/visible.ts';

/** Options of every command that talks to Zoho. */
export interface ConnectOptions {
  readonly emulator?: boolean;
  readonly settings?: string;
  /** True where that file alone says which organisation is meant, whatever the environment holds. */
  readonly settingsAlone?: boolean;
  /** False with `--no-token-cache`. */
  readonly tokenCache: boolean;
  /** With the built-in Zoho: one in memory that holds a snapshot, for this run alone. */
  readonly rehearsal?: Rehearsal;
}

/** A way to Zoho: the real one, or the built-in one. */
export interface Connection {
  readonly session: Session;
  readonly reader: ZohoReader;
  readonly settleMs: number;
  /**
   * The user's folder for the journal and the lock of this Zoho, if there can be one: for the real one by data centre,
   * client and refresh token, for a built-in one by the folder that it lives in.
   */
  readonly stateFolder: string | undefined;
  /** Where this is; asks for the organisation's name only where the scopes allow it. */
  target(): Promise<Target>;
  close(): Promise<void>;
}

/**
 * Puts the parts that talk to Zoho together, and sends the token request on its way: it travels while the caller reads
 * the manifest.
 * @param access `read` gives a connection through which nothing can be written, whatever the code behind it does.
 * @param manifestPath the emulator's state lives beside the manifest (contract §3).
 * @throws Problem `configuration` when credentials are missing or malformed.
 */
export async function connect(
  options: ConnectOptions,
  access: 'read' | 'write',
  manifestPath: string,
  io: Io,
): Promise<Connection> {
  const settings = settingsOf(options, io);
  if (options.emulator === true) {
    const check = new SettingsCheck();
    const numbers = readNumbers(settings, check);
    check.finish();
    const { rehearsal } = options;
    if (rehearsal !== undefined) return connectRehearsal(rehearsal, numbers, io);
    const { emulator, folder } = await startBuiltInZoho(manifestPath, access, io);
    return open({ ...wayTo(emulator), numbers, zoho: ['the built-in Zoho', folder] }, access, io);
  }
  const credentials = readCredentials(settings);
  const folder = cacheFolder(io.env, options.tokenCache).path;
  const cache =
    folder === undefined
      ? undefined
      : (await import('../machine/token-cache.ts')).fileTokenCache(folder, credentials, io.now);
  const way = {
    credentials,
    numbers: credentials,
    dataCentre: credentials.dataCentre.name,
    zoho: accessOf(credentials),
  };
  return open({ ...way, ...(cache === undefined ? {} : { cache }) }, access, io);
}

/** Where the settings of a connection come from; see {@link ConnectOptions}. */
export function settingsOf(
  { settings, settingsAlone }: Pick<ConnectOptions, 'settings' | 'settingsAlone'>,
  io: Pick<Io, 'cwd' | 'env'>,
): FileSettings {
  return settingsAlone === true && settings !== undefined
    ? readOwnSettings(io, settings)
    : readSettings(io, settings);
}

/**
 * Connects, prepares while the token request travels, works, and closes whatever happens.
 *
 * What is wrong with a manifest is reported before what is wrong with the credentials: it is the user's to fix at once.
 * @param prepare what needs no connection, such as reading the manifest.
 */
export async function withConnection<Prepared, Result>(
  { options, access, manifestPath, io, begun }: ConnectionWish,
  prepare: () => Promise<Prepared>,
  work: (connection: Connection, prepared: Prepared) => Promise<Result>,
): Promise<Result> {
  // The built-in Zoho makes a folder beside the manifest: nothing is left there where the manifest is missing or wrong.
  const first = options.emulator === true ? Promise.resolve(await prepare()) : undefined;
  const connecting = begun ?? later(connect(options, access, manifestPath, io));
  await onItsWay(connecting);
  try {
    const prepared = await (first ?? prepare());
    // What arrives while a manifest is read is seen only now; the answer to what was asked ahead may be here as well.
    await hasLeft();
    io.interrupt.signal.throwIfAborted();
    return await work(await connecting, prepared);
  } finally {
    await connecting.then((connection) => connection.close()).catch(() => undefined);
  }
}

/** What a connection is opened with; see {@link connect}. */
export interface ConnectionWish {
  readonly options: ConnectOptions;
  readonly access: 'read' | 'write';
  readonly manifestPath: string;
  readonly io: Io;
  /** One that was opened already for the same options, to read (see `begin.ts`). */
  readonly begun?: Promise<Connection> | undefined;
}

/** Nothing of it outlives the run: neither the Zoho, nor a journal, nor a lock. */
async function connectRehearsal(rehearsal: Rehearsal, numbers: Numbers, io: Io): Promise<Connection> {
  const { timeoutMs, settleMs } = numbers;
  const { snapshot, onExchange } = rehearsal;
  // What the settings say today goes before what they said when the snapshot was taken.
  const customFields = numbers.customFields ?? snapshot.room.custom_fields;
  const known = customFields === undefined ? {} : { custom_fields: customFields };
  // Loaded only here: what prepares a rehearsal reads files and snapshots.
  const { recorded, seedOf } = await import('./rehearsal.ts');
  const emulator = await startLocalZoho(seedOf({ ...snapshot, room: { ...snapshot.room, ...known } }), io);
  const its = { timeoutMs, settleMs, ...(customFields === undefined ? {} : { customFields }) };
  const around = (transport: Transport): Transport => recorded(transport, onExchange);
  return open({ ...wayTo(emulator), numbers: its, around }, 'write', io);
}

function wayTo(emulator: Emulator): Pick<Way, 'credentials' | 'dataCentre' | 'end'> {
  const credentials = readCredentials(fixedSettings(emulator.environment, 'the emulator'));
  return { credentials, dataCentre: 'emulator', end: () => emulator.close() };
}

/** What one Zoho is reached by. */
interface Way {
  readonly credentials: Credentials;
  readonly numbers: Numbers;
  readonly dataCentre: string;
  readonly cache?: TokenCache;
  /** What tells it from all others, for the user's folder; nothing where nothing is kept. */
  readonly zoho?: readonly string[];
  readonly around?: (transport: Transport) => Transport;
  readonly end?: () => Promise<void>;
}

async function open(
  { credentials, numbers, dataCentre, cache, zoho, around = (transport) => transport, end }: Way,
  access: 'read' | 'write',
  io: Io,
): Promise<Connection> {
  const { settleMs, timeoutMs, customFields } = numbers;
  const { random, now } = io;
  const lifetime = lifetimeOf(io);
  const transport = around(await makeTransport(timeoutMs, access, io, lifetime.signal));
  const ports = { transport, wait: lifetime.wait, random, now, ...(cache === undefined ? {} : { cache }) };
  const session = new Session(credentials, ports);
  // Its failure is for the one who awaits the token later; until then it must not count as unhandled.
  void later(session.token());
  await hasLeft();
  const own = zoho === undefined ? undefined : await stateFolder(io.env, zoho);
  const { keepsNames } = await import('../machine/learned-profile.ts');
  const reader = new ZohoReader(session, customFields, await keepsNames(own));
  return {
    session,
    reader,
    settleMs,
    stateFolder: own,
    target: async () => {
      const token = await session.token();
      const organisation = await reader.organisation();
      const apiHost = new URL(token.apiBase).host;
      return { dataCentre, apiHost, ...(organisation === undefined ? {} : { organisation }) };
    },
    close: async () => {
      lifetime.end();
      await end?.();
    },
  };
}

/** How long a connection's requests and waits may go on. */
interface Lifetime {
  readonly signal: AbortSignal;
  readonly wait: (ms: number) => Promise<void>;
  readonly end: () => void;
}

/**
 * Ends with the command, or when the user interrupts it: a token request that nobody needs any more, because the
 * manifest is invalid, must not keep the process waiting for a slow server.
 */
function lifetimeOf(io: Io): Lifetime {
  const closing = new AbortController();
  const signal = AbortSignal.any([io.interrupt.signal, closing.signal]);
  const wait = async (ms: number): Promise<void> => {
    const over = io.busy(`Asking Zoho again in ${Math.ceil(ms / 1000)} s`);
    await waitFor(ms, signal);
    over();
  };
  return { signal, wait, end: () => closing.abort() };
}

/** The real network; `read` lets nothing through that writes. */
export async function makeTransport(
  timeoutMs: number,
  access: 'read' | 'write',
  io: Pick<Io, 'busy' | 'interrupt'>,
  signal: AbortSignal = io.interrupt.signal,
): Promise<Transport> {
  // axios is the slowest import of all: only here, and only once there is something to send.
  const { axiosTransport } = await import('../zoho/http/axios-transport.ts');
  const transport = watched(axiosTransport(timeoutMs, signal), io);
  return access === 'write' ? transport : readOnly(transport);
}

/** `plan` never writes, provably: besides the token's own request only GET gets through. */
function readOnly(transport: Transport): Transport {
  return (request) => {
    if (request.method !== 'GET' && !request.url.endsWith('/oauth/v2/token')) {
      throw new Error(`a ${request.method} was about to be sent by a command that only reads`);
    }
    return transport(request);
  };
}

/** The same transport; of a request that has no answer yet a person is told what it is for. */
function watched(transport: Transport, { busy }: Pick<Io, 'busy'>): Transport {
  return async (request) => {
    const over = busy(errandOf(request));
    try {
      return await transport(request);
    } finally {
      over();
    }
  };
}

/** What a request is for, in words. */
export function errandOf({ method, url }: Pick<HttpRequest, 'method' | 'url'>): string {
  const { pathname, searchParams } = new URL(url);
  if (pathname.endsWith('/oauth/v2/token')) return 'Asking for an access token';
  const module = visible(searchParams.get('module') ?? 'Zoho');
  if (method === 'POST') return `Creating fields in ${module}`;
  if (method === 'PATCH') return `Setting labels in ${module}`;
  const [, list, one] = /\/(?:settings\/)?([a-z_]+)(\/[^/]+)?$/.exec(pathname) ?? [];
  if (list === 'fields') {
    const page = searchParams.get('page');
    const part = page === null ? '' : `, page ${visible(page)}`;
    return one === undefined ? `Reading ${module}${part}` : `Reading one field of ${module}`;
  }
  if (list === 'org') return 'Reading the organisation';
  return list === undefined ? 'Reading' : `Reading the ${list.replaceAll('_', ' ')}`;
}
