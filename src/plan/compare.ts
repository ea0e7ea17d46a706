import { isObject, property, valueAt, type Json, type JsonObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import type { DesiredField } from '../model/manifest.ts';
import type { Difference } from '../model/plan.ts';
import { compareOptionValues, agrees } from './option-values.ts';

/**
 * Every declared key whose live value is another one, in the order of the manifest.
 *
 * Both sides are brought to one form first ({@link liveValue}), so that this stays a dull loop.
 */
export function compareField(desired: DesiredField, live: LiveField): readonly Difference[] {
  const found: Difference[] = [];
  if (desired.data_type !== live.data_type) {
    found.push({ key: 'data_type', want: desired.data_type, live: live.data_type, permanent: true });
  }
  if (desired.field_label !== undefined && !hasLabel(live, desired.field_label)) {
    found.push({ key: 'field_label', want: desired.field_label, live: live.field_label, permanent: false });
  }
  for (const [key, declared] of Object.entries(desired.declared)) {
    const difference = compareKey(key, declared, live.wire);
    if (difference !== undefined) found.push(difference);
  }
  return found;
}

function compareKey(key: string, declared: Json, wire: JsonObject): Difference | undefined {
  if (key === 'pick_list_values') return compareOptions(declared, wire);
  const want = wantedValue(key, declared);
  const live = liveValue(key, want, wire);
  if (live === undefined || agrees(want, live)) return undefined;
  return { key, want, live: shown(want, live), permanent: isPermanent(key, want, live) };
}

function compareOptions(declared: Json, wire: JsonObject): Difference | undefined {
  const options = property(wire, 'pick_list_values');
  if (options === undefined) return undefined;
  const { want, live, agree } = compareOptionValues(declared, options);
  if (agree) return undefined;
  const list = globalListOf(wire);
  // The list's options beside the declared ones would say nothing about why they are others.
  return list === undefined
    ? { key: 'pick_list_values', want, live, permanent: false }
    : { key: FROM_GLOBAL_LIST, want: null, live: list, permanent: false };
}

/** Zoho answers in the language of the token's user beside the untranslated label (sheet §2.2): either will do. */
function hasLabel(live: LiveField, label: string): boolean {
  const wish = label.trim();
  return live.field_label.trim() === wish || live.display_label.trim() === wish;
}

/** Of a live object only what was declared is of interest; the rest would bury the difference. */
function shown(want: Json, live: Json): Json {
  if (!isObject(want) || !isObject(live)) return live;
  return Object.fromEntries(
    Object.entries(want).flatMap(([key, value]) => {
      const other = property(live, key);
      return other === undefined ? [] : [[key, shown(value, other)]];
    }),
  );
}

/** What nobody can change once the field exists (sheet §4.1), as paths below the declared key. */
const PERMANENT: Readonly<Record<string, readonly string[]>> = {
  external: [],
  formula: ['return_type'],
  lookup: ['module'],
  multiselectlookup: ['connected_details', 'module'],
  textarea: ['type'],
};

/** The declared keys of a field that are choices for ever, besides its type and its API name. */
export function permanentKeys(field: DesiredField): readonly string[] {
  return Object.keys(field.declared).filter((key) => Object.hasOwn(PERMANENT, key));
}

/** True where `want` asks for a choice that nobody can make differently any more. */
export function isPermanent(key: string, want: Json, live: Json): boolean {
  const path = property(PERMANENT, key);
  if (path === undefined) return false;
  const wanted = valueAt(want, path);
  return wanted !== undefined && !agrees(wanted, valueAt(live, path) ?? null);
}

/**
 * The one normal form: a live value brought to the shape in which a manifest declares the same key.
 *
 * `undefined` means that GET does not tell, so there is nothing to compare.
 */
export function liveValue(key: string, want: Json, wire: JsonObject): Json | undefined {
  if (Object.hasOwn(NOT_COMPARED, key)) return undefined;
  const read = property(READERS, key);
  return read === undefined ? property(wire, key) : read(wire, want);
}

/** A declared value brought to the form in which it is compared and shown. */
function wantedValue(key: string, want: Json): Json {
  if (key === 'global_picklist' && isObject(want)) return identity(want, ['api_name', 'id']);
  if (key === 'profiles' && Array.isArray(want)) return want.map((profile: Json) => profileWish(profile));
  if (isObject(want)) {
    return Object.fromEntries(
      Object.entries(want).filter(([name]) => !Object.hasOwn(NOT_COMPARED, `${key}.${name}`)),
    );
  }
  return want;
}

/**
 * The declarable keys that are not compared, each with its reason: they can be set when a field is created, and what
 * became of them no GET tells (sheet §2.3 lists all that it tells, §3.4 what Zoho names itself). Everything else that is
 * declared is compared.
 */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  _update_existing_records: 'an order for the moment of creation, not a property of the field',
  default_value: 'GET has no key for it',
  enable_record_state: 'GET has no key for it',
  'formula.expression': 'GET shows what a formula returns, not how it is computed',
  'formula.stop_compute_expression': 'GET shows what a formula returns, not how it is computed',
  'multiselectlookup.linking_details': 'Zoho names the linking module itself, whatever was asked for',
  number_separator: 'GET has no key for it',
  reference_id: 'a placeholder inside one request, not a property of the field',
};

