import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';

/**
 * The only part of a live field that a plan ever looks at.
 *
 * Everything else that GET shows (who made the field, where it is displayed, …) is cut off before anything is compared.
 * So a snapshot that keeps this part gives the same plan, and holds nothing that a plan has no use for.
 */
export function comparable(field: LiveField): LiveField {
  const part = partOf(field.wire, COMPARABLE, (value) => value);
  return { ...field, wire: isObject(part) ? part : {} };
}

/**
 * The part of a live field whose values are of the kinds that Zoho documents (sheet §2.3).
 * @returns the keys that hold something else apart: what it means, nobody knows.
 */
export function documented(wire: JsonObject): {
  readonly part: JsonObject;
  readonly strange: readonly string[];
} {
  const strange: string[] = [];
  const part = Object.entries(COMPARABLE.keys).flatMap(([key, shape]) => {
    const value = property(wire, key);
    if (value === undefined) return [];
    let isStrange = false;
    const kept = partOf(value, shape, () => {
      isStrange = true;
      return null;
    });
    if (isStrange) strange.push(key);
    return isStrange ? [] : [[key, kept] as const];
  });
  return { part: Object.fromEntries(part), strange };
}

/** What a value is, and how much of it counts: a scalar, some keys, every key alike, or each item of a list. */
type Shape = Scalar | Keys | { readonly each: Shape } | readonly [Shape];
/** `conditions` are Zoho's own language, kept whole; `name` is a text where older answers have one, and else an object with it. */
type Scalar = 'text' | 'number' | 'flag' | 'conditions' | 'name';
type Keys = { readonly keys: Readonly<Record<string, Shape>> };

function keys(shapes: Readonly<Record<string, Shape>>): Keys {
  return { keys: shapes };
}

const texts = (...names: readonly string[]): Keys =>
  keys(Object.fromEntries(names.map((name) => [name, 'text'])));

const REFERENCE = texts('api_name', 'id');

/** The keys of GET (sheet §2.3) that a manifest can declare, and those that a verdict rests on besides. */
const COMPARABLE = keys({
  // Tells whether the journal can mean this field.
  created_time: 'text',
  length: 'number',
  decimal_place: 'number',
  separator: 'flag',
  pick_list_values_sorted_lexically: 'flag',
  enable_colour_code: 'flag',
  history_tracking_enabled: 'flag',
  filterable: 'flag',
  hipaa_compliance_enabled: 'flag',
  tooltip: texts('name', 'value'),
  textarea: texts('type'),
  currency: keys({ rounding_option: 'text', precision: 'number' }),
  auto_number: keys({ start_number: 'number', prefix: 'text', suffix: 'text' }),
  formula: keys({
    return_type: 'text',
    sub_return_type: 'text',
    dynamic: 'flag',
    stop_compute_conditionally: 'flag',
  }),
  rollup_summary: keys({
    return_type: 'text',
    expression: keys({
      function: 'text',
      function_parameters: [REFERENCE],
      criteria: 'conditions',
    }),
    based_on_module: REFERENCE,
    related_list: REFERENCE,
  }),
  unique: keys({ case_sensitive: 'flag', casesensitive: 'flag' }),
  crypt: keys({ mode: 'text', encrypt_case: 'text' }),
  external: keys({ type: 'text', show: 'flag' }),
  private: texts('type'),
  lookup: keys({
    module: REFERENCE,
    display_label: 'text',
    revalidate_filter_during_edit: 'flag',
    query_details: keys({ criteria: 'conditions' }),
  }),
  multiselectlookup: keys({
    connected_details: keys({ module: REFERENCE, field: texts('field_label') }),
    connected_module: 'text',
  }),
  sharing_properties: keys({ share_preference_enabled: 'flag', share_permission: 'text' }),
  association_details: keys({ lookup_field: REFERENCE, related_field: REFERENCE }),
  history_tracking: keys({
    related_list_name: 'text',
    duration_configuration: 'text',
    followed_fields: [REFERENCE],
  }),
  global_picklist: REFERENCE,
  pick_list_values: [texts('display_value', 'actual_value', 'reference_value', 'colour_code', 'type')],
  profiles: [texts('name', 'id', 'permission_type')],
  // Where new fields appear, and where a lead's conversion takes this one.
  layout_associations: [texts('api_name', 'name', 'id')],
  convert_mapping: { each: 'name' },
});

/**
 * The part of a value that a shape names, in the shape's order.
 * @param otherwise what to make of a value that is of another kind than the shape says.
 */
function partOf(value: Json, shape: Shape, otherwise: (value: Json) => Json): Json {
  // Zoho's word for "none", whatever could stand there (sheet §2.3).
  if (value === null) return value;
  if (shape === 'name') return partOf(value, isObject(value) ? NAMED : 'text', otherwise);
  if (typeof shape === 'string') return IS[shape](value) ? value : otherwise(value);
  if (isList(shape)) {
    if (!Array.isArray(value)) return otherwise(value);
    return value.map((item: Json) => (item === null ? otherwise(item) : partOf(item, shape[0], otherwise)));
  }
  if (!isObject(value)) return otherwise(value);
  const part = 'each' in shape ? everyKey(value, shape.each, otherwise) : someKeys(value, shape, otherwise);
  return Object.keys(part).length === 0 && Object.keys(value).length > 0 ? SOMETHING : part;
}

function everyKey(value: JsonObject, of: Shape, otherwise: (value: Json) => Json): JsonObject {
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, partOf(value[name] ?? null, of, otherwise)]));
}

/** A module may have thousands of fields: nothing is made on the way. */
function someKeys(value: JsonObject, { keys: shapes }: Keys, otherwise: (value: Json) => Json): JsonObject {
  const part: Record<string, Json> = {};
  for (const name of Object.keys(shapes)) {
    const inner = property(value, name);
    const of = shapes[name];
    if (inner !== undefined && of !== undefined) part[name] = partOf(inner, of, otherwise);
  }
  return part;
}

const NAMED = texts('api_name');

/** Zoho is not consistent about numbers and strings of digits, nor about how it writes a flag (sheet §2.3). */
const IS: Readonly<Record<Exclude<Scalar, 'name'>, (value: Json) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/u.test(value)),
  flag: (value) => typeof value === 'boolean' || value === 'true' || value === 'false',
  conditions: isObject,
};

/** An empty object is Zoho's word for "none" (sheet §2.3); one that only says what no plan asks about is not empty. */
const SOMETHING: JsonObject = { other: true };

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
