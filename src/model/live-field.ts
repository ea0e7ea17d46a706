import type { JsonObject, Json } from './json.ts';
import type { Room } from './limits.ts';

/** One field as the live organisation has it, read from a GET answer (sheet §2.3). */
export interface LiveField {
  readonly id: string;
  readonly api_name: string;
  /** The label in the language of the token's user. */
  readonly field_label: string;
  /** The untranslated label (sheet §2.2); equal to `field_label` where Zoho does not say. */
  readonly display_label: string;
  readonly data_type: string;
  readonly custom: boolean;
  /** False when the field was removed from every layout: it still holds its names (sheet §2.2). */
  readonly used: boolean;
  /** The whole object as Zoho sent it; compared key by key, never rendered. */
  readonly wire: JsonObject;
}

/** Reads the fields of a module of the live organisation. */
export interface FieldReader {
  /**
   * Every field of the module, used and unused.
   * @param options API names of the picklists whose options will be compared; where the list leaves options out, they
   *   are read one by one, for these only (sheet §2.2).
   * @throws Problem when Zoho does not answer with a list of fields.
   */
  fields(module: string, options: readonly string[]): Promise<readonly LiveField[]>;
}

/** All that planning is ever given of Zoho: there is no way to write through it. */
export interface PlanReader extends FieldReader {
  /** Profile names and their ids (sheet §10.2); nothing where the credentials may not ask. */
  profiles(): Promise<ReadonlyMap<string, string> | undefined>;
  /** API names of global picklists and their ids (sheet §10.3); nothing where the credentials may not ask. */
  globalPicklists(): Promise<ReadonlyMap<string, string> | undefined>;
  /**
   * API names of modules and the other names that people know them by (sheet §10.1).
   * @returns nothing where the credentials may not ask, or Zoho does not say.
   */
  modules(): Promise<ReadonlyMap<string, readonly string[]> | undefined>;
  /** How much a module can hold, as far as the credentials and the settings tell. */
  room(): Promise<Room>;
  /** True where this user's own probe has shown that `api_name` counts in this organisation; absent where nobody knows. */
  keepsNames?(): boolean;
}

/** A read that is sent to see what Zoho says to it, whatever that is. */
export interface Look {
  /** Below the version: `settings/fields`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The version in the address; 8 unless another one is the question. */
  readonly version?: number;
  /** How the token is presented; only the other scheme has to be named. */
  readonly scheme?: 'Bearer';
}

/** What came back, as it is: a refusal is an answer too. */
export interface Seen {
  readonly status: number;
  /** Absent for an empty body, and for one that is no JSON. */
  readonly json?: Json;
  /** Which of the headers that are about limits it had; their names alone. */
  readonly limits: readonly string[];
  /** How long it took. */
  readonly ms: number;
}

/** The form of a token's answer, without what is in it. */
export interface TokenForm {
  readonly scope: 'present' | 'absent';
  readonly apiDomain: 'named' | 'absent';
  /** Whose host it is that it names, where it is one of Zoho's. */
  readonly environment?: 'production' | 'sandbox' | 'developer';
  readonly life: 'seconds' | 'milliseconds' | 'absent';
  /** What it says of its life, in seconds; absent where it says nothing. */
  readonly seconds?: number;
}

/** Everything that a probe may do: there is no way to write through it. */
export interface ProbeReader {
  /** @throws Problem when there is no token to be had. */
  tokenForm(): Promise<TokenForm | undefined>;
  /**
   * Sends a read and gives back whatever was answered.
   * @throws Problem when nobody answered.
   */
  look(look: Look): Promise<Seen>;
}

/** What is known of the organisation; only shown, never relied on. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** `production`, `sandbox`, `developer` (sheet §10.4). */
  readonly type: string;
  /** `enterprise`, `professional`, …; what a trial tries, where nothing is paid for (sheet §10.4). */
  readonly edition?: string;
}

/** How many requests were sent: reads with the token's own, and writes. */
export interface RequestCount {
  readonly read: number;
  readonly write: number;
}
