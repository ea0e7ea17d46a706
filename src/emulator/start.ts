import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newGrantCode, type CodeWish } from './accounts/grant-code.ts';
import {
  ONE_DAY,
  openQuota,
  TEN_MINUTES,
  GUIDE_SCOPE,
  LOCAL_CREDENTIALS,
  scopesOf,
} from './accounts/issue.ts';
import type { Controls } from './control.ts';
import { fieldsHandle, type FieldsHandle } from './fields-handle.ts';
import { serve } from './http/serve.ts';
import { NO_IMITATION, readProfile, type Imitation } from './imitation.ts';
import { admit, type Access, plant, type Seed, SEED_PREFIX, DEFAULT_SEED } from './state/new-organisation.ts';
import { openStore } from './state/store.ts';
import type { Organisation, World } from './state/organisation-state.ts';
import type { Zoho } from './zoho.ts';
import { openRequestLog, type RequestLogEntry } from './http/request.ts';
import type { Json } from './json.ts';
import { isStateError } from './state/state-file.ts';
import { defaultSwitches, watchSwitches, type SwitchName, type Switches } from './switches.ts';
import { openFaultScript, type Fault } from './faults/fault.ts';

/* What `zoho-fields/emulator` offers besides: types for its options, and seeds from a real organisation. */
export type { Fault } from './faults/fault.ts';
export type { RequestLogEntry } from './http/request.ts';
export { FaultsError, parseFaultsFile } from './faults/parse-faults.ts';
export { ProfileError } from './imitation.ts';
export { parseSeedFile, SeedError } from './state/new-organisation.ts';

/** What a caller may say about the Zoho that is to be started; everything has a default. */
export interface EmulatorOptions {
  /** 0, the default, is any free port. Only 127.0.0.1 is listened on. */
  readonly port?: number;
  /** Absent: in memory. Present: every change is in this file before it is answered. */
  readonly stateFile?: string;
  /** What the organisation holds at the start; a state file that exists goes before it. */
  readonly seed?: Seed;
  readonly switches?: Partial<Switches>;
  /** What `probe --out` wrote of an organisation; switches that are set go before it. */
  readonly profile?: Json;
  readonly faults?: readonly Fault[];
  readonly organisation?: Partial<Organisation>;
  readonly credentials?: Partial<Credentials>;
  /** Scopes of the refresh token, separated by spaces or commas. */
  readonly scope?: string;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly clock?: () => number;
  /**
   * Told when a request failed because the state file cannot be read or written, such as on a full disk; the client sees
   * no more than status 500. Default: a warning of the process.
   */
  readonly onStateError?: (error: Error) => void;
}

/** What a client must present. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** For a client that is no self client; it must then come with every code. */
  readonly redirectUri?: string;
}

