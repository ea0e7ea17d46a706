import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { problem, type Problem } from '../model/problem.ts';
import type { ListKind } from './whole-list.ts';

/** The fields of a module, and what is said of an answer that does not hold all of them. */
export const FIELDS: ListKind = { key: 'fields', incomplete: notFields };

/**
 * Reads the items of a list of fields.
 * @throws Problem `unreachable` for an item that is not a complete field.
 */
export function readFields(items: readonly Json[], host: string): readonly LiveField[] {
  return items.map((item) => readField(item, host));
}

function readField(item: Json, host: string): LiveField {
  if (!isObject(item)) throw notFields(host, 'an entry of the list is not an object');
  const id = identifier(item);
  const api_name = text(item, 'api_name');
  const data_type = text(item, 'data_type');
  if (id === undefined || api_name === undefined || data_type === undefined) {
    throw notFields(host, `the field ${api_name ?? id ?? ''} lacks its id, api_name or data_type`);
  }
  const display = text(item, 'display_label');
  const label = text(item, 'field_label') ?? display ?? api_name;
  return {
    id,
    api_name,
    field_label: label,
    display_label: display ?? label,
    data_type,
    custom: property(item, 'custom_field') === true,
    used: property(item, 'type') !== 'unused',
    wire: item,
  };
}

/**
 * Ids are strings of 18 or 19 digits (sheet §2.3); as numbers they would already have lost their last digits. Anything
 * else does not become part of an address.
 */
function identifier(item: JsonObject): string | undefined {
  const id = property(item, 'id');
  const digits = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : text(item, 'id');
  return digits !== undefined && /^\d+$/.test(digits) ? digits : undefined;
}

function text(item: JsonObject, key: string): string | undefined {
  const value = property(item, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Something answered that is not Zoho's fields API, or only part of it. */
export function notFields(host: string, why: string): Problem {
  return notList(host, 'not-fields', `the module's fields`, why);
}

/** The same for a list of something else. */
export function notList(host: string, code: string, what: string, why: string): Problem {
  return problem(
    'unreachable',
    code,
    `${host} did not send ${what} as Zoho does: ${why}. Nothing was concluded from it.`,
    'Try again; if it stays, check ZOHO_API_URL and whether a proxy changes answers.',
  );
}
