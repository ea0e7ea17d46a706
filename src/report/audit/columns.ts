import stringWidth from 'fast-string-width';
import { count } from '../../model/count.ts';
import type { AuditRow, ModuleAudit } from '../../audit/audit.ts';
import { visibleShort } from '../../model/visible.ts';

/** How wide each column of an audit is. */
export interface AuditColumns {
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
export function auditColumns(rows: readonly AuditRow[], width: number): AuditColumns {
  const widest = {
    label: most(rows, (row) => visibleShort(row.field_label, 200)),
    name: most(rows, (row) => visibleShort(row.api_name, 100)),
    type: most(rows, (row) => visibleShort(typeWords(row), 200)),
  };
  const room = Math.max(width - MARGIN, LEAST.label + LEAST.name + LEAST.type);
  const wish = {
    label: Math.max(widest.label, LEAST.label),
    name: Math.max(widest.name, LEAST.name),
    type: Math.max(widest.type, LEAST.type),
  };
  // The last column may have all that is left.
  if (wish.label + wish.name + wish.type <= room) return { ...wish, type: room - wish.label - wish.name };
  // Types are a few words that may go on below; names and labels are what is looked for.
  const type = Math.min(wish.type, Math.max(LEAST.type, Math.floor(room * 0.3)));
  const name = Math.min(wish.name, Math.max(LEAST.name, Math.floor((room - type) / 2)));
  const label = Math.min(wish.label, room - type - name);
  return { label, name: Math.min(wish.name, room - type - label), type };
}

/** The widest of most cells: a few giants must not make the column wide for all. */
function most(rows: readonly AuditRow[], cell: (row: AuditRow) => string): number {
  const widths = rows.map((row) => stringWidth(cell(row))).sort((a, b) => a - b);
  return widths[Math.ceil((widths.length - 1) * 0.98)] ?? 0;
}

/** Facts of an audit in words; not yet escaped. */

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

/** The differences that no reason has told already: another data type comes with one that names both. */
export function toldDifferences({ differences, reasons }: AuditRow): AuditRow['differences'] {
  return differences.filter(({ key }) => reasons.length === 0 || key !== 'data_type');
}
