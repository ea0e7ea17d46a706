import { property, type Json, type JsonObject } from '../model/json.ts';

/** Kinds of JSON values. */
export const KINDS = ['null', 'boolean', 'number', 'string', 'list', 'object'] as const;
type Kind = (typeof KINDS)[number];

/** What is believed of a key of a field: the kinds of its values, and whether every field has it. */
interface KeyBelief {
  readonly kinds: readonly Kind[];
  readonly always: boolean;
}

const always = (...kinds: readonly Kind[]): KeyBelief => ({ kinds, always: true });
const sometimes = (...kinds: readonly Kind[]): KeyBelief => ({ kinds, always: false });

const TEXT = always('string');
const FLAG = always('boolean');
const MAYBE_TEXT = always('string', 'null');
/** Empty ones are `{}` or null, both are believed (sheet §2.3). */
const PARTS = always('object', 'null');
const MANY = always('list', 'null');

/** Sheet §2.3: the keys of a field in v8. Only these are ever named in a profile. */
export const FIELD_KEYS: Readonly<Record<string, KeyBelief>> = {
  id: TEXT,
  api_name: TEXT,
  field_label: TEXT,
  display_label: TEXT,
  data_type: TEXT,
  json_type: TEXT,
  type: TEXT,
  created_source: TEXT,
  ui_type: always('number'),
  display_type: always('number'),
  // Not on subforms, of which the table of types below says more.
  length: always('number'),
  decimal_place: always('number', 'null'),
  custom_field: FLAG,
  system_mandatory: FLAG,
  visible: FLAG,
  searchable: FLAG,
  sortable: FLAG,
  filterable: FLAG,
  read_only: FLAG,
  field_read_only: FLAG,
  mass_update: FLAG,
  webhook: FLAG,
  businesscard_supported: FLAG,
  virtual_field: FLAG,
  display_field: FLAG,
  separator: FLAG,
  pick_list_values_sorted_lexically: FLAG,
  enable_colour_code: FLAG,
  colour_code_enabled_by_system: FLAG,
  hipaa_compliance_enabled: FLAG,
  history_tracking_enabled: FLAG,
  public: always('boolean', 'null'),
  created_time: MAYBE_TEXT,
  modified_time: MAYBE_TEXT,
  column_name: MAYBE_TEXT,
  additional_column: MAYBE_TEXT,
  tooltip: PARTS,
  view_type: PARTS,
  operation_type: PARTS,
  email_parser: PARTS,
  unique: PARTS,
  global_picklist: PARTS,
  lookup: PARTS,
  multiselectlookup: PARTS,
  multi_module_lookup: PARTS,
  currency: PARTS,
  auto_number: PARTS,
  formula: PARTS,
  rollup_summary: PARTS,
  crypt: PARTS,
  external: PARTS,
  private: PARTS,
  hipaa_compliance: PARTS,
  history_tracking: PARTS,
  association_details: PARTS,
  associated_module: PARTS,
  convert_mapping: PARTS,
  display_format_properties: PARTS,
  display_format: always('object', 'string', 'null'),
  parent_field: PARTS,
  range: PARTS,
  address: PARTS,
  child_fields: always('list', 'object', 'null'),
  profiles: MANY,
  customizable_properties: MANY,
  pick_list_values: MANY,
  layout_associations: sometimes('list', 'null'),
  multiuserlookup: sometimes('object', 'null'),
  textarea: sometimes('object', 'null'),
  sharing_properties: sometimes('object', 'null'),
  blueprint_supported: sometimes('boolean'),
  quick_sequence_number: sometimes('string', 'number', 'null'),
};

/** Keys that a type is believed not to have, or believed to have besides (sheet §2.3). */
const WITHOUT: Readonly<Record<string, readonly string[]>> = { subform: ['length'] };
const BESIDES: Readonly<Record<string, readonly string[]>> = { textarea: ['textarea'] };

/** Every type that GET can show (sheet §9). */
export const DATA_TYPES: readonly string[] = [
  'text',
  'textarea',
  'email',
  'phone',
  'website',
  'picklist',
  'multiselectpicklist',
  'boolean',
  'integer',
  'bigint',
  'double',
  'currency',
  'percent',
  'date',
  'datetime',
  'autonumber',
  'lookup',
  'userlookup',
  'multiuserlookup',
  'multiselectlookup',
  'fileupload',
  'imageupload',
  'formula',
  'rollup_summary',
  'subform',
  'ownerlookup',
  'profileimage',
  'multi_module_lookup',
  'layout',
  'territories',
  'consent',
  'address',
];

/**
 * What is odd about the keys of a type, held against the sheet: `-key` where none of its fields has it, `key:kind` for a
 * kind of value that is not believed, `+n` for keys that the sheet does not name. They are counted only, as nobody knows
 * who named them.
 * @param fields all of one type, at least one.
 */
export function oddKeys(type: string, fields: readonly JsonObject[]): readonly string[] {
  const without = WITHOUT[type] ?? [];
  const odd: string[] = [];
  for (const [key, belief] of Object.entries(FIELD_KEYS)) {
    const values = fields.map((field) => property(field, key)).filter((value) => value !== undefined);
    const isDue = (belief.always || BESIDES[type]?.includes(key) === true) && !without.includes(key);
    if (values.length === 0 && isDue) odd.push(`-${key}`);
    const kinds = new Set(values.map((value) => kindOf(value)));
    for (const kind of KINDS) if (kinds.has(kind) && !belief.kinds.includes(kind)) odd.push(`${key}:${kind}`);
  }
  const known = (key: string): boolean => Object.hasOwn(FIELD_KEYS, key);
  const more = new Set(fields.flatMap((field) => Object.keys(field)).filter((key) => !known(key))).size;
  return [...odd, ...(more === 0 ? [] : [`+${Math.min(more, 999)}`])];
}

function kindOf(value: Json): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  const kind = typeof value;
  return kind === 'boolean' || kind === 'number' || kind === 'string' ? kind : 'object';
}
