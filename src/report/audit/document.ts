import { count } from '../../model/count.ts';
import { type AuditRow, type ModuleAudit, groupsOf, type AuditGroup } from '../../audit/audit.ts';
import { countsWords, SIGNS, typesWords, typeWords, type AuditView, TONES } from './text.ts';
import { takenWords } from '../plan/totals.ts';
import type { Block, Document, Table, Words, Column } from '../media/document.ts';
import { data, joined, paragraph, shorten, heading, table, telling } from '../media/document.ts';
import { pageTitle, placeWords } from '../plan/view.ts';
import { differenceWords, untold } from '../media/words.ts';

/** An audit as a data dictionary that admins can read, and keep. */
export function auditDocument(audits: readonly ModuleAudit[], view: AuditView): Document {
  const modules = audits.map(({ module }) => module).join(', ');
  return {
    kind: 'audit',
    manifest: view.manifest ?? modules,
    title: pageTitle('Audit', modules, view.target),
    lead: audits.flatMap((audit) => leadOf(audit, audits.length > 1, view)),
    blocks: audits.flatMap((audit) => blocksOf(audit, audits.length > 1)),
    closing: [
      paragraph(
        ...(view.manifest === undefined ? [] : ['Held against ', data(view.manifest, 200), '. ']),
        'From ',
        ...placeWords(view.target),
        `: read with ${count(view.requests.read, 'call')}, nothing was written.`,
      ),
    ],
  };
}

function leadOf(audit: ModuleAudit, several: boolean, view: AuditView): readonly Words[] {
  const before: Words = several ? [data(audit.module), ': '] : [];
  const [first = '', ...others] = countsWords(audit);
  const limits = audit.capacity
    .filter(({ used, limit }) => used > 0 || limit !== null)
    .map((one) => takenWords(one))
    .join(', ');
  const edition: Words =
    view.edition === undefined ? [' The edition is not known.'] : [' Edition ', data(view.edition, 30), '.'];
  return [
    [...before, first],
    ...others.map((words): Words => [words]),
    [`Taken: ${limits}.`, ...edition],
    ['Types: ', shorten(typesWords(audit), 600), '.'],
    ...(view.narrowed.length === 0 ? [] : [[`Listed are only ${shorten(view.narrowed.join(', '))}.`]]),
  ];
}

function blocksOf(audit: ModuleAudit, several: boolean): readonly Block[] {
  const groups = groupsOf(audit);
  if (groups.length === 0) return [paragraph('No field is like that.')];
  return groups.flatMap((group) => [
    heading(...(several ? [data(audit.module), ': '] : []), `${group.title} (${group.rows.length})`),
    tableOf(group),
  ]);
}

/** A column that says nothing in a whole group is left out. */
function tableOf({ key, rows }: AuditGroup): Table {
  const isUnused = key === 'unused';
  const columns: readonly Column<AuditRow>[] = [
    ['What', ({ standing }) => [isUnused ? 'unused' : WHAT[standing]]],
    ['Label', ({ field_label }) => [shorten(field_label, 120)]],
    ['API name', ({ api_name }) => [data(api_name)]],
    ['Type', (row) => [shorten(typeWords(row), 200)]],
    ['What it is for', purpose],
    ['To know', (row) => toKnow(row, isUnused)],
  ];
  return table('field', rows, ({ standing }) => TONES[standing], telling(rows, columns));
}

const WHAT: Readonly<Record<AuditRow['standing'], string>> = {
  missing: `${SIGNS.missing} missing`,
  conflict: `${SIGNS.conflict} conflict`,
  differs: `${SIGNS.differs} differs`,
  as_declared: `${SIGNS.as_declared} as declared`,
  custom: 'custom',
  standard: 'standard',
};

/** The manifest's words first, then those that people see in Zoho. */
function purpose({ description, tooltip }: AuditRow): Words {
  const said = [description, tooltip].filter(
    (text, index, all) => text !== undefined && all.indexOf(text) === index,
  );
  return [shorten(said.join(' / '), 400)];
}

function toKnow(row: AuditRow, isUnused: boolean): Words {
  return joined([
    ...(row.used || row.missing || isUnused ? [] : [['unused: in no layout']]),
    ...row.reasons.map((reason): Words => [shorten(reason.message, 400)]),
    ...untold(row).map((difference) => differenceWords(difference)),
    ...(row.display_label === undefined ? [] : [['untranslated label ', data(row.display_label)]]),
  ]);
}
