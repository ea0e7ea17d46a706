import type { Io, Interrupt } from '../machine/io.ts';
import { waitFor } from '../machine/waiting.ts';
import { interrupted, type Diagnostic } from '../model/problem.ts';
import { withConnection, type Connection } from '../run/connect.ts';
import { given } from '../model/json.ts';

/** Which Zoho to talk to, and with what; everything has a default. */
export interface ZohoOptions {
  /**
   * Settings by the names that the command knows: `ZOHO_CLIENT_ID`, `ZOHO_CLIENT_SECRET`, `ZOHO_REFRESH_TOKEN`,
   * `ZOHO_DC`, and the others of docs/contract.md §4. Default: the process's environment, which also tells where the
   * user's folders for the journal and for access tokens are, unless `HOME` is given here.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Settings that `env` lacks are looked for in this file. Default: `.env` in `cwd`, where there is one. */
  readonly envFile?: string;
  /** The folder that relative paths start from. Default: the process's current one. */
  readonly cwd?: string;
  /** True talks to the built-in local Zoho, whose state lies in `.zoho-fields/` beside the manifest. */
  readonly emulator?: boolean;
  /** False asks for a new access token and keeps none. */
  readonly tokenCache?: boolean;
  /** Aborting it ends reading at once; while fields are being created it ends after the request that is under way. */
  readonly signal?: AbortSignal;
}

/** How to plan. */
export interface PlanOptions extends ZohoOptions {
  /** Told what is doubtful about what is there, such as a field that may have been created twice. */
  readonly onWarning?: (warning: Diagnostic) => void;
}

/** Connects as the command does, works, and closes whatever happens; a wish to stop ends in a problem that says so. */
export async function withLibraryConnection<Result>(
  zohoOptions: ZohoOptions & { readonly onNote?: (text: string) => void },
  access: 'read' | 'write',
  manifestPath: string,
  work: (connection: Connection, io: Io) => Promise<Result>,
): Promise<Result> {
  const { emulator, envFile, tokenCache } = zohoOptions;
  const options = {
    emulator: emulator === true,
    ...given({ settings: envFile }),
    tokenCache: tokenCache !== false,
  };
  return withLibraryIo(zohoOptions, (io) =>
    withConnection(
      { options, access, manifestPath, io },
      () => Promise.resolve(),
      (connection) => work(connection, io),
    ),
  );
}

/** Works in the world of the library; a wish to stop ends in a problem that says so. */
export async function withLibraryIo<Result>(
  zohoOptions: ZohoOptions & { readonly onNote?: (text: string) => void },
  work: (io: Io) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const io = libraryIo(zohoOptions, zohoOptions.onNote, over.signal);
  try {
    return await work(io);
  } catch (error) {
    if (!io.interrupt.signal.aborted) throw error;
    throw interrupted();
  } finally {
    over.abort();
  }
}

/**
 * The command's world without a terminal: nothing is printed, nobody is asked, no signal is caught.
 * @param over aborted when the work is done: a signal that serves many calls must not remember each of them.
 */
export function libraryIo(
  { env, cwd, signal }: ZohoOptions,
  onNote: (text: string) => void = () => undefined,
  over?: AbortSignal,
): Io {
  const interrupt = interruptOf(signal, over);
  const output = { write: onNote, isTTY: false, columns: undefined };
  return {
    env: environmentOf(env),
    cwd: cwd ?? process.cwd(),
    command: 'zoho-fields',
    stdout: output,
    stderr: output,
    stdin: {
      isTTY: false,
      read: () => Promise.resolve(new Uint8Array()),
      ask: () => Promise.resolve(undefined),
      choose: () => Promise.resolve(undefined),
    },
    interrupt,
    busy: () => () => undefined,
    now: () => Date.now(),
    random: () => Math.random(),
    wait: (ms) => waitFor(ms, interrupt.signal),
  };
}

/** The environment of a call: the process's own, unless settings are given in its place. */
export function environmentOf(env: ZohoOptions['env']): Io['env'] {
  return env === undefined ? process.env : { ...homeOf(env), ...env };
}

/**
 * Where a user's own folders are is no setting of the caller's: settings that leave it out must not make the library
 * overlook the journal and the lock of the command.
 */
function homeOf(env: NonNullable<ZohoOptions['env']>): Io['env'] {
  const { HOME, XDG_STATE_HOME, XDG_CACHE_HOME } = process.env;
  return env['HOME'] === undefined ? { HOME, XDG_STATE_HOME, XDG_CACHE_HOME } : {};
}

/** The caller's signal in the place of Ctrl-C. */
function interruptOf(signal: AbortSignal | undefined, over: AbortSignal | undefined): Interrupt {
  const controller = new AbortController();
  let isWriting = false;
  const abort = (): void => {
    if (!isWriting) controller.abort();
  };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true, ...given({ signal: over }) });
  return {
    get requested() {
      return signal?.aborted === true;
    },
    signal: controller.signal,
    beginWriting: () => {
      isWriting = true;
    },
  };
}
