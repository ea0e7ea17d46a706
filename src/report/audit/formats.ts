import type { ModuleAudit, AuditRow } from '../../audit/audit.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { auditText, type AuditView } from './text.ts';
import { csvText, jsonReport } from '../media/escape.ts';
import { pages, type Renders } from '../media/formats.ts';
import { targetJson } from '../plan/formats.ts';

/** All that is told about an audit, in whatever format. */
interface AuditFacts extends AuditView {
  readonly diagnostics: readonly Diagnostic[];
}

/** An audit in every format; what is not asked for is not loaded. */
export function auditRenders(audits: readonly ModuleAudit[], facts: AuditFacts): Renders {
  return {
    text: () => auditText(audits, facts),
    json: () => auditJson(audits, facts),
    csv: () => auditCsv(audits),
    // A data dictionary is a file, not a comment: nothing is cut from it.
    ...pages(async () => (await import('./document.ts')).auditDocument(audits, facts), Infinity),
  };
}

/** An audit as scripts read it (contract §7): every live and every missing field. */
export function auditJson(audits: readonly ModuleAudit[], view: AuditFacts): string {
  return jsonReport('audit', {
    manifest: view.manifest === undefined ? null : { path: view.manifest },
    target: targetJson(view.target),
    edition: view.edition ?? null,
    modules: audits.map(({ module, declared, counts, capacity }) => ({
      module,
      declared,
      summary: counts,
      capacity: Object.fromEntries(
        capacity.map(({ kind, used, limit }) => [
          kind === 'custom' ? 'custom_fields' : kind,
          { used, limit },
        ]),
      ),
    })),
    ...(view.narrowed.length === 0 ? {} : { only: view.narrowed }),
    fields: audits.flatMap((audit) => audit.rows.map((row) => rowJson(row))),
    requests: view.requests,
    diagnostics: view.diagnostics,
  });
}

function rowJson(row: AuditRow): object {
  const { standing, traits, length, display_label, ...rest } = row;
  return {
    ...rest,
    display_label: display_label ?? row.field_label,
    length: length ?? null,
    status: standing,
    traits,
  };
}

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
