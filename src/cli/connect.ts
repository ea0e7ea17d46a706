import { dirname, join, resolve } from 'node:path';
import type { Target } from '../report/plan-view.ts';
import { ZohoReader } from '../zoho/reader.ts';
import { Session } from '../zoho/session.ts';
import { credentialsKey, fileTokenCache } from '../zoho/token-cache.ts';
import type { Transport } from '../zoho/transport.ts';
import { cacheFolder } from './cache-folder.ts';
import { readCredentials, readTiming, type Timing } from './credentials.ts';
import { stateProblem, tellStateError } from './emulator-state.ts';
import type { Io } from './io.ts';
import { readSettings, SettingsCheck } from './settings.ts';
import { waitFor } from './wait-for.ts';

/** Options of every command that talks to Zoho. */
export interface ConnectOptions {
  readonly emulator?: boolean;
  readonly envFile?: string;
  /** False with `--no-token-cache`. */
  readonly tokenCache: boolean;
}

/** A way to Zoho: the real one, or the built-in one. */
export interface Connection {
  readonly session: Session;
  readonly reader: ZohoReader;
  readonly settleMs: number;
  /** Names the credentials without giving them away; the built-in Zoho lives beside one manifest and needs no name. */
  readonly lockName?: string;
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
  const settings = readSettings(io, options.envFile);
  if (options.emulator === true) {
    const check = new SettingsCheck();
    const timing = readTiming(settings, check);
    check.finish();
    return connectEmulator(timing, access, manifestPath, io);
  }
  const credentials = readCredentials(settings);
  const folder = cacheFolder(io.env, options.tokenCache).path;
  const cache = folder === undefined ? undefined : fileTokenCache(folder, credentials, io.now);
  const lifetime = lifetimeOf(io);
  const transport = await makeTransport(credentials.timeoutMs, access, lifetime.signal);
  const session = new Session(credentials, {
    transport,
    wait: lifetime.wait,
    random: io.random,
    now: io.now,
    ...(cache === undefined ? {} : { cache }),
  });
  const link = connection(session, credentials.settleMs, credentials.dataCentre.name, lifetime);
  return { ...link, lockName: `zoho-fields-${credentialsKey(credentials).slice(0, 16)}` };
}

async function connectEmulator(
  timing: Timing,
  access: 'read' | 'write',
  manifestPath: string,
  io: Io,
): Promise<Connection> {
  const { startEmulator } = await import('../emulator/start.ts');
  const folder = manifestPath === '-' ? io.cwd : dirname(resolve(io.cwd, manifestPath));
  const stateFile = join(folder, '.zoho-fields', 'emulator.json');
  const onStateError = tellStateError(stateFile, io);
  const emulator = await startEmulator({ stateFile, onStateError }).catch((error: unknown) => {
    throw stateProblem(error, stateFile) ?? error;
  });
  const environment: Readonly<Record<string, string>> = emulator.environment;
  const credentials = readCredentials({
    searched: 'the emulator',
    get: (name) => {
      const value = environment[name];
      return value === undefined ? undefined : { value, origin: 'the emulator' };
    },
  });
  const lifetime = lifetimeOf(io);
  const transport = await makeTransport(timing.timeoutMs, access, lifetime.signal);
  const session = new Session(credentials, {
    transport,
    wait: lifetime.wait,
    random: io.random,
    now: io.now,
  });
  const link = connection(session, timing.settleMs, 'emulator', lifetime);
  return {
    ...link,
    close: async () => {
      await link.close();
      await emulator.close();
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
  return { signal, wait: (ms) => waitFor(ms, signal), end: () => closing.abort() };
}

function connection(session: Session, settleMs: number, dataCentre: string, lifetime: Lifetime): Connection {
  const reader = new ZohoReader(session);
  // Whoever awaits the token later gets the failure; until then it must not count as unhandled.
  session.token().catch(() => undefined);
  return {
    session,
    reader,
    settleMs,
    target: async () => {
      const token = await session.token();
      const organisation = await reader.organisation();
      const apiHost = new URL(token.apiBase).host;
      return { dataCentre, apiHost, ...(organisation === undefined ? {} : { organisation }) };
    },
    close: () => {
      lifetime.end();
      return Promise.resolve();
    },
  };
}

/** The real network; `read` lets nothing through that writes. */
export async function makeTransport(
  timeoutMs: number,
  access: 'read' | 'write',
  signal: AbortSignal,
): Promise<Transport> {
  // axios is the slowest import of all: only here, and only once there is something to send.
  const { axiosTransport } = await import('../zoho/axios-transport.ts');
  const transport = axiosTransport(timeoutMs, signal);
  return access === 'write' ? transport : readOnly(transport);
}

/** `plan` never writes, provably: besides the token's own request only GET gets through. */
export function readOnly(transport: Transport): Transport {
  return (request) => {
    if (request.method !== 'GET' && !request.url.endsWith('/oauth/v2/token')) {
      throw new Error(`a ${request.method} was about to be sent by a command that only reads`);
    }
    return transport(request);
  };
}
