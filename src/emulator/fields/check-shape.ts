import { isList, isObject, type Json, given, textOf, type JsonObject } from '../json.ts';
import { type Shape, FIELD_KEYS, USER_LOOKUP } from './body-shape.ts';
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
