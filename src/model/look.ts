import type { Json } from './json.ts';

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
