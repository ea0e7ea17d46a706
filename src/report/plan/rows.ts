import { property } from '../../model/json.ts';
import type { DesiredField } from '../../model/manifest.ts';
import type { PlanEntry, Reason } from '../../model/plan.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { isToBeFinished } from '../../plan/earlier-runs.ts';
import { data, joined, shorten, type Row, type Table, type Tone, type Words } from '../media/document.ts';
import { keyWords, differenceWords } from '../media/words.ts';
import { declaredText, typeText, valueText } from '../media/value-text.ts';

const SIGNS: Readonly<Record<PlanEntry['action'], { readonly words: string; readonly tone: Tone }>> = {
  create: { words: '+ new', tone: 'good' },
  drift: { words: '~ differs', tone: 'warn' },
  conflict: { words: '! conflict', tone: 'bad' },
  in_sync: { words: '= as declared', tone: 'plain' },
};

/** What an interrupted run left, and what applying puts right. */
const UNFINISHED = { words: '~ unfinished', tone: 'good' } as const;

/** The rows that ask something of the reader, what stops everything first. */
export function newsOf(entries: readonly PlanEntry[]): readonly PlanEntry[] {
  return (['conflict', 'create', 'drift'] as const).flatMap((action) =>
    entries.filter((entry) => entry.action === action),
  );
}

/** A table with a row for each of these fields. */
export function planTable(entries: readonly PlanEntry[], several: boolean): Table {
  const head = ['What', ...(several ? ['Module'] : []), 'Field', 'Label', 'Type', 'To know'];
  const rows = entries.map((entry) => planRow(entry, several));
  return withRemedies({ is: 'table', unit: 'field', head, rows }, entries);
}

function planRow(entry: PlanEntry, several: boolean): Row {
  const { words, tone } = isToBeFinished(entry) ? UNFINISHED : SIGNS[entry.action];
  const { field } = entry;
  const label: Words = field.field_label === undefined ? [] : [data(field.field_label)];
  const module: readonly Words[] = several ? [[data(entry.module)]] : [];
  return {
    tone,
    cells: [[words], ...module, [data(field.api_name)], label, [data(typeText(field))], toKnow(entry)],
  };
}

function toKnow(entry: PlanEntry): Words {
  const reasons = entry.reasons.map((reason) => reasonWords(reason));
  if (entry.action === 'create') return joined([...createNotes(entry.field), ...reasons]);
  // Another data type is told in the reason, with both types.
  const told = entry.differences.filter(({ key }) => reasons.length === 0 || key !== 'data_type');
  return joined([...reasons, ...told.map((difference) => differenceWords(difference))]);
}

/** Why a field has its action. */
export function reasonWords({ message }: Reason): Words {
  return [shorten(message, 400)];
}

/** The table with a last column for what to do about each row, where there is anything to do about one. */
export function withRemedies(table: Table, rows: readonly { readonly reasons: readonly Reason[] }[]): Table {
  const remedies = rows.map(({ reasons }) => remedyWords(reasons));
  if (remedies.every((words) => words.length === 0)) return table;
  return {
    ...table,
    head: [...table.head, 'What to do'],
    rows: table.rows.map((row, index) => ({ ...row, cells: [...row.cells, remedies[index] ?? []] })),
  };
}

function remedyWords(reasons: readonly Reason[]): Words {
  return joined(
    reasons.flatMap(({ remedy, stanza }): readonly Words[] => {
      const words = [
        ...(remedy === undefined ? [] : [shorten(remedy, 400)]),
        ...(remedy === undefined || stanza === undefined ? [] : [' ']),
        ...(stanza === undefined ? [] : [data(stanza, 400)]),
      ];
      return words.length === 0 ? [] : [words];
    }),
  );
}

function createNotes(field: DesiredField): readonly Words[] {
  const options = property(field.declared, 'pick_list_values');
  const profiles = property(field.declared, 'profiles');
  const permanent = permanentKeys(field);
  return [
    ...(options === undefined ? [] : [['options ', data(valueText(options), 400)]]),
    ...(profiles === undefined ? [] : [['profiles ', data(valueText(profiles), 200)]]),
    ...(permanent.length === 0
      ? []
      : [[`also permanent: ${permanent.map((key) => keyWords(key)).join(', ')}`]]),
  ];
}

/** Everything that a new field is made of, as one line. */
export function fieldDetails(field: DesiredField): Words {
  const facts = Object.entries(field.declared).map(([key, value]): Words => [
    `${keyWords(shorten(key, 60))} `,
    data(declaredText(key, value), 1000),
  ]);
  const description: readonly Words[] =
    field.description === undefined ? [] : [['description ', data(field.description, 600)]];
  return [data(field.api_name), ', ', data(field.data_type), ...after([...facts, ...description])];
}

function after(parts: readonly Words[]): Words {
  return parts.flatMap((part) => ['; ', ...part]);
}
