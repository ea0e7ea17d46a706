import stringWidth from 'fast-string-width';
import { count } from '../../model/count.ts';
import { type AuditRow, type ModuleAudit, groupsOf, type AuditGroup } from '../../audit/audit.ts';
import { takenWords } from '../plan/totals.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import type { Style, Look } from '../media/layout.ts';
import { hanging, isNarrow, keyed, padColumns, wrap, wrapColumns } from '../media/layout.ts';
import { keyWords, untold } from '../media/words.ts';
import { type Target, placeText } from '../plan/view.ts';
import { valueText } from '../media/value-text.ts';
import type { Tone } from '../media/document.ts';
import type { RequestCount } from '../../model/live-field.ts';

/** What an audit's screen needs beside the audit. */
export interface AuditView extends Look {
  readonly target: Target;
  /** Absent where there is no manifest. */
  readonly manifest?: string;
  readonly edition?: string;
  readonly requests: RequestCount;
  /** What the list was narrowed to, in words; empty where it is whole. */
  readonly narrowed: readonly string[];
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
    ...fact('zoho', placeText(view.target)),
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

/** The cells of a row, as they stand on a screen. */
function cellsOf(row: AuditRow): Readonly<Record<keyof AuditColumns, string>> {
  return {
    label: visibleShort(row.field_label, 200),
    name: visibleShort(row.api_name, 100),
    type: visibleShort(typeWords(row), 200),
  };
}

/** Whether a word would be broken that has room on the screen, but none in its column. */
function breaksWords(row: AuditRow, columns: AuditColumns, { width }: AuditView): boolean {
  const cells = cellsOf(row);
  return (['label', 'type'] as const).some((key) =>
    wrap(cells[key], columns[key], 0).some(
      (line) => stringWidth(line) > columns[key] && stringWidth(line) <= width - 6,
    ),
  );
}

/** A row where the screen has no room for columns: its cells below each other. */
function rowList(row: AuditRow, { style, width }: AuditView): readonly string[] {
  const { label, name, type } = cellsOf(row);
  return [
    ...hanging(`${signOf(row, style)} ${label}`, width, 2, 4),
    ...hanging(name, width, 6, 6),
    ...hanging(type, width, 6, 6),
  ];
}

/** A row takes as many lines as its fullest cell; an API name is never broken, because it is there to be copied. */
function rowLines(row: AuditRow, columns: AuditColumns, view: AuditView): readonly string[] {
  const { name, ...cells } = cellsOf(row);
  const fits = stringWidth(name) <= columns.name;
  const label = wrapColumns(cells.label, columns.label);
  const type = wrapColumns(cells.type, columns.type);
  const height = Math.max(label.length, type.length);
  const sign = signOf(row, view.style);
  const lines = Array.from({ length: height }, (_, at) => {
    const line = [
      padColumns(label[at] ?? '', columns.label),
      padColumns(at === 0 && fits ? name : '', columns.name),
      type[at] ?? '',
    ];
    return `  ${at === 0 ? sign : ' '} ${line.join('  ')}`;
  });
  return fits ? lines : [...lines, `      ${name}`];
}

function signOf({ standing }: AuditRow, style: Style): string {
  return style[TONES[standing]](SIGNS[standing]);
}

/** What is not as declared, and why. */
function noteLines(row: AuditRow, { width, style }: AuditView): readonly string[] {
  const unused = !row.used && !row.missing && row.standing !== 'custom' ? ['unused: it is in no layout'] : [];
  const notes = [
    ...unused,
    ...row.reasons.map((reason) => visibleShort(reason.message, 400)),
    ...untold(row).map(
      ({ key, want, live }) =>
        `${visibleShort(keyWords(key), 60)}: manifest ${valueText(want)}, Zoho ${valueText(live)}`,
    ),
  ];
  return notes.flatMap((note) => wrap(note, width, 6).map((line) => style.dim(`      ${line}`)));
}

/** How wide each column of an audit is. */
interface AuditColumns {
  readonly label: number;
  readonly name: number;
  readonly type: number;
}

/** The sign before a row, and the blanks between the columns. */
const MARGIN = 4 + 2 + 2;

/** A column narrower than this breaks every second word. */
const LEAST = { label: 14, name: 16, type: 19 };

/**
 * Columns for these rows: as wide as their widest cell where the screen has the room; otherwise what is left is shared
 * out, so that most cells still stand on one line. The same for all groups of a module, so that the eye can run down.
 */
function auditColumns(rows: readonly AuditRow[], width: number): AuditColumns {
  const cells = rows.map((row) => cellsOf(row));
  const wishOf = (key: keyof AuditColumns): number =>
    Math.max(most(cells.map((row) => row[key])), LEAST[key]);
  const wish = { label: wishOf('label'), name: wishOf('name'), type: wishOf('type') };
  const room = Math.max(width - MARGIN, LEAST.label + LEAST.name + LEAST.type);
  // The last column may have all that is left.
  if (wish.label + wish.name + wish.type <= room) return { ...wish, type: room - wish.label - wish.name };
  // Types are a few words that may go on below; names and labels are what is looked for.
  const type = Math.min(wish.type, Math.max(LEAST.type, Math.floor(room * 0.3)));
  const name = Math.min(wish.name, Math.max(LEAST.name, Math.floor((room - type) / 2)));
  const label = Math.min(wish.label, room - type - name);
  return { label, name: Math.min(wish.name, room - type - label), type };
}

/** The widest of most cells: a few giants must not make the column wide for all. */
function most(cells: readonly string[]): number {
  const widths = cells.map((cell) => stringWidth(cell)).sort((a, b) => a - b);
  return widths[Math.ceil((widths.length - 1) * 0.98)] ?? 0;
}

/** `text 50, unique`: what a field holds. */
export function typeWords({ data_type, length, traits }: AuditRow): string {
  return [`${data_type}${length === undefined ? '' : ` ${length}`}`, ...traits].join(', ');
}

/** The difference between a manifest and Zoho in a few signs, for those who see no colours. */
export const SIGNS: Readonly<Record<AuditRow['standing'], string>> = {
  missing: '+',
  conflict: '!',
  differs: '~',
  as_declared: '=',
  custom: ' ',
  standard: ' ',
};

export const TONES: Readonly<Record<AuditRow['standing'], Tone>> = {
  missing: 'warn',
  conflict: 'bad',
  differs: 'warn',
  as_declared: 'good',
  custom: 'plain',
  standard: 'plain',
};

/** What there is, in a sentence or two. */
export function countsWords({ counts, declared }: ModuleAudit): readonly string[] {
  const unused = counts.unused === 0 ? '' : `; ${counts.unused} of them in no layout (unused)`;
  const live = `${count(counts.fields, 'field')} in Zoho: ${counts.custom} custom, ${counts.standard} standard${unused}.`;
  if (!declared) return [live];
  return [
    live,
    `${counts.required} declared: ${counts.as_declared} as declared, ${counts.missing} missing, ${counts.differs} ${counts.differs === 1 ? 'differs' : 'differ'}, ${count(counts.conflicts, 'conflict')}. ${count(counts.unmanaged, 'custom field')} not named by the manifest.`,
  ];
}

/** The types of a module, the most frequent first. */
export function typesWords({ counts }: ModuleAudit): string {
  return Object.entries(counts.by_type)
    .map(([type, number]) => `${number} ${type}`)
    .join(', ');
}
