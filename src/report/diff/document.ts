import { count } from '../../model/count.ts';
import type { Changes, FieldChange, Note } from '../../diff/changes.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { permanentKeys } from '../../plan/compare.ts';
import {
  data,
  listed,
  paragraph,
  shorten,
  strong,
  type Block,
  type Document,
  type Words,
  diagnosticTable,
  type Table,
  type Tone,
  joined,
  heading,
  fold,
  list,
  plainText,
  dataIf,
  table,
  moduleColumn,
} from '../media/document.ts';
import { fieldDetails } from '../plan/document.ts';
import type { DesiredField } from '../../model/manifest.ts';
import { keyWords } from '../media/words.ts';
import { typeText, valueText } from '../media/value-text.ts';
import { property } from '../../model/json.ts';
import { keyChangeWords } from './text.ts';

/** Two versions of a manifest as reviewers read what differs. */
export function diffDocument(changes: Changes, warnings: readonly Diagnostic[]): Document {
  const { head, base, modules } = changes;
  const added = changes.changes.flatMap((change) =>
    change.change === 'added' && change.head ? [change.head] : [],
  );
  return {
    kind: 'diff',
    manifest: head.path,
    title: `Changes: ${shorten(base.path, 100)} to ${shorten(head.path, 100)} · Zoho fields`,
    lead: lead(changes),
    blocks: [
      ...(changes.changes.length === 0 ? [] : [diffTable(changes.changes, modules.length > 1)]),
      ...meaning(changes.changes),
      ...(warnings.length === 0 ? [] : [heading('Doubtful in the manifest'), diagnosticTable(warnings)]),
      ...(added.length === 0
        ? []
        : [
            fold(
              added.length === 1
                ? 'Every detail of the added field'
                : `Every detail of the ${added.length} added fields`,
              list(added.map((field) => fieldDetails(field))),
            ),
          ]),
    ],
    closing: [
      paragraph(
        data(base.path, 200),
        ' compared with ',
        data(head.path, 200),
        '. Zoho was not asked: which of these fields exist there, only a plan can tell.',
      ),
    ],
  };
}

function lead({ changes, summary, modules }: Changes): readonly Words[] {
  if (changes.length === 0) {
    return [[strong('No field changes'), ': both versions of the manifest mean the same.']];
  }
  const touched = modules.filter((module) => changes.some((change) => change.module === module));
  const parts = [
    ...(summary.added > 0 ? [`adds ${count(summary.added, 'field')}`] : []),
    ...(summary.changed > 0 ? [`changes ${count(summary.changed, 'field')}`] : []),
    ...(summary.removed > 0 ? [`removes ${count(summary.removed, 'field')}`] : []),
  ];
  return [
    [
      'Merging this ',
      strong(plainText(listed(parts))),
      ` in the manifest of the ${touched.length === 1 ? 'module' : 'modules'} `,
      ...listed(touched.map((module) => data(module))),
      '.',
    ],
    permanentSentence(changes),
    [
      'Nothing that is in Zoho is ever changed or deleted by this tool: it only creates fields that are missing.',
    ],
  ];
}

function permanentSentence(changes: readonly FieldChange[]): Words {
  const impossible = changes.filter((change) => isImpossible(change)).length;
  const created = changes.flatMap(({ change, head }) =>
    change === 'added' && head?.create === true ? [head] : [],
  );
  const choices = created.reduce((sum, field) => sum + 2 + permanentKeys(field).length, 0);
  const cannot: Words =
    impossible === 0
      ? []
      : [
          strong(`${count(impossible, 'field is', 'fields are')} changed in a way that Zoho cannot do`),
          ` where ${impossible === 1 ? 'it exists' : 'they exist'} already. `,
        ];
  return choices === 0
    ? [...cannot, 'No new permanent choice is made.']
    : [
        ...cannot,
        strong(`${count(choices, 'choice')} become permanent`),
        ' once the added fields are created: API names, data types and what else is marked so.',
      ];
}

/** What the rows do not say themselves, once for all of them. */
function meaning(changes: readonly FieldChange[]): readonly Block[] {
  const notes = new Map<string, Note>();
  for (const note of changes.flatMap((change) => change.notes)) if (!note.grave) notes.set(note.code, note);
  if (notes.size === 0) return [];
  return [heading('What that means in Zoho'), list([...notes.values()].map((note) => [note.message]))];
}

const SIGNS: Readonly<Record<FieldChange['change'], { readonly words: string; readonly tone: Tone }>> = {
  added: { words: '+ added', tone: 'good' },
  removed: { words: '- removed', tone: 'plain' },
  changed: { words: '~ changed', tone: 'warn' },
};

/** A table with a row for each field that is not the same in both versions. */
function diffTable(changes: readonly FieldChange[], several: boolean): Table {
  return table('field', changes, (one) => (isImpossible(one) ? 'bad' : SIGNS[one.change].tone), [
    ['What', (one) => [isImpossible(one) ? '! changed' : SIGNS[one.change].words]],
    ...moduleColumn(several),
    ['Field', ({ api_name }) => [data(api_name)]],
    ['Label', ({ head, base }) => dataIf((head ?? base)?.field_label)],
    ['Type', ({ head, base }) => dataIf(typeOf(head ?? base))],
    ['To know', toKnow],
  ]);
}

function typeOf(field: DesiredField | undefined): string | undefined {
  return field && typeText(field);
}

function isImpossible({ differences }: FieldChange): boolean {
  return differences.some((difference) => difference.permanent);
}

function toKnow({ change, head, differences, notes }: FieldChange): Words {
  return joined([
    ...differences.map((difference) => keyChangeWords(difference)),
    ...(change === 'added' && head !== undefined ? addedWords(head) : []),
    ...notes.filter((note) => note.grave).map((note): Words => [shorten(note.message)]),
  ]);
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
