import { property } from '../../model/json.ts';
import type { DesiredField } from '../../model/manifest.ts';
import type { FieldChange, KeyChange, OptionChanges, OptionValue } from '../../diff/changes.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { data, shorten, type Row, type Table, type Tone, type Words } from '../media/document.ts';
import { keyWords } from '../media/words.ts';
import { joined } from '../plan/rows.ts';
import { declaredText, typeText, valueText } from '../media/value-text.ts';

const SIGNS: Readonly<Record<FieldChange['change'], { readonly words: string; readonly tone: Tone }>> = {
  added: { words: '+ added', tone: 'good' },
  removed: { words: '- removed', tone: 'plain' },
  changed: { words: '~ changed', tone: 'warn' },
};

/** A table with a row for each field that is not the same in both versions. */
export function diffTable(changes: readonly FieldChange[], several: boolean): Table {
  const head = ['What', ...(several ? ['Module'] : []), 'Field', 'Label', 'Type', 'To know'];
  return { is: 'table', unit: 'field', head, rows: changes.map((change) => diffRow(change, several)) };
}

function diffRow(change: FieldChange, several: boolean): Row {
  const { words, tone } = SIGNS[change.change];
  const field = change.head ?? change.base;
  const grave = change.notes.filter((note) => note.grave);
  const cannot = change.differences.some((difference) => difference.permanent);
  return {
    tone: cannot ? 'bad' : tone,
    cells: [
      [cannot ? words.replace('~', '!') : words],
      ...(several ? [[data(change.module)]] : []),
      [data(change.api_name)],
      field?.field_label === undefined ? [] : [data(field.field_label)],
      field === undefined ? [] : [data(typeText(field))],
      joined([
        ...change.differences.map((difference) => keyChangeWords(difference)),
        ...(change.change === 'added' && field !== undefined ? addedWords(field) : []),
        ...grave.map((note): Words => [shorten(note.message)]),
      ]),
    ],
  };
}

function addedWords(field: DesiredField): readonly Words[] {
  if (!field.create) return [['must exist, is never created']];
  const options = property(field.declared, 'pick_list_values');
  const permanent = ['API name', 'data type', ...permanentKeys(field).map((key) => keyWords(key))];
  return [
    ...(options === undefined ? [] : [['options ', data(valueText(options), 400)]]),
    [`permanent once created: ${permanent.join(', ')}`],
  ];
}

/** What became of one key. */
export function keyChangeWords(change: KeyChange): Words {
  const key = keyWords(shorten(change.key, 60));
  if (change.options !== undefined) return [`${key}: `, ...optionWords(change.options)];
  const [before, after] = [change.before, change.after].map((value) =>
    data(declaredText(change.key, value ?? null), 300),
  );
  if (change.before === undefined) return [`${key}: now `, after ?? ''];
  if (change.after === undefined) return [`${key}: no longer declared, was `, before ?? ''];
  return [`${key}: `, before ?? '', ' → ', after ?? ''];
}

/** A picklist's change, as one would tell it to a colleague. */
function optionWords({ added, removed, renamed, moved, altered }: OptionChanges): Words {
  return joined([
    ...some('added ', added),
    ...some('removed ', removed),
    ...renamed
      .slice(0, MOST)
      .map(({ before, after }): Words => [
        data(before.display_value, 60),
        ' now shown as ',
        data(after.display_value, 60),
      ]),
    ...rest('renamed', renamed.length),
    ...some('moved ', moved),
    ...some(
      'other settings of ',
      altered.map((pair) => pair.after),
    ),
  ]);
}

/** Lists stay short enough to be read; the whole list is in the JSON. */
const MOST = 12;

function some(words: string, options: readonly OptionValue[]): readonly Words[] {
  if (options.length === 0) return [];
  const shown = options
    .slice(0, MOST)
    .flatMap((option, index): Words => [index === 0 ? words : ', ', data(optionText(option))]);
  return [options.length > MOST ? [...shown, `, … (${options.length} in all)`] : shown];
}

function rest(words: string, all: number): readonly Words[] {
  return all > MOST ? [[`… (${all} ${words} in all)`]] : [];
}

/** An option by what people see, with what is stored where that is another text. */
export function optionText({ display_value, actual_value }: OptionValue): string {
  const stored = display_value === actual_value ? '' : ` (stored as ${shorten(actual_value, 60)})`;
  return `${shorten(display_value, 60)}${stored}`;
}
