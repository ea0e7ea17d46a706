import type { Json } from '../../src/model/json.ts';

/** Every way into a value. */
export function pathsOf(
  value: Json,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [
    path,
    ...(entries as [string | number, Json][]).flatMap(([key, one]) => pathsOf(one, [...path, key])),
  ];
}

/** The value with another one at the end of a path. */
export function replaced(value: Json, [first, ...rest]: readonly (string | number)[], by: Json): Json {
  if (first === undefined) return by;
  if (Array.isArray(value))
    return value.map((one: Json, index) => (index === first ? replaced(one, rest, by) : one));
  const object = value as Record<string, Json>;
  return { ...object, [first]: replaced(object[first] ?? null, rest, by) };
}
