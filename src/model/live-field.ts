import type { JsonObject } from './json.ts';

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
