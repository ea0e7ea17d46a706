/** Any value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object as it travels; never changed in place. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The value that a text is the JSON of; `undefined` where it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** True for `{…}`; false for arrays, `null` and scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for `[…]`; unlike `Array.isArray` it keeps the element type. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The object's own value, with `null` read as "not there": Zoho writes both for empty. */
export function given(object: Json | undefined, key: string): Json | undefined {
  if (!isObject(object) || !Object.hasOwn(object, key)) return undefined;
  return object[key] ?? undefined;
}

/** The own string under `key`, if it is one. */
export function textOf(object: Json | undefined, key: string): string | undefined {
  const value = given(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** The own number under `key`, if it is one. */
export function numberOf(object: Json | undefined, key: string): number | undefined {
  const value = given(object, key);
  return typeof value === 'number' ? value : undefined;
}

/** Follows own keys into an object; `undefined` as soon as one is missing. */
export function dig(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((inner, key) => given(inner, key), value);
}

/** A scalar as text, anything else as JSON; `undefined` is empty. */
export function asText(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Characters as people count them, not UTF-16 units. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}
