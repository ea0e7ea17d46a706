import type { Json } from './json.ts';

/**
 * One line of this tool's own journal, written to the user's state folder while fields are created.
 *
 * The journal is never the truth: the live organisation is. It only proves that a field is this tool's own, so that an
 * interrupted creation may be finished (contract §1), and that a request may still be on its way.
 */
export interface JournalEntry {
  /**
   * `intent` — a POST for the field is about to leave; `created` — Zoho gave it this id; `labelling` — a PATCH of its
   * label is about to leave; `labelled` — it has its final label; `refused` — Zoho refused it, so that the intent came
   * to nothing; `waited` — a later run gave all of this the time to take effect; `limit` — Zoho said how many custom
   * fields the module can hold.
   */
  readonly event: 'intent' | 'created' | 'labelling' | 'labelled' | 'refused' | 'waited' | 'limit';
  readonly module: string;
  /** Empty for what is about the module. */
  readonly api_name: string;
  /** The label that it is created under. */
  readonly working_label?: string;
  readonly id?: string;
  /** Id of a field that was in the module before: it tells the organisation that an intent or a limit was for. */
  readonly beside?: string;
  readonly limit?: number;
  /** When it was noted, in milliseconds since the epoch. */
  readonly at?: number;
  readonly [key: string]: Json | undefined;
}

/** Tells the field that an entry is about from all others. */
export function fieldOf({ module, api_name }: Pick<JournalEntry, 'module' | 'api_name'>): string {
  return JSON.stringify([module, api_name]);
}

/** The last word about each field, by {@link fieldOf}. */
export function lastWords(journal: readonly JournalEntry[]): ReadonlyMap<string, JournalEntry> {
  return new Map(journal.map((entry) => [fieldOf(entry), entry]));
}
