import type { Capacity } from '../model/limits.ts';
import type { Difference, Reason } from '../model/plan.ts';

/** What a field is to whoever looks through all of them. */
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
