import type { AuditRow, ModuleAudit, Standing } from './audit.ts';

/** Fields that a reader looks at together. */
export interface AuditGroup {
  readonly key: Standing | 'unused';
  readonly title: string;
  readonly rows: readonly AuditRow[];
}

/** What needs somebody first, what is only there last. */
const GROUPS: readonly (readonly [AuditGroup['key'], string])[] = [
  ['missing', 'Declared, but missing in Zoho'],
  ['conflict', 'Declared, but in conflict with Zoho'],
  ['differs', 'Declared, but different in Zoho'],
  ['as_declared', 'As declared'],
  ['custom', 'Custom fields that the manifest does not name'],
  ['unused', 'Unused custom fields (in no layout)'],
  ['standard', 'Standard fields'],
];

/** The rows of an audit in groups; empty groups are left out. */
export function groupsOf({ rows, declared }: ModuleAudit): readonly AuditGroup[] {
  return GROUPS.flatMap(([key, title]) => {
    const own = rows.filter((row) => groupOf(row) === key);
    if (own.length === 0) return [];
    return [{ key, title: key === 'custom' && !declared ? 'Custom fields' : title, rows: own }];
  });
}

function groupOf(row: AuditRow): AuditGroup['key'] {
  return row.standing === 'custom' && !row.used ? 'unused' : row.standing;
}
