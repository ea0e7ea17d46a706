import { isObject, property, type Json, type JsonObject } from '../model/json.ts';

/**
 * The shorthands of contract §2, written out in the shapes of Zoho's create body (sheet §3.3, §3.4).
 *
 * Every other part of the tool sees only the long form. A value in no expected shape is left as it is: the schema has
 * reported it, and the rules look past it.
 */

type Expand = (value: Json) => Json;

/** Wraps a text in the object that Zoho wants; leaves objects alone. */
const wrap =
  (build: (text: string) => JsonObject): Expand =>
  (value) =>
    typeof value === 'string' ? build(value) : value;

function expandOption(option: Json): Json {
  if (typeof option === 'string') return { display_value: option, actual_value: option };
  if (!isObject(option)) return option;
  const display = property(option, 'display_value');
  if (display === undefined) return option;
  const { display_value: _display, actual_value: _actual, ...others } = option;
  return { display_value: display, actual_value: property(option, 'actual_value') ?? display, ...others };
}

function expandProfiles(profiles: Json): Json {
  if (!isObject(profiles)) return profiles;
  return Object.entries(profiles).map(([name, permission_type]) => ({ name, permission_type }));
}

/** Zoho's page and its answers have a number here; only what no number can hold stays a text (sheet §3.4). */
function expandAutoNumber(autoNumber: Json): Json {
  if (!isObject(autoNumber)) return autoNumber;
  const start = property(autoNumber, 'start_number');
  const isPlain = typeof start === 'string' && /^(0|[1-9][0-9]*)$/u.test(start);
  return isPlain && Number.isSafeInteger(Number(start))
    ? { ...autoNumber, start_number: Number(start) }
    : autoNumber;
}

const expansions: Readonly<Record<string, Expand>> = {
  tooltip: wrap((value) => ({ name: 'info_icon', value })),
  pick_list_values: (values) => (Array.isArray(values) ? values.map(expandOption) : values),
  lookup: wrap((api_name) => ({ module: { api_name } })),
  unique: (value) => (value === true ? { case_sensitive: false } : value),
  currency: wrap((rounding_option) => ({ rounding_option })),
  textarea: wrap((type) => ({ type })),
  global_picklist: wrap((api_name) => ({ api_name })),
  profiles: expandProfiles,
  auto_number: expandAutoNumber,
};

/**
 * Zoho's OpenAPI file has these keys beside the object that its page puts them into (sheet §3.4). Both spellings mean
 * the same; the page's is kept.
 */
export const moved: Readonly<Record<string, string>> = {
  display_label: 'lookup',
  rounding_option: 'currency',
  precision: 'currency',
};

/** Parsed mappings have no prototype; what leaves this folder are ordinary objects. */
function ordinary(value: Json): Json {
  if (Array.isArray(value)) return value.map(ordinary);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, ordinary(item)]));
}

/** A field with all its shorthands written out; keys keep their order. */
export function expandShorthands(field: JsonObject): JsonObject {
  const expanded = new Map<string, Json>();
  for (const [key, value] of Object.entries(field)) {
    const expand = property(expansions, key);
    expanded.set(key, ordinary(expand ? expand(value) : value));
  }
  for (const [key, home] of Object.entries(moved)) {
    const value = expanded.get(key);
    const target = expanded.get(home) ?? {};
    if (value === undefined || !isObject(target)) continue;
    expanded.delete(key);
    expanded.set(home, { [key]: value, ...target });
  }
  return Object.fromEntries(expanded);
}
