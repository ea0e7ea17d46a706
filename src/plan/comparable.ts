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
 * The part of a live field that has the shape that Zoho documents (sheet §2.3).
 * @returns the keys that have another shape apart: what is in them, nobody knows.
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

/** How much of a value counts: a scalar, all of it, some keys, every key alike, or each item of a list. */
type Shape = 'scalar' | 'all' | Keys | { readonly each: Shape } | readonly [Shape];
type Keys = { readonly keys: Readonly<Record<string, Shape>> };

function keys(shapes: Readonly<Record<string, Shape>>): Keys {
  return { keys: shapes };
}

function scalars(...names: readonly string[]): Keys {
  return keys(Object.fromEntries(names.map((name) => [name, 'scalar'])));
}

const REFERENCE = scalars('api_name', 'id');

/** The keys of GET (sheet §2.3) that a manifest can declare, and those that a verdict rests on besides. */
const COMPARABLE = keys({
  ...scalars(
    // Tells whether the journal can mean this field.
    'created_time',
    'length',
    'decimal_place',
    'separator',
    'pick_list_values_sorted_lexically',
    'enable_colour_code',
    'history_tracking_enabled',
    'filterable',
    'hipaa_compliance_enabled',
  ).keys,
  tooltip: scalars('name', 'value'),
  textarea: scalars('type'),
  currency: scalars('rounding_option', 'precision'),
  auto_number: scalars('start_number', 'prefix', 'suffix'),
  formula: scalars('return_type', 'sub_return_type', 'dynamic', 'stop_compute_conditionally'),
  rollup_summary: keys({
    return_type: 'scalar',
    expression: keys({
      function: 'scalar',
      function_parameters: [REFERENCE],
      criteria: 'all',
    }),
    based_on_module: REFERENCE,
    related_list: REFERENCE,
  }),
  unique: scalars('case_sensitive', 'casesensitive'),
  crypt: scalars('mode', 'encrypt_case'),
  external: scalars('type', 'show'),
  private: scalars('type'),
  lookup: keys({
    module: REFERENCE,
    ...scalars('display_label', 'revalidate_filter_during_edit').keys,
    query_details: keys({ criteria: 'all' }),
  }),
  multiselectlookup: keys({
    connected_details: keys({ module: REFERENCE, field: scalars('field_label') }),
    connected_module: 'scalar',
  }),
  sharing_properties: scalars('share_preference_enabled', 'share_permission'),
  association_details: keys({ lookup_field: REFERENCE, related_field: REFERENCE }),
  history_tracking: keys({
    ...scalars('related_list_name', 'duration_configuration').keys,
    followed_fields: [REFERENCE],
  }),
  global_picklist: REFERENCE,
  pick_list_values: [scalars('display_value', 'actual_value', 'reference_value', 'colour_code', 'type')],
  profiles: [scalars('name', 'id', 'permission_type')],
  // Where new fields appear, and where a lead's conversion takes this one.
  layout_associations: [scalars('api_name', 'name', 'id')],
  convert_mapping: { each: scalars('api_name') },
});

/**
 * The part of a value that a shape names, in the shape's order.
 * @param otherwise what to make of a list or an object that stands where the shape has something else.
 */
function partOf(value: Json, shape: Shape, otherwise: (value: Json) => Json): Json {
  if (shape === 'all') return value;
  if (Array.isArray(value)) {
    return isList(shape) ? value.map((item: Json) => partOf(item, shape[0], otherwise)) : otherwise(value);
  }
  // What is no object has no keys to choose from; `null` is an answer.
  if (!isObject(value)) return value;
  if (shape === 'scalar' || isList(shape)) return otherwise(value);
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

/** An empty object is Zoho's word for "none" (sheet §2.3); one that only says what no plan asks about is not empty. */
const SOMETHING: JsonObject = { other: true };

function isList(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
