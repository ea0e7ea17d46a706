import stringWidth from 'fast-string-width';
import type { AuditRow } from '../audit/audit.ts';
import { typeWords } from './audit-words.ts';
import { visibleShort } from './escape.ts';

/** How wide each column of an audit is. */
export interface AuditColumns {
  readonly label: number;
  readonly name: number;
  readonly type: number;
}

/** The sign before a row, and the blanks between the columns. */
const MARGIN = 4 + 2 + 2;

/** A column narrower than this breaks every second word. */
const LEAST = { label: 14, name: 16, type: 16 };

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
