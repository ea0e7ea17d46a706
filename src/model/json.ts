/** Any value that JSON can hold; what Zoho sends and what a manifest declares. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object. Read its keys with {@link property}, never through the prototype. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for `{…}`; false for arrays, `null` and scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own value of an object, or of a table, under `key`; `undefined` where there is none, also for `__proto__`. */
export function property<Value>(object: { readonly [key: string]: Value }, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** What is found below `value` by keys of objects and indexes of lists; `undefined` where the way ends. */
export function valueAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, step) => {
    if (typeof step === 'number') return Array.isArray(inner) ? (inner as readonly Json[])[step] : undefined;
    return isObject(inner) ? property(inner, step) : undefined;
  }, value);
}

/** A value as text: strings as they are, the rest as JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** The keys that have a value: what is not known is absent from an object, and never `undefined` in it. */
export function given<Parts extends object>(
  parts: Parts,
): { readonly [Key in keyof Parts]?: Exclude<Parts[Key], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as Parts;
}

/** Orders texts by code unit, so that no locale changes the order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** JSON with sorted keys: the same value always gives the same text. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonicalJson(item)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}
