import type { Capacity } from '../model/limits.ts';
import type { Difference, Reason } from '../model/plan.ts';

/** What a field is to a person who looks through all of them. */
export type Standing =
  | 'missing'
  | 'conflict'
  | 'differs'
  | 'as_declared'
  /** A custom field that no manifest names; every custom field where there is no manifest. */
  | 'custom'
  /** One of Zoho's own that no manifest names. */
  | 'standard';

/** One field of a module: live, or declared and missing. */
export interface AuditRow {
  readonly module: string;
  readonly api_name: string;
  /** As the user of the credentials sees it. */
  readonly field_label: string;
  /** The untranslated label (sheet §2.2), where it is another one. */
  readonly display_label?: string;
  readonly data_type: string;
  readonly length?: number;
  readonly custom: boolean;
  /** Declared by the manifest. */
  readonly required: boolean;
  readonly missing: boolean;
  /** False for a field in no layout. */
  readonly used: boolean;
  readonly standing: Standing;
  readonly id?: string;
  /** What matters about the type, such as `5 options` or `to Accounts`. */
  readonly traits: readonly string[];
  readonly tooltip?: string;
  /** The manifest's words about it. */
  readonly description?: string;
  /** Where the manifest declares it. */
  readonly line?: number;
  readonly differences: readonly Difference[];
  readonly reasons: readonly Reason[];
}

/** How many fields there are of each kind. */
export interface AuditCounts {
  readonly fields: number;
  readonly standard: number;
  readonly custom: number;
  readonly unused: number;
  readonly required: number;
  readonly missing: number;
  readonly differs: number;
  readonly conflicts: number;
  readonly as_declared: number;
  /** Custom fields that the manifest does not name. */
  readonly unmanaged: number;
  readonly by_type: Readonly<Record<string, number>>;
}

/** Everything about the fields of one module. */
export interface ModuleAudit {
  readonly module: string;
  /** Whether a manifest says what this module must have. */
  readonly declared: boolean;
  readonly rows: readonly AuditRow[];
  readonly counts: AuditCounts;
  readonly capacity: readonly Capacity[];
}

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

/** Fields that a reader looks at together. */
export interface AuditGroup {
  readonly key: Standing | 'unused';
  readonly title: string;
  readonly rows: readonly AuditRow[];
}

/** What needs someone first, what is only there last. */
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
