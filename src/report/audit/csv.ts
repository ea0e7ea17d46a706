import type { AuditRow, ModuleAudit } from '../../audit/audit.ts';
import { csvText } from '../media/escape.ts';

/** Heads and cells, in the order of the columns. */
const COLUMNS: readonly (readonly [string, (row: AuditRow) => string])[] = [
  ['module', (row) => row.module],
  ['api_name', (row) => row.api_name],
  ['field_label', (row) => row.field_label],
  ['data_type', (row) => row.data_type],
  ['length', (row) => (row.length === undefined ? '' : String(row.length))],
  ['details', (row) => row.traits.join(', ')],
  ['custom', (row) => String(row.custom)],
  ['required', (row) => String(row.required)],
  ['missing', (row) => String(row.missing)],
  ['used', (row) => String(row.used)],
  ['status', (row) => row.standing],
  ['tooltip', (row) => row.tooltip ?? ''],
  ['description', (row) => row.description ?? ''],
];

/**
 * An audit as a table for spreadsheets (RFC 4180): one line per field. Ids are left to JSON: a spreadsheet would read
 * them as numbers and lose their last digits.
 */
export function auditCsv(audits: readonly ModuleAudit[]): string {
  const lines = [
    COLUMNS.map(([head]) => head),
    ...audits.flatMap(({ rows }) => rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))),
  ];
  return csvText(lines);
}
