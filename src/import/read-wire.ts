import { isObject, property, type Json, type JsonObject } from '../model/json.ts';

/**
 * Careful looks into what Zoho sent: an organisation may hold keys of any shape, and `null` where sheet §2.3 has an
 * object. What is not of the expected kind counts as not there.
 */

/** The value at a path, or `undefined` where the way there ends. */
export function valueAt(wire: JsonObject, ...path: readonly string[]): Json | undefined {
  let here: Json | undefined = wire;
  for (const key of path) here = isObject(here) ? property(here, key) : undefined;
  return here;
}

/** A text that says something. */
export function textAt(wire: JsonObject, ...path: readonly string[]): string | undefined {
  const value = valueAt(wire, ...path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number. */
export function wholeAt(wire: JsonObject, ...path: readonly string[]): number | undefined {
  const value = valueAt(wire, ...path);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

export function objectAt(wire: JsonObject, ...path: readonly string[]): JsonObject | undefined {
  const value = valueAt(wire, ...path);
  return value !== undefined && isObject(value) ? value : undefined;
}

/** The objects of a list; whatever else is in it is passed over. */
export function listAt(wire: JsonObject, ...path: readonly string[]): readonly JsonObject[] {
  const value = valueAt(wire, ...path);
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** An object of those entries that have a value; `undefined` where none has. */
export function filled(entries: Readonly<Record<string, Json | undefined>>): JsonObject | undefined {
  const kept = Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as JsonObject);
}

/** `true` where Zoho says so, nothing otherwise: for switches whose default is off. */
export function onlyTrue(value: Json | undefined): true | undefined {
  return value === true ? true : undefined;
}

/** `false` where Zoho says so, nothing otherwise: for switches whose default is on. */
export function onlyFalse(value: Json | undefined): false | undefined {
  return value === false ? false : undefined;
}
