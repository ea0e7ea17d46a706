import { property } from '../../model/json.ts';
import type { DesiredField } from '../../model/manifest.ts';
import type { FieldChange, KeyChange } from '../../diff/changes.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { contrasted, declaredText, typeText, valueText } from '../media/value-text.ts';
import { data, joined, shorten, type Row, type Table, type Tone, type Words } from '../media/document.ts';
import { keyWords, changedOptions } from '../media/words.ts';

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
  if (change.options !== undefined) return [`${key}: `, ...changedOptions(change.options, change.order)];
  const { before, after } = change;
  if (before === undefined) return [`${key}: now `, data(declaredText(change.key, after ?? null), 300)];
  if (after === undefined)
    return [`${key}: no longer declared, was `, data(declaredText(change.key, before), 300)];
  const [was, is] = contrasted(change.key, before, after);
  return [`${key}: `, data(was, 300), ' → ', data(is, 300)];
}
