import type { AuditRow, ModuleAudit } from './audit.ts';

/** Which fields to list; each wish narrows the list further. */
export interface AuditFilter {
  readonly custom?: boolean;
  readonly missing?: boolean;
  readonly unused?: boolean;
  readonly type?: string;
}

/** The audit with only the rows that are asked for; the counts stay those of the whole module. */
export function filtered(audit: ModuleAudit, filter: AuditFilter): ModuleAudit {
  return { ...audit, rows: audit.rows.filter((row) => isWanted(row, filter)) };
}

function isWanted(row: AuditRow, { custom, missing, unused, type }: AuditFilter): boolean {
  return (
    (custom !== true || row.custom) &&
    (missing !== true || row.missing) &&
    (unused !== true || (!row.used && !row.missing)) &&
    (type === undefined || row.data_type === type)
  );
}
