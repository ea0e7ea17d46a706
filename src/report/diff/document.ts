import { count } from '../../model/count.ts';
import type { Changes, FieldChange, Note } from '../../diff/changes.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { diffTable } from './rows.ts';
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
} from '../media/document.ts';
import { fieldDetails } from '../plan/rows.ts';

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
            {
              is: 'fold' as const,
              summary:
                added.length === 1
                  ? 'Every detail of the added field'
                  : `Every detail of the ${added.length} added fields`,
              blocks: [{ is: 'list' as const, items: added.map((field) => fieldDetails(field)) }],
            },
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
  const last = parts.at(-1) ?? '';
  const what = parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
  return [
    [
      'Merging this ',
      strong(what),
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
  const impossible = changes.filter((change) => change.differences.some((one) => one.permanent)).length;
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
  return [
    heading('What that means in Zoho'),
    { is: 'list', items: [...notes.values()].map((note) => [note.message]) },
  ];
}

function heading(text: string): Block {
  return { is: 'heading', words: [text] };
}
