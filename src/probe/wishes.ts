import type { JsonObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';

/** What each of the fields is for that `probe --create` makes. */
export type Purpose = 'named' | 'symbols' | 'twin' | 'letters' | 'long';

/** One field that is to be created. */
export interface Wish {
  readonly purpose: Purpose;
  readonly label: string;
  /** Sent along only by the one that asks whether it counts. */
  readonly name?: string;
}

/** All that is to be created and changed; all of it is announced before. */
export interface Wishes {
  readonly module: string;
  /** In the order in which they are sent; the third has the label of the first, on purpose. */
  readonly fields: readonly Wish[];
  /** What the field of symbols is called afterwards. */
  readonly renamed: string;
}

/** Longer than any source says that a label may be (sheet §3.5). */
export const TOO_LONG = 256;

/** The fields under a word of this run, which no label and no API name of the module holds. */
export function wishesFor(module: string, word: string): Wishes {
  const long = `ZF Probe ${word} `;
  return {
    module,
    fields: [
      { purpose: 'named', label: `ZF Probe ${word} A`, name: `ZF_Probe_${word}_Named` },
      { purpose: 'symbols', label: `ZF-Probe ${word} (B)` },
      { purpose: 'twin', label: `ZF Probe ${word} A` },
      { purpose: 'letters', label: `ZF Pr\u00e9be ${word}` },
      { purpose: 'long', label: `${long}${'L'.repeat(TOO_LONG - long.length)}` },
    ],
    renamed: `ZF Probe ${word} C`,
  };
}

/** True where nothing of the module has anything of the word in it. */
export function isFree(word: string, fields: readonly LiveField[]): boolean {
  const folded = word.toLowerCase();
  return fields.every(({ api_name, field_label, display_label }) =>
    [api_name, field_label, display_label].every((text) => !text.toLowerCase().includes(folded)),
  );
}

/** The body that creates one: a short text, nothing else. */
export function bodyOf({ label, name }: Wish): JsonObject {
  return {
    field_label: label,
    ...(name === undefined ? {} : { api_name: name }),
    data_type: 'text',
    length: 50,
  };
}
