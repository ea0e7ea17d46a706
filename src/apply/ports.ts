import type { FieldReader } from '../model/live-field.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { JsonObject } from '../model/json.ts';
import type { Problem } from '../model/problem.ts';

/** Creates fields and sets labels; only `apply` is given one. */
export interface FieldWriter {
  /** One POST with at most five create bodies (sheet §3.1). */
  create(module: string, bodies: readonly JsonObject[]): Promise<WriteAnswer>;
  /** One PATCH of at most five labels (sheet §4.1). */
  relabel(module: string, labels: readonly LabelChange[]): Promise<WriteAnswer>;
}

export interface LabelChange {
  readonly id: string;
  readonly field_label: string;
}

/** What is known after one write was asked for: a creation is sent once, a label that Zoho turned away also again. */
export type WriteAnswer =
  /** One result per item, in request order (sheet §3.7). */
  | { readonly kind: 'answered'; readonly items: readonly ItemAnswer[] }
  /** Zoho denied the request as a whole (sheet §3.7); whether nothing was done is for live to say. */
  | {
      readonly kind: 'refused';
      readonly refusals: readonly Refusal[];
      /** Why no later write would do better: credentials, permission. */
      readonly problem?: Problem;
      /** After so many milliseconds the same request may do better: the token was renewed, or Zoho was busy. */
      readonly againMs?: number;
    }
  /** No usable answer: Zoho may have done all of it, some of it or nothing, or may still do it. */
  | {
      readonly kind: 'lost';
      readonly why: string;
      /** True where Zoho itself did not answer: it may still be at work on what was asked. */
      readonly isUnanswered?: true;
    }
  /** Nothing was sent, and no later write would do better. */
  | { readonly kind: 'stopped'; readonly problem: Problem; readonly refusal: Refusal };

export type ItemAnswer =
  | { readonly status: 'success'; readonly id?: string }
  | { readonly status: 'error'; readonly refusal: Refusal };

/** One error envelope of Zoho (sheet §5), reduced to what may be relied on. */
export interface Refusal {
  readonly code: string;
  /** Zoho's words: shown, never matched on. */
  readonly message: string;
  /** The key that Zoho objects to. */
  readonly key?: string;
  /** Index in the request of the item that Zoho objects to, from `details.json_path`. */
  readonly item?: number;
  /**
   * The place inside that item, such as `['lookup', 'module', 'api_name']` or `['pick_list_values', 1, 'display_value']`;
   * empty where Zoho objects to the item as such, absent where it names no place.
   */
  readonly path?: readonly (string | number)[];
  /** How many Zoho allows of what it refused one more of. */
  readonly limit?: number;
  /** Facts of `details` worth telling: limit, range, supported values. */
  readonly facts?: string;
  /** What to do about it, in our words. */
  readonly remedy?: string;
}

/** What happens while a plan is applied, for a screen that shows it. */
export type ApplyEvent =
  | {
      readonly type: 'sending';
      readonly module: string;
      readonly api_names: readonly string[];
      /** The how-manieth request of the module this is, from 1, and how many there will be as things stand. */
      readonly batch: number;
      readonly batches: number;
    }
  | { readonly type: 'accepted'; readonly module: string; readonly api_name: string; readonly id?: string }
  | {
      readonly type: 'refused';
      readonly module: string;
      readonly api_name: string;
      readonly refusal: Refusal;
    }
  | { readonly type: 'lost'; readonly module: string; readonly why: string; readonly waitMs: number }
  | { readonly type: 'without-api-name'; readonly module: string }
  | { readonly type: 'labelling'; readonly module: string; readonly count: number }
  | { readonly type: 'reading-back'; readonly module: string };

/** Everything that applying a plan needs of the world. */
export interface ApplyPorts {
  readonly reader: FieldReader;
  readonly writer: FieldWriter;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly now: () => number;
  /** How long to wait after a lost answer before live is read again, in milliseconds. */
  readonly settleMs: number;
  /** True once the user asked to stop: what is in flight is finished, nothing new is begun. */
  readonly interrupted: () => boolean;
  readonly onEvent: (event: ApplyEvent) => void;
  /** Notes what is about to be done, and what came of it; has it on disk before it returns. */
  readonly journal: (entries: readonly JournalEntry[]) => void;
}
