import { given, type JsonObject } from '../model/json.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { LiveField } from '../model/live-field.ts';

/** What each of the fields is for that `probe --create` makes. */
export type Purpose = 'named' | 'symbols' | 'twin' | 'letters' | 'long';

/** One field that is to be created. */
export interface Wish {
  readonly purpose: Purpose;
  readonly label: string;
  /** Sent along only by the one that asks whether it counts. */
  readonly name?: string;
  /** Another one for each, so that a read tells two of one label apart. */
  readonly length: number;
}

/** All that is to be created and changed; all of it is announced before. */
export interface Wishes {
  readonly module: string;
  /** What all of it has in its label, and nothing else in the module has anywhere. */
  readonly word: string;
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
    word,
    fields: [
      { purpose: 'named', label: `ZF Probe ${word} A`, name: `ZF_Probe_${word}_Named`, length: 60 },
      { purpose: 'symbols', label: `ZF-Probe ${word} (B)`, length: 61 },
      { purpose: 'twin', label: `ZF Probe ${word} A`, length: 62 },
      { purpose: 'letters', label: `ZF Pr\u00e9be ${word}`, length: 63 },
      { purpose: 'long', label: `${long}${'L'.repeat(TOO_LONG - long.length)}`, length: 64 },
    ],
    renamed: `ZF Probe ${word} C`,
  };
}

/** Every label that is sent. */
export function labelsOf({ fields, renamed }: Wishes): readonly string[] {
  return [...new Set([...fields.map(({ label }) => label), renamed])];
}

/** The word in a label of any probe's; nothing in other labels. */
function wordIn(label: string): string | undefined {
  return /^ZF[ -]Pr[o\u00e9]be (X[\da-z]{5})(?: |$)/u.exec(label)?.[1];
}

/** True for a note about what a probe sent: no field of a manifest has such a name. */
export function isOfProbe({ api_name }: JournalEntry): boolean {
  return wordIn(api_name) !== undefined;
}

/** Fields that a probe left which was stopped before it could tell of them. */
export function leftByEarlier(
  journal: readonly JournalEntry[],
  module: string,
  live: readonly LiveField[],
): readonly LiveField[] {
  const words = journal.flatMap((entry) => (entry.module === module ? (wordIn(entry.api_name) ?? []) : []));
  return live.filter((field) => words.some((word) => holds(field, word)));
}

/** True where nothing of the module has anything of the word in it. */
export function isFree(word: string, fields: readonly LiveField[]): boolean {
  return !fields.some((field) => holds(field, word));
}

/** True where a name or a label of the field has the word in it. */
export function holds({ api_name, field_label, display_label }: LiveField, word: string): boolean {
  const folded = word.toLowerCase();
  return [api_name, field_label, display_label].some((text) => text.toLowerCase().includes(folded));
}

/** The body that creates one: a short text, nothing else. */
export function bodyOf({ label, name, length }: Wish): JsonObject {
  return {
    field_label: label,
    ...given({ api_name: name }),
    data_type: 'text',
    length,
  };
}
