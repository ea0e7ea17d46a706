import type { Fault } from './faults/fault.ts';
import type { FieldsHandle } from './fields-handle.ts';
import type { Json } from './json.ts';
import type { Organisation } from './state/organisation-state.ts';
import type { SwitchName, Switches } from './switches.ts';
import type { Seed } from './state/new-organisation.ts';

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

/** One request as it arrived, for assertions on the wire. */
export interface RequestLogEntry {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON where it is JSON, the fields of a form where it is one, otherwise the text; `null` when empty. */
  readonly body: Json;
  /** `null` until the answer has left, and for ever when none did. */
  readonly status: number | null;
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
export interface GrantWish {
  readonly scope?: string;
  readonly minutes?: number;
  readonly clientId?: string;
  /** A code of an account that lives on another data centre. */
  readonly elsewhere?: boolean;
}
