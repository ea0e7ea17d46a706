import { isList, isObject, type Json, given, textOf, type JsonObject } from '../json.ts';
import {
  at,
  mandatoryNotFound,
  unsupportedValue,
  wrongType,
  type Place,
  type Problem,
  dependentMissing,
  invalidData,
} from './problem.ts';
import type { Switches } from '../switches.ts';
import { dataType, knowsKey, type DataType } from './data-types.ts';

/** The JSON types of a body, and which keys must be there: what Zoho judges before it looks at values (sheet §3.7). */
export interface Shape {
  readonly type: 'string' | 'integer' | 'boolean' | 'jsonobject' | 'jsonarray' | 'any';
  /** `undefined` for a key that may be missing. */
  readonly keys?: Readonly<Record<string, Shape>>;
  readonly needed?: readonly string[];
  readonly items?: Shape;
  /** What a value may be; judged item by item, after the structure of all items. */
  readonly values?: readonly (string | boolean)[];
}

const text: Shape = { type: 'string' };
const integer: Shape = { type: 'integer' };
const flag: Shape = { type: 'boolean' };
const any: Shape = { type: 'any' };
const oneOf = (...values: readonly string[]): Shape => ({ type: 'string', values });
const object = (keys: Readonly<Record<string, Shape>>, ...needed: readonly string[]): Shape => ({
  type: 'jsonobject',
  keys,
  needed,
});
const list = (items: Shape): Shape => ({ type: 'jsonarray', items });

const option = object(
  { display_value: text, actual_value: text, reference_value: text, colour_code: text, id: text },
  'display_value',
  'actual_value',
);

const lookup = object(
  {
    module: object({ api_name: text, id: text }, 'api_name'),
    display_label: text,
    revalidate_filter_during_edit: flag,
    query_details: { type: 'jsonobject' },
  },
  'module',
  'display_label',
);

const links = object(
  {
    connected_details: object(
      { module: object({ api_name: text }, 'api_name'), field: object({ field_label: text }, 'field_label') },
      'module',
      'field',
    ),
    linking_details: object({ module: object({ plural_label: text }) }),
  },
  'connected_details',
);

const formula = object(
  {
    expression: text,
    return_type: oneOf('double', 'currency', 'text', 'date', 'datetime', 'boolean'),
    sub_return_type: oneOf('small', 'medium', 'large'),
    dynamic: flag,
    stop_compute_conditionally: flag,
    stop_compute_expression: text,
  },
  'expression',
);

const rollup = object(
  {
    return_type: oneOf('currency', 'double', 'integer'),
    expression: object(
      {
        function: oneOf('SUM', 'COUNT', 'AVG', 'MIN', 'MAX'),
        function_parameters: list(object({ api_name: text }, 'api_name')),
        criteria: any,
      },
      'function',
    ),
    based_on_module: object({ api_name: text }, 'api_name'),
    related_list: object({ api_name: text }, 'api_name'),
  },
  'return_type',
  'expression',
  'based_on_module',
  'related_list',
);

/** Every key of sheet §3.3 and §3.4, whatever the type; which of them a type takes is another matter. */
export const FIELD_KEYS: Readonly<Record<string, Shape>> = {
  field_label: text,
  data_type: text,
  api_name: text,
  length: integer,
  tooltip: object({ name: oneOf('info_icon', 'static_text'), value: text }, 'name', 'value'),
  profiles: list(
    object(
      { id: text, permission_type: oneOf('read_write', 'read_only', 'hidden') },
      'id',
      'permission_type',
    ),
  ),
  filterable: flag,
  unique: object({ case_sensitive: { type: 'any', values: [false] } }),
  crypt: object({ mode: oneOf('encryption', 'decryption') }, 'mode'),
  encrypt_case: oneOf('uppercase', 'lowercase'),
  external: object({ type: oneOf('user', 'org', 'external_lookup'), show: flag }, 'type'),
  hipaa_compliance_enabled: flag,
  private: object({ type: oneOf('Low', 'High') }, 'type'),
  association_details: object({ related_field: object({}), lookup_field: object({}) }),
  textarea: object({ type: oneOf('small', 'large', 'rich_text') }, 'type'),
  separator: flag,
  number_separator: flag,
  decimal_place: integer,
  currency: object(
    { rounding_option: oneOf('normal', 'round_off', 'round_up', 'round_down'), precision: any },
    'rounding_option',
  ),
  pick_list_values: list(option),
  global_picklist: object({ id: text }, 'id'),
  pick_list_values_sorted_lexically: flag,
  enable_colour_code: flag,
  enable_record_state: flag,
  history_tracking_enabled: flag,
  history_tracking: { type: 'jsonobject' },
  auto_number: object({ start_number: any, prefix: text, suffix: text }, 'start_number'),
  _update_existing_records: flag,
  lookup,
  sharing_properties: object({
    share_preference_enabled: flag,
    share_permission: oneOf('full-access', 'read-write', 'read-only'),
  }),
  multiselectlookup: links,
  formula,
  rollup_summary: rollup,
};

