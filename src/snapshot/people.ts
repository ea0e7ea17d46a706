import { isObject, property, type Json, type JsonObject } from '../model/json.ts';

/**
 * Conditions are the one place where a field's description can name a person: "where the owner is …". They are kept only
 * where each of their values is certainly something else.
 */
export function withoutPeople(wire: JsonObject): {
  readonly kept: JsonObject;
  /** The paths that were left out. */
  readonly left: readonly string[];
} {
  let kept = wire;
  const left: string[] = [];
  for (const path of CONDITIONS) {
    const [first = '', ...rest] = path;
    const whole = property(kept, first);
    if (whole === undefined) continue;
    const conditions = rest.reduce<Json | undefined>(
      (inner, key) => (isObject(inner) ? property(inner, key) : undefined),
      whole,
    );
    if (conditions === undefined || isHarmless(conditions, 0)) continue;
    kept = { ...kept, [first]: without(whole, rest) };
    left.push(path.join('.'));
  }
  return { kept, left };
}

const CONDITIONS: readonly (readonly string[])[] = [
  ['lookup', 'query_details', 'criteria'],
  ['rollup_summary', 'expression', 'criteria'],
];

function without(value: Json, [first = '', ...rest]: readonly string[]): Json {
  if (!isObject(value)) return value;
  const { [first]: inner, ...others } = value;
  return rest.length === 0 || inner === undefined ? others : { ...value, [first]: without(inner, rest) };
}

/** Zoho's own language for conditions: a comparison, or a group of them. */
const KEYS: ReadonlySet<string> = new Set([
  'comparator',
  'field',
  'value',
  'group',
  'group_operator',
  'type',
]);

/** Deeper than any screen lets people nest conditions. */
const MOST_LEVELS = 20;

/** True for conditions of a known shape that compare fields which hold no person with values that are none. */
function isHarmless(conditions: Json, level: number): boolean {
  if (conditions === null) return true;
  if (!isObject(conditions) || level > MOST_LEVELS) return false;
  const group = property(conditions, 'group') ?? [];
  return (
    Object.keys(conditions).every((key) => KEYS.has(key)) &&
    Array.isArray(group) &&
    group.every((one: Json) => isHarmless(one, level + 1)) &&
    isPlainField(property(conditions, 'field') ?? null) &&
    isPlainValue(property(conditions, 'value') ?? null) &&
    ['comparator', 'group_operator', 'type'].every(
      (key) => typeof (property(conditions, key) ?? '') === 'string',
    )
  );
}

/** Fields that hold a user are named so by Zoho itself; of others the value decides. */
function isPlainField(field: Json): boolean {
  if (field === null) return true;
  if (!isObject(field)) return false;
  const name = property(field, 'api_name');
  return (
    typeof name === 'string' &&
    !/owner|user|created_by|modified_by|person|contact|e-?mail|name/iu.test(name) &&
    Object.entries(field).every(
      ([key, value]) => key === 'api_name' || (key === 'id' && typeof value === 'string'),
    )
  );
}

function isPlainValue(value: Json): boolean {
  if (Array.isArray(value)) return value.every((item: Json) => !Array.isArray(item) && isPlainValue(item));
  if (isObject(value)) return false;
  // An id of a record may be that of a user, and an address mostly is a person's.
  return typeof value !== 'string' || !/@|^\d{15,}$/u.test(value);
}
