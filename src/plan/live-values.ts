import { isObject, property, type Json, type JsonObject } from '../model/json.ts';

/**
 * The one normal form: a live value brought to the shape in which a manifest declares the same key.
 *
 * `undefined` means that GET does not tell, so there is nothing to compare.
 */
export function liveValue(key: string, want: Json, wire: JsonObject): Json | undefined {
  if (Object.hasOwn(NOT_COMPARED, key)) return undefined;
  const read = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
  return read === undefined ? property(wire, key) : read(wire, want);
}

/** A declared value brought to the form in which it is compared and shown. */
export function wantedValue(key: string, want: Json): Json {
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
  encrypt_case: (wire) => {
    const crypt = property(wire, 'crypt');
    return isObject(crypt) ? property(crypt, 'encrypt_case') : undefined;
  },
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
  const list = property(wire, 'global_picklist');
  const name = isObject(list) ? (property(list, 'api_name') ?? property(list, 'id')) : undefined;
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
  const permission = isObject(found) ? property(found, 'permission_type') : undefined;
  return { [by]: property(wish, by) ?? null, permission_type: permission ?? null };
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