/** A user lookup's `lookup` only carries a filter (sheet §3.4). */
const USER_LOOKUP: Shape = object({ query_details: { type: 'jsonobject' } });

/** The first structural mistake inside a value: a missing key or a JSON type. */
export function structureProblem(value: Json, shape: Shape, place: Place): Problem | undefined {
  if (!hasType(value, shape.type)) return wrongType(place, shape.type);
  if (isObject(value)) {
    const missing = (shape.needed ?? []).find((key) => (value[key] ?? null) === null);
    if (missing !== undefined) return mandatoryNotFound(at(place.json_path, missing));
  }
  return firstInside(value, shape, place, structureProblem);
}

/** The first value inside a structurally sound value that is not among those allowed. */
export function valueProblem(value: Json, shape: Shape, place: Place): Problem | undefined {
  const { values } = shape;
  if (values !== undefined && !values.some((allowed) => allowed === value))
    return unsupportedValue(place, values);
  return firstInside(value, shape, place, valueProblem);
}

/** `null` is Zoho's own way of writing nothing, so it is let through everywhere but where a key must be. */
function firstInside(
  value: Json,
  shape: Shape,
  place: Place,
  check: typeof valueProblem,
): Problem | undefined {
  if (isList(value) && shape.items !== undefined) {
    for (const [index, item] of value.entries()) {
      const inside: Place = { api_name: place.api_name, json_path: `${place.json_path}[${index}]` };
      const found = check(item, shape.items, inside);
      if (found !== undefined) return found;
    }
  }
  for (const [key, inner] of Object.entries(shape.keys ?? {})) {
    const part = isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
    const found = part === null ? undefined : check(part, inner, at(place.json_path, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasType(value: Json, type: Shape['type']): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'integer':
      return Number.isSafeInteger(value);
    case 'jsonobject':
      return isObject(value);
    case 'jsonarray':
      return isList(value);
  }
}

/** Step 9 of the checks: what is wrong with an item of a create body before any value is looked at. */
export function createStructure(item: Json, path: string, switches: Switches): Problem | undefined {
  if (!isObject(item)) return wrongType({ api_name: 'fields', json_path: path }, 'jsonobject');
  const missing = ['field_label', 'data_type'].find((key) => given(item, key) === undefined);
  if (missing !== undefined) return mandatoryNotFound(at(path, missing));
  const type = dataType(textOf(item, 'data_type') ?? '');
  return (
    unknownKey(item, path, { switches, type }) ??
    keyStructure(item, path, type) ??
    neededKey(item, path, type)
  );
}

/** The shape of a key for this type; `undefined` for keys that Zoho silently ignores. */
export function shapeOfKey(key: string, typeName: string): Shape | undefined {
  if (key === 'lookup' && typeName === 'userlookup') return USER_LOOKUP;
  const type = dataType(typeName);
  const ignored = type !== undefined && !JUDGED_ALWAYS.includes(key) && !knowsKey(type, key);
  return ignored || !Object.hasOwn(FIELD_KEYS, key) ? undefined : FIELD_KEYS[key];
}

/** Keys that a type may lack and that are then refused, not ignored (sheet §3.4, §5.2). */
const JUDGED_ALWAYS = ['unique', 'crypt'];

function unknownKey(
  item: JsonObject,
  path: string,
  { switches, type }: { readonly switches: Switches; readonly type: DataType | undefined },
): Problem | undefined {
  const isUnknown = (key: string): boolean => {
    if (key === 'api_name') return switches.apiNameInBody === 'reject';
    if (switches.unknownKeys === 'ignore' || JUDGED_ALWAYS.includes(key)) return false;
    return type === undefined ? !Object.hasOwn(FIELD_KEYS, key) : !knowsKey(type, key);
  };
  const found = Object.keys(item).find(isUnknown);
  return found === undefined ? undefined : invalidData(at(path, found));
}

function keyStructure(item: JsonObject, path: string, type: DataType | undefined): Problem | undefined {
  const typeName = textOf(item, 'data_type') ?? '';
  for (const [key, value] of Object.entries(item)) {
    const shape = type === undefined ? IDENTITY.get(key) : shapeOfKey(key, typeName);
    const found =
      shape === undefined || value === null ? undefined : structureProblem(value, shape, at(path, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of an unknown type only these can be judged. */
const IDENTITY: ReadonlyMap<string, Shape> = new Map([
  ['field_label', { type: 'string' }],
  ['data_type', { type: 'string' }],
  ['api_name', { type: 'string' }],
]);

function neededKey(item: JsonObject, path: string, type: DataType | undefined): Problem | undefined {
  if (type?.needs === undefined || given(item, type.needs) !== undefined) return undefined;
  return dependentMissing(at(path, type.needs), at(path, 'data_type'));
}
