import type { Capacity, Room } from '../model/limits.ts';
import type { Difference, Reason, ModulePlan, PlanEntry } from '../model/plan.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isObject, property, given, valueAt, compareText } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { placesOf, isUnique } from '../plan/capacity.ts';
import { count } from '../model/count.ts';

/** What a field is to a person who looks through all of them. */
type Standing =
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
interface AuditCounts {
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
    ...given({ length }),
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
    // No matter who is to create it, it will not be one of Zoho's own.
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
    ...given({ description }),
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
  const types = [...byType].sort(([a, m], [b, n]) => n - m || compareText(a, b));
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
  return compareText(fold(a.field_label), fold(b.field_label)) || compareText(a.api_name, b.api_name);
}

/** Accents and case do not part what belongs together; no locale decides, so that every machine sorts alike. */
function fold(label: string): string {
  return label.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Types whose reported length is a number of the machinery, the same for every field (sheet §14). */
const LENGTH_SAYS_NOTHING = new Set([
  'picklist',
  'multiselectpicklist',
  'date',
  'datetime',
  'boolean',
  'lookup',
  'ownerlookup',
  'userlookup',
  'multiuserlookup',
  'multiselectlookup',
  'multi_module_lookup',
  'layout',
  'profileimage',
  'subform',
]);

/** What a field can hold, as far as its length tells. */
function lengthOf({ data_type, wire }: LiveField): number | undefined {
  const length = property(wire, 'length');
  return typeof length === 'number' && !LENGTH_SAYS_NOTHING.has(data_type) ? length : undefined;
}

/** What else matters about a field, each in a word or two. */
export function traitsOf(field: LiveField): readonly string[] {
  const { wire } = field;
  return [
    ...kindOf(wire),
    ...numbersOf(wire),
    ...optionsOf(field),
    ...targetOf(wire),
    ...(isUnique(field) ? ['unique'] : []),
    ...(valueAt(wire, ['crypt', 'mode']) === 'encryption' ? ['encrypted'] : []),
    ...(property(wire, 'system_mandatory') === true ? ['mandatory'] : []),
    ...(property(wire, 'read_only') === true ? ['read only'] : []),
  ];
}

function kindOf(wire: JsonObject): readonly string[] {
  const kind = valueAt(wire, ['textarea', 'type']) ?? valueAt(wire, ['formula', 'return_type']);
  return typeof kind === 'string' && kind !== '' ? [kind.replaceAll('_', ' ')] : [];
}

function numbersOf(wire: JsonObject): readonly string[] {
  const decimals = property(wire, 'decimal_place');
  const prefix = valueAt(wire, ['auto_number', 'prefix']);
  return [
    ...(typeof decimals === 'number' ? [count(decimals, 'decimal')] : []),
    ...(typeof prefix === 'string' && prefix !== '' ? [`prefix ${prefix}`] : []),
  ];
}

function optionsOf({ data_type, wire }: LiveField): readonly string[] {
  const global = valueAt(wire, ['global_picklist', 'api_name']);
  if (typeof global === 'string' && global !== '') return [`global list ${global}`];
  const options = property(wire, 'pick_list_values');
  if (!data_type.endsWith('picklist') || !Array.isArray(options) || options.length === 0) return [];
  const offered = options.filter(
    (option: Json) =>
      isObject(option) &&
      property(option, 'type') !== 'unused' &&
      property(option, 'actual_value') !== '-None-',
  );
  return [count(offered.length, 'option')];
}

function targetOf(wire: JsonObject): readonly string[] {
  const target =
    valueAt(wire, ['lookup', 'module', 'api_name']) ??
    valueAt(wire, ['multiselectlookup', 'connected_details', 'module', 'api_name']) ??
    valueAt(wire, ['multiselectlookup', 'connected_module']);
  return typeof target === 'string' && target !== '' ? [`to ${target}`] : [];
}
