import { isObject, property } from '../model/json.ts';
import type { DesiredField } from '../model/manifest.ts';

/** Another record, or a user. */
const REFERENCE = '{ readonly id: string; readonly name?: string | null }';

/** Objects whose keys depend on the organisation. */
const OBJECTS = 'readonly { readonly [key: string]: unknown }[]';

/** By data type, what a record's JSON holds (`json_type`, sheet §2.3 and §9). */
const VALUES: ReadonlyMap<string, string> = new Map([
  ['text', 'string'],
  ['textarea', 'string'],
  ['email', 'string'],
  ['phone', 'string'],
  ['website', 'string'],
  ['integer', 'number'],
  // Eighteen digits are more than a number can hold: Zoho sends text.
  ['bigint', 'string'],
  ['double', 'number'],
  ['currency', 'number'],
  ['percent', 'number'],
  ['date', 'string'],
  ['datetime', 'string'],
  ['boolean', 'boolean'],
  ['picklist', 'string'],
  ['multiselectpicklist', 'readonly string[]'],
  ['autonumber', 'string'],
  ['lookup', REFERENCE],
  ['userlookup', REFERENCE],
  ['ownerlookup', REFERENCE],
  ['layout', REFERENCE],
  ['multiselectlookup', OBJECTS],
  ['multiuserlookup', OBJECTS],
  ['fileupload', OBJECTS],
  ['imageupload', OBJECTS],
  ['subform', OBJECTS],
  ['territories', OBJECTS],
  ['multi_module_lookup', '{ readonly [key: string]: unknown }'],
  ['profileimage', 'string'],
]);

/** What a formula or a roll-up summary computes, by the return type that it declares (sheet §3.4). */
const RETURNED: ReadonlyMap<string, string> = new Map([
  ['double', 'number'],
  ['currency', 'number'],
  ['integer', 'number'],
  ['text', 'string'],
  ['date', 'string'],
  ['datetime', 'string'],
  ['boolean', 'boolean'],
]);

/**
 * The type of a field's value in Zoho's records, where nothing is `null`; of a type that no source explains anything may
 * come.
 * @param options the name of the type that lists the field's options, where the manifest does.
 */
export function valueType({ api_name, data_type, declared }: DesiredField, options?: string): string {
  if (data_type === 'formula' || data_type === 'rollup_summary') {
    const computed = property(declared, data_type);
    const returned = isObject(computed) ? property(computed, 'return_type') : undefined;
    const known = typeof returned === 'string' ? RETURNED.get(returned) : undefined;
    return `${known ?? 'string | number | boolean'} | null`;
  }
  // Zoho calls its tags text, and sends a list (sheet §8, §9). No other field can have that name (sheet §3.6).
  if (api_name === 'Tag') return `${OBJECTS} | null`;
  if (options !== undefined) {
    return `${data_type === 'multiselectpicklist' ? `readonly ${options}[]` : options} | null`;
  }
  const type = VALUES.get(data_type);
  return type === undefined ? 'unknown' : `${type} | null`;
}