/** A running Zoho. */
export interface Emulator {
  /** Serves accounts and API alike. */
  readonly url: string;
  /** What points `zoho-fields`, or any client, at this Zoho. */
  readonly environment: Record<string, string>;
  readonly requests: readonly RequestLogEntry[];
  /** Assign a switch and the next request sees it. */
  readonly switches: Switches;
  /** The switches that any answer so far depended on: in other positions of the rest it would have been the same. */
  readonly asked: ReadonlySet<SwitchName>;
  /** Facts that the profile does not know, and that are as the sheet has them; none without a profile. */
  readonly assumed: readonly string[];
  /** Facts that the profile knows, and that this Zoho cannot show. */
  readonly ignored: readonly string[];
  /** Replace the list to script other faults; their counts start again. */
  faults: readonly Fault[];
  /** The fields of a module, to look at and to change behind the client's back. */
  fields(module: string): FieldsHandle;
  /** A code as the console's "Generate Code" gives it (sheet §1.2). */
  grantCode(wish?: GrantWish): string;
  /** Moves the clock: tokens and quotas age. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

/** What to ask for in the console. */
export type GrantWish = Partial<Pick<CodeWish, 'scope' | 'minutes' | 'clientId' | 'elsewhere'>>;

/** Starts a local Zoho on 127.0.0.1: accounts and API v8 in one server (sheet §13). */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const credentials: Credentials = { ...LOCAL_CREDENTIALS, ...options.credentials };
  const clock = movableClock(options.clock ?? Date.now);
  const address = { url: '' };
  const imitation = options.profile === undefined ? NO_IMITATION : readProfile(options.profile);
  const switches = { ...defaultSwitches(), ...imitation.switches, ...options.switches };
  const watched = watchSwitches(switches);
  const zoho = openZoho(options, {
    clock: clock.now,
    credentials,
    url: () => address.url,
    switches: watched.switches,
    imitation,
  });
  const script = openFaultScript(options.faults ?? [], zoho.switches);
  const log = openRequestLog();
  const environment = (): Record<string, string> => ({
    ZOHO_CLIENT_ID: credentials.clientId,
    ZOHO_CLIENT_SECRET: credentials.clientSecret,
    ZOHO_REFRESH_TOKEN: credentials.refreshToken,
    ZOHO_ACCOUNTS_URL: address.url,
    ZOHO_API_URL: address.url,
  });
  let number = 0;
  const nextNumber = (): number => (number += 1);
  const controls: Controls = {
    zoho,
    log,
    script,
    environment,
    advance: clock.advance,
    nextNumber,
    reportBug: (error) => {
      if (options.onStateError !== undefined && isStateError(error)) options.onStateError(error);
      else reportBug(error);
    },
  };
  const { port, close } = await listen(controls, options.port ?? 0);
  address.url = `http://127.0.0.1:${port}`;
  return {
    url: address.url,
    environment: environment(),
    requests: log.entries,
    switches,
    asked: watched.asked,
    assumed: imitation.assumed,
    ignored: imitation.ignored,
    get faults() {
      return script.faults();
    },
    set faults(faults) {
      script.replace(faults);
    },
    fields: (module) => fieldsHandle(zoho, module),
    grantCode: (wish = {}) => {
      const { clientId = credentials.clientId, scope = GUIDE_SCOPE, ...rest } = wish;
      const code = newGrantCode(zoho, { clientId, scope, ...rest });
      if (code === undefined) throw new Error('access_denied');
      return code;
    },
    advance: clock.advance,
    close,
  };
}

function openZoho(
  options: EmulatorOptions,
  parts: Pick<Zoho, 'clock' | 'url' | 'switches' | 'imitation'> & { readonly credentials: Credentials },
): Zoho {
  const { credentials, clock, url, switches, imitation } = parts;
  const store = openStore(() => firstWorld(options, credentials, imitation), clock, options.stateFile);
  store.change((draft) => admit(draft, accessOf(options, credentials, imitation)));
  return {
    store,
    switches,
    imitation,
    clock,
    url,
    quotas: {
      accessTokens: openQuota(TEN_MINUTES, clock),
      refreshTokens: openQuota(TEN_MINUTES, clock),
      grantCodes: openQuota(TEN_MINUTES, clock),
      credits: openQuota(ONE_DAY, clock),
    },
    load: { inFlight: 0, calls: 0 },
  };
}

function firstWorld(options: EmulatorOptions, credentials: Credentials, imitation: Imitation): World {
  return plant({
    seed: options.seed ?? DEFAULT_SEED,
    organisation: { ...ORGANISATION, ...imitation.organisation, ...options.organisation },
    ...accessOf(options, credentials, imitation),
  });
}

function accessOf(options: EmulatorOptions, credentials: Credentials, imitation: Imitation): Access {
  const { clientId: id, clientSecret: secret, redirectUri = null, refreshToken: token } = credentials;
  // Where the organisation was seen, the token was allowed to look at it.
  const isSeen = Object.keys(imitation.organisation).length > 0;
  const scope = scopesOf(options.scope ?? `${GUIDE_SCOPE}${isSeen ? ' ZohoCRM.org.READ' : ''}`).join(' ');
  return { client: { id, secret, redirectUri }, refreshToken: { token, clientId: id, scope } };
}

const ORGANISATION: Organisation = {
  idPrefix: SEED_PREFIX,
  name: 'Emulated Organisation',
  edition: 'enterprise',
  type: 'production',
  userCount: 1,
  hipaa: false,
  gdpr: false,
};

function movableClock(base: () => number) {
  let offset = 0;
  return {
    now: () => base() + offset,
    advance: (milliseconds: number) => {
      offset += milliseconds;
    },
  };
}

async function listen(controls: Controls, port: number) {
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, controls).catch((error: unknown) => {
      // The client went away, mostly; there is nobody left to answer.
      if (!incoming.destroyed) controls.reportBug(error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

function reportBug(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), { type: 'EmulatorWarning' });
}
