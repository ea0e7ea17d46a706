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
export const FIELD_KEYS: Readonly<Record<string, KeyBelief>> = Object.fromEntries(
  (
    [
      // Subforms have no length, as the table of types below says.
      [TEXT, 'id api_name field_label display_label data_type json_type type created_source'],
      [always('number'), 'ui_type display_type length'],
      [always('number', 'null'), 'decimal_place'],
      [
        FLAG,
        'custom_field system_mandatory visible searchable sortable filterable read_only field_read_only ' +
          'mass_update webhook businesscard_supported virtual_field display_field separator ' +
          'pick_list_values_sorted_lexically enable_colour_code colour_code_enabled_by_system ' +
          'hipaa_compliance_enabled history_tracking_enabled',
      ],
      [always('boolean', 'null'), 'public'],
      [MAYBE_TEXT, 'created_time modified_time column_name additional_column'],
      [
        PARTS,
        'tooltip view_type operation_type email_parser unique global_picklist lookup multiselectlookup ' +
          'multi_module_lookup currency auto_number formula rollup_summary crypt external private ' +
          'hipaa_compliance history_tracking association_details associated_module convert_mapping ' +
          'display_format_properties',
      ],
      [always('object', 'string', 'null'), 'display_format'],
      [PARTS, 'parent_field range address'],
      [always('list', 'object', 'null'), 'child_fields'],
      [MANY, 'profiles customizable_properties pick_list_values'],
      [sometimes('list', 'null'), 'layout_associations'],
      [sometimes('object', 'null'), 'multiuserlookup textarea sharing_properties'],
      [sometimes('boolean'), 'blueprint_supported'],
      [sometimes('string', 'number', 'null'), 'quick_sequence_number'],
    ] as const
  ).flatMap(([belief, keys]) => keys.split(' ').map((key) => [key, belief])),
);

/** Keys that a type is believed not to have, or believed to have besides (sheet §2.3). */
const WITHOUT: Readonly<Record<string, readonly string[]>> = { subform: ['length'] };
const BESIDES: Readonly<Record<string, readonly string[]>> = { textarea: ['textarea'] };

/** Every type that GET can show (sheet §9). */
export const DATA_TYPES: readonly string[] = (
  'text textarea email phone website picklist multiselectpicklist boolean integer bigint double ' +
  'currency percent date datetime autonumber lookup userlookup multiuserlookup multiselectlookup ' +
  'fileupload imageupload formula rollup_summary subform ownerlookup profileimage multi_module_lookup ' +
  'layout territories consent address'
).split(' ');

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
