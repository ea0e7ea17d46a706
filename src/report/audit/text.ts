import stringWidth from 'fast-string-width';
import { count } from '../../model/count.ts';
import type { AuditRow, ModuleAudit } from '../../audit/audit.ts';
import { groupsOf, type AuditGroup } from '../../audit/audit.ts';
import { auditColumns, type AuditColumns } from './columns.ts';
import { countsWords, SIGNS, toldDifferences, typesWords, typeWords } from './columns.ts';
import { takenWords } from '../plan/capacity-words.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { hanging, isNarrow, keyed, padColumns, wrap, wrapColumns } from '../media/layout.ts';
import { keyWords } from '../media/words.ts';
import type { Target } from '../plan/view.ts';
import type { Style } from '../media/layout.ts';
import { valueText } from '../media/value-text.ts';

/** What an audit's screen needs beside the audit. */
export interface AuditView {
  readonly target: Target;
  /** Absent where there is no manifest. */
  readonly manifest?: string;
  readonly edition?: string;
  readonly requests: { readonly read: number; readonly write: number };
  /** What the list was narrowed to, in words; empty where it is whole. */
  readonly narrowed: readonly string[];
  readonly style: Style;
  /** Columns to fill at most. */
  readonly width: number;
}

/** An audit as a person reads it; pure. */
export function auditText(audits: readonly ModuleAudit[], view: AuditView): string {
  const lines: string[] = [];
  for (const audit of audits) lines.push(...(lines.length === 0 ? [] : ['']), ...moduleLines(audit, view));
  lines.push('', `Read with ${count(view.requests.read, 'call')}, nothing was written.`);
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function moduleLines(audit: ModuleAudit, view: AuditView): readonly string[] {
  const { style, width } = view;
  const fact = (key: string, text: string): readonly string[] => keyed(key, text, width, 2, 14);
  const lines = [
    ...hanging(`Fields of ${visible(audit.module)}`, width, 0, 2).map((line) => style.bold(line)),
    ...fact(
      'manifest',
      view.manifest === undefined ? 'none: nothing is declared' : visibleShort(view.manifest, 200),
    ),
    ...fact('zoho', place(view.target)),
    ...countsWords(audit).flatMap((words, index) => fact(index === 0 ? 'fields' : 'declared', words)),
    ...fact('types', visible(typesWords(audit))),
    ...fact('capacity', capacity(audit, view.edition)),
    ...(view.narrowed.length === 0 ? [] : fact('listed', visible(`only ${view.narrowed.join(', ')}`))),
  ];
  const groups = groupsOf(audit);
  if (groups.length === 0) return [...lines, '', '  No field is like that.'];
  const columns = isNarrow(width) ? undefined : auditColumns(audit.rows, width);
  return [...lines, ...groups.flatMap((group) => ['', ...groupLines(group, columns, view)])];
}

function place({ dataCentre, apiHost, organisation }: Target): string {
  if (dataCentre === 'emulator') return 'none: this is the built-in emulator, not a real Zoho';
  const owner = organisation === undefined ? '' : `${visibleShort(organisation.name, 80)}, `;
  return `${owner}data centre ${dataCentre}, ${visibleShort(apiHost, 80)}`;
}

function capacity({ capacity: kinds }: ModuleAudit, edition: string | undefined): string {
  const words = kinds
    .filter(({ used, limit }) => used > 0 || limit !== null)
    .map((one) => takenWords(one))
    .join(', ');
  const known = kinds.some((one) => one.kind === 'custom' && one.limit !== null);
  const why =
    edition === undefined
      ? 'limits of the edition unknown: the credentials lack ZohoCRM.org.READ'
      : `edition ${visibleShort(edition, 30)}${known ? '' : ', whose limits are not known'}`;
  return `${words} (${why})`;
}

function groupLines(
  group: AuditGroup,
  columns: AuditColumns | undefined,
  view: AuditView,
): readonly string[] {
  const { style } = view;
  return [
    ...hanging(`${group.title} (${group.rows.length})`, view.width, 0, 2).map((line) => style.bold(line)),
    ...(columns === undefined
      ? []
      : [
          style.dim(
            `    ${padColumns('Label', columns.label)}  ${padColumns('API name', columns.name)}  Type`,
          ),
        ]),
    ...group.rows.flatMap((row, index) => [
      ...letterLine(group.rows, index),
      ...(columns === undefined || breaksWords(row, columns, view)
        ? rowList(row, view)
        : rowLines(row, columns, view)),
      ...noteLines(row, view),
    ]),
  ];
}

/** A list of more rows than this needs resting places for the eye. */
const LONG = 40;

/** In long lists a gap between what begins with one letter and with the next, where that parts more than a few. */
function letterLine(rows: readonly AuditRow[], index: number): readonly string[] {
  if (rows.length <= LONG || index === 0) return [];
  const [before, here] = [rows[index - 1], rows[index]].map((row) => initialOf(row?.field_label ?? ''));
  return before === here ? [] : [''];
}

function initialOf(label: string): string {
  return label.normalize('NFKD').slice(0, 1).toLowerCase();
}

/** Whether a word would be broken that has room on the screen, but none in its column. */
function breaksWords(row: AuditRow, columns: AuditColumns, { width }: AuditView): boolean {
  const isCut = (text: string, column: number): boolean =>
    wrap(text, column, 0).some((line) => stringWidth(line) > column && stringWidth(line) <= width - 6);
  return (
    isCut(visibleShort(row.field_label, 200), columns.label) ||
    isCut(visibleShort(typeWords(row), 200), columns.type)
  );
}

/** A row where the screen has no room for columns: its cells below each other. */
function rowList(row: AuditRow, { style, width }: AuditView): readonly string[] {
  const sign = toned(row, SIGNS[row.standing], style);
  return [
    ...hanging(`${sign} ${visibleShort(row.field_label, 200)}`, width, 2, 4),
    ...hanging(visibleShort(row.api_name, 100), width, 6, 6),
    ...hanging(visibleShort(typeWords(row), 200), width, 6, 6),
  ];
}

/** A row takes as many lines as its fullest cell; an API name is never broken, because it is there to be copied. */
function rowLines(row: AuditRow, columns: AuditColumns, view: AuditView): readonly string[] {
  const name = visibleShort(row.api_name, 100);
  const fits = stringWidth(name) <= columns.name;
  const label = wrapColumns(visibleShort(row.field_label, 200), columns.label);
  const type = wrapColumns(visibleShort(typeWords(row), 200), columns.type);
  const height = Math.max(label.length, type.length);
  const sign = toned(row, SIGNS[row.standing], view.style);
  const lines = Array.from({ length: height }, (_, at) => {
    const cells = [
      padColumns(label[at] ?? '', columns.label),
      padColumns(at === 0 && fits ? name : '', columns.name),
      type[at] ?? '',
    ];
    return `  ${at === 0 ? sign : ' '} ${cells.join('  ')}`;
  });
  return fits ? lines : [...lines, `      ${name}`];
}

function toned(row: AuditRow, sign: string, style: Style): string {
  switch (row.standing) {
    case 'missing':
    case 'differs':
      return style.warn(sign);
    case 'conflict':
      return style.bad(sign);
    case 'as_declared':
      return style.good(sign);
    case 'custom':
    case 'standard':
      return sign;
  }
}

/** What is not as declared, and why. */
function noteLines(row: AuditRow, { width, style }: AuditView): readonly string[] {
  const unused = !row.used && !row.missing && row.standing !== 'custom' ? ['unused: it is in no layout'] : [];
  const notes = [
    ...unused,
    ...row.reasons.map((reason) => visibleShort(reason.message, 400)),
    ...toldDifferences(row).map(
      ({ key, want, live }) =>
        `${visibleShort(keyWords(key), 60)}: manifest ${valueText(want)}, Zoho ${valueText(live)}`,
    ),
  ];
  return notes.flatMap((note) => wrap(note, width, 6).map((line) => style.dim(`      ${line}`)));
}