const READERS: Readonly<Record<string, (wire: JsonObject, want: Json) => Json | undefined>> = {
  unique: (wire, want) => {
    const live = uniqueness(property(wire, 'unique'));
    return live === null && want === false ? false : live;
  },
  // No encryption is null in GET and `decryption` in the create body (sheet §2.3, §3.3).
  crypt: (wire) => {
    const crypt = property(wire, 'crypt');
    return crypt === null || (isObject(crypt) && Object.keys(crypt).length === 0)
      ? { mode: 'decryption' }
      : crypt;
  },
  encrypt_case: (wire) => valueAt(wire, ['crypt', 'encrypt_case']),
  profiles: (wire, want) => {
    const profiles = property(wire, 'profiles');
    // Null when the token's user may not customise the module (sheet §2.2).
    return Array.isArray(profiles) && Array.isArray(want)
      ? want.map((wish: Json) => profileFound(wish, profiles))
      : undefined;
  },
  multiselectlookup: (wire) => connectedModule(property(wire, 'multiselectlookup')),
  // Every field that can declare a length has one, so null is no length but no answer (sheet §2.3).
  length: (wire) => property(wire, 'length') ?? undefined,
};

/** The key under which a field is compared that has the options of a global list, and is to have its own. */
export const FROM_GLOBAL_LIST = 'global_picklist';

/** The global list that a field has its options from, by its API name where Zoho tells it (sheet §2.3). */
export function globalListOf(wire: JsonObject): string | undefined {
  const name = valueAt(wire, ['global_picklist', 'api_name']) ?? valueAt(wire, ['global_picklist', 'id']);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** `{}` or null is "not unique", null here, which a manifest says as `false`; the key's name differs between Zoho's own sources (sheet §2.3). */
function uniqueness(unique: Json | undefined): Json | undefined {
  if (unique === undefined) return undefined;
  if (!isObject(unique)) return null;
  const sensitive = property(unique, 'case_sensitive') ?? property(unique, 'casesensitive');
  return sensitive === undefined ? null : { case_sensitive: sensitive === true || sensitive === 'true' };
}

function profileWish(profile: Json): Json {
  if (!isObject(profile)) return profile;
  return {
    ...identity(profile, ['name', 'id']),
    permission_type: property(profile, 'permission_type') ?? null,
  };
}

function profileFound(wish: Json, profiles: readonly Json[]): Json {
  if (!isObject(wish)) return null;
  const by = property(wish, 'name') === undefined ? 'id' : 'name';
  const found = profiles.find((one) => isObject(one) && property(one, by) === property(wish, by));
  return { [by]: property(wish, by) ?? null, permission_type: valueAt(found, ['permission_type']) ?? null };
}

/** Version 8 nests the other module, version 7 named it flatly (sheet §2.3). */
function connectedModule(lookup: Json | undefined): Json | undefined {
  if (!isObject(lookup) || property(lookup, 'connected_details') !== undefined) return lookup;
  const flat = property(lookup, 'connected_module');
  return typeof flat === 'string' ? { connected_details: { module: { api_name: flat } } } : lookup;
}

/** The first of `keys` that the object has: a name identifies a thing better than an id does. */
function identity(object: JsonObject, keys: readonly string[]): JsonObject {
  const key = keys.find((name) => property(object, name) !== undefined);
  return key === undefined ? object : { [key]: property(object, key) ?? null };
}
