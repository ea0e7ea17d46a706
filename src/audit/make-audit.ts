import { isObject, property } from '../model/json.ts';
import type { Room } from '../model/limits.ts';
import type { LiveField } from '../model/live-field.ts';
import type { ModulePlan, PlanEntry } from '../model/plan.ts';
import { placesOf } from '../plan/capacity.ts';
import type { AuditCounts, AuditRow, ModuleAudit, Standing } from './audit.ts';
import { lengthOf, traitsOf } from './field-details.ts';

/** What an audit is made from. */
export interface AuditSource extends Room {
  readonly module: string;
  /** Every live field of the module, used and unused. */
  readonly live: readonly LiveField[];
  /** What the manifest says of the module, compared with it; absent where no manifest does. */
  readonly plan?: ModulePlan;
}

/** Everything that there is and should be in a module, sorted by label. */
export function makeAudit({ module, live, plan, ...room }: AuditSource): ModuleAudit {
  const entries = new Map(plan?.entries.map((entry) => [entry.field.api_name, entry]));
  const names = new Set(live.map((field) => field.api_name));
  const rows = [
    ...live.map((field) => liveRow(module, field, entries.get(field.api_name))),
    ...(plan?.entries ?? []).flatMap((entry) =>
      names.has(entry.field.api_name) ? [] : [missingRow(module, entry)],
    ),
  ].toSorted(byLabel);
  return {
    module,
    declared: plan !== undefined,
    rows,
    counts: countsOf(rows),
    capacity: plan?.capacity ?? placesOf(module, live, room).capacity(),
  };
}

function liveRow(module: string, field: LiveField, entry: PlanEntry | undefined): AuditRow {
  const length = lengthOf(field);
  const tooltip = property(field.wire, 'tooltip');
  const help = isObject(tooltip) ? property(tooltip, 'value') : undefined;
  return {
    module,
    api_name: field.api_name,
    field_label: field.field_label,
    ...(field.display_label === field.field_label ? {} : { display_label: field.display_label }),
    data_type: field.data_type,
    ...(length === undefined ? {} : { length }),
    custom: field.custom,
    required: entry !== undefined,
    missing: false,
    used: field.used,
    standing: standingOf(field, entry),
    id: field.id,
    traits: traitsOf(field),
    ...(typeof help === 'string' && help !== '' ? { tooltip: help } : {}),
    ...declaration(entry),
  };
}

function missingRow(module: string, entry: PlanEntry): AuditRow {
  const { field } = entry;
  const length = property(field.declared, 'length');
  return {
    module,
    api_name: field.api_name,
    field_label: field.field_label ?? field.api_name,
    data_type: field.data_type,
    ...(typeof length === 'number' ? { length } : {}),
    // Whoever is to create it, it will not be one of Zoho's own.
    custom: true,
    required: true,
    missing: true,
    used: false,
    standing: 'missing',
    traits: [],
    ...declaration(entry),
  };
}

function declaration(
  entry: PlanEntry | undefined,
): Pick<AuditRow, 'description' | 'line' | 'differences' | 'reasons'> {
  if (entry === undefined) return { differences: [], reasons: [] };
  const { description, line } = entry.field;
  return {
    ...(description === undefined ? {} : { description }),
    line,
    differences: entry.differences,
    reasons: entry.reasons,
  };
}

function standingOf(field: LiveField, entry: PlanEntry | undefined): Standing {
  if (entry === undefined) return field.custom ? 'custom' : 'standard';
  if (entry.action === 'conflict') return 'conflict';
  return entry.action === 'drift' ? 'differs' : 'as_declared';
}

function countsOf(rows: readonly AuditRow[]): AuditCounts {
  const live = rows.filter((row) => !row.missing);
  const standing = (wanted: Standing): number => rows.filter((row) => row.standing === wanted).length;
  const byType = new Map<string, number>();
  for (const row of live) byType.set(row.data_type, (byType.get(row.data_type) ?? 0) + 1);
  const types = [...byType].sort(([a, m], [b, n]) => n - m || compare(a, b));
  return {
    fields: live.length,
    standard: live.filter((row) => !row.custom).length,
    custom: live.filter((row) => row.custom).length,
    unused: live.filter((row) => !row.used).length,
    required: rows.filter((row) => row.required).length,
    missing: standing('missing'),
    differs: standing('differs'),
    conflicts: standing('conflict'),
    as_declared: standing('as_declared'),
    unmanaged: standing('custom'),
    by_type: Object.fromEntries(types),
  };
}

function byLabel(a: AuditRow, b: AuditRow): number {
  return compare(fold(a.field_label), fold(b.field_label)) || compare(a.api_name, b.api_name);
}

/** Accents and case do not part what belongs together; no locale decides, so that every machine sorts alike. */
function fold(label: string): string {
  return label.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
