import { textareaLengths, type DataType } from '../model/data-types.ts';
import { isObject, property, type Json, type JsonObject, valueAt, given } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { globalListOf } from '../plan/compare.ts';

/** What the keys of a field are read from. */
interface Source {
  readonly wire: JsonObject;
  readonly type: DataType;
  readonly module: string;
}

/** Reads one key as a person would write it; nothing where Zoho's default says the same. */
type Reader = (wire: JsonObject, source: Source) => Json | undefined;

/** Sheet §3.4: how many characters, digits or files a field has where nobody says a number. */
function length(wire: JsonObject, { type }: Source): Json | undefined {
  const value = wholeAt(wire, 'length');
  // The kind of a text area decides its length, and the number of files has no documented default.
  if (value === undefined) return undefined;
  if (type.name === 'textarea') {
    const kind = textAt(wire, 'textarea', 'type');
    const usual =
      kind !== undefined && Object.hasOwn(textareaLengths, kind) ? textareaLengths[kind] : undefined;
    return value === usual ? undefined : value;
  }
  const isUsual = type.length !== undefined && 'max' in type.length && value === type.length.max;
  return isUsual && type.name !== 'imageupload' ? undefined : value;
}

function tooltip(wire: JsonObject): Json | undefined {
  const value = textAt(wire, 'tooltip', 'value');
  const name = textAt(wire, 'tooltip', 'name');
  if (value === undefined) return undefined;
  return name === 'info_icon' ? value : filled({ name, value });
}

/** `{}` is Zoho's word for "not unique"; the key's name differs between its own sources (sheet §2.3). */
function unique(wire: JsonObject): Json | undefined {
  const value = objectAt(wire, 'unique');
  const isSensitive = value && (property(value, 'case_sensitive') ?? property(value, 'casesensitive'));
  if (isSensitive === undefined) return undefined;
  return isSensitive === true || isSensitive === 'true' ? { case_sensitive: true } : true;
}

/** An amount is stored with more decimals than it is rounded to; Zoho reports, but refuses, anything else (§3.4). */
function currency(wire: JsonObject): Json | undefined {
  const rounding = textAt(wire, 'currency', 'rounding_option');
  const precision = wholeAt(wire, 'currency', 'precision');
  const decimals = wholeAt(wire, 'decimal_place');
  const isSmaller = precision !== undefined && decimals !== undefined && precision < decimals;
  if (rounding === undefined || !isSmaller) return rounding;
  return { rounding_option: rounding, precision };
}

/** A text that a formula computes is never offered in filters, so that is no choice of anyone's (sheet §3.3). */
function filterable(wire: JsonObject, { type }: Source): Json | undefined {
  const isText = type.name === 'formula' && textAt(wire, 'formula', 'return_type') === 'text';
  return isText ? undefined : onlyFalse(wire, 'filterable');
}

function external(wire: JsonObject): Json | undefined {
  const type = textAt(wire, 'external', 'type');
  const show = valueAt(wire, ['external', 'show']);
  return type === undefined
    ? undefined
    : filled({ type, show: typeof show === 'boolean' ? show : undefined });
}

/** In the order in which people read a field: what it holds, how it behaves, who sees it. */
const readers: Readonly<Record<string, Reader>> = {
  length,
  decimal_place: (wire) => wholeAt(wire, 'decimal_place'),
  textarea: (wire) => textAt(wire, 'textarea', 'type'),
  currency,
  lookup,
  multiselectlookup,
  auto_number: autoNumber,
  formula,
  rollup_summary: rollupSummary,
  // By its name: ids differ per organisation.
  global_picklist: (wire) => textAt(wire, 'global_picklist', 'api_name'),
  pick_list_values: pickListValues,
  pick_list_values_sorted_lexically: (wire) => onlyTrue(wire, 'pick_list_values_sorted_lexically'),
  enable_colour_code: (wire) => onlyTrue(wire, 'enable_colour_code'),
  history_tracking_enabled: (wire) => onlyTrue(wire, 'history_tracking_enabled'),
  separator: (wire) => onlyFalse(wire, 'separator'),
  sharing_properties: sharingProperties,
  association_details: associationDetails,
  unique,
  tooltip,
  filterable,
  crypt: (wire) => (textAt(wire, 'crypt', 'mode') === 'encryption' ? { mode: 'encryption' } : undefined),
  encrypt_case: (wire) => textAt(wire, 'crypt', 'encrypt_case'),
  external,
  private: (wire) => filled({ type: textAt(wire, 'private', 'type') }),
  hipaa_compliance_enabled: (wire) => onlyTrue(wire, 'hipaa_compliance_enabled'),
  profiles,
};

/** Everything worth declaring of a live field of a type that can be created, besides its names. */
export function declaredKeys(source: Source): readonly (readonly [string, Json])[] {
  return Object.entries(readers).flatMap(([key, read]) => {
    if (!source.type.keys.includes(key)) return [];
    const value = read(source.wire, source);
    return value === undefined || (isObject(value) && Object.keys(value).length === 0)
      ? []
      : [[key, value] as const];
  });
}

/**
 * The options that people can choose, as a list of texts where nothing more has to be said. `-None-` is Zoho's own, and
 * options in the unused section are offered to nobody (contract §2, sheet §3.4).
 */
function pickListValues(wire: JsonObject): Json | undefined {
  // A global picklist has its options for all its fields; declared is the list, or nothing where Zoho tells its id alone.
  if (globalListOf(wire) !== undefined) return undefined;
  const isColoured = valueAt(wire, ['enable_colour_code']) === true;
  const offered = listAt(wire, 'pick_list_values').filter((option) => valueAt(option, ['type']) !== 'unused');
  const options = once(offered).flatMap((option) => optionOf(option, isColoured) ?? []);
  return options.length === 0 ? undefined : options;
}

/** Of two options with one stored value the first counts, as in every comparison. */
function once(options: readonly JsonObject[]): readonly JsonObject[] {
  const seen = new Set<string | undefined>();
  return options.filter((option) => {
    const value = storedValue(option);
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

function storedValue(option: JsonObject): string | undefined {
  return textAt(option, 'actual_value') ?? textAt(option, 'display_value');
}

function optionOf(option: JsonObject, isColoured: boolean): Json | undefined {
  const actual = storedValue(option);
  const display = textAt(option, 'display_value') ?? actual;
  if (actual === undefined || display === undefined) return undefined;
  if (actual === '-None-') return undefined;
  const colour = isColoured ? textAt(option, 'colour_code') : undefined;
  if (actual === display && colour === undefined) return display;
  return filled({
    display_value: display,
    actual_value: actual === display ? undefined : actual,
    colour_code: colour,
  });
}

/** Who may see the field, where that is not everybody (sheet §3.3). */
function profiles(wire: JsonObject): Json | undefined {
  const list = listAt(wire, 'profiles').map(
    (profile) => [textAt(profile, 'name'), textAt(profile, 'permission_type')] as const,
  );
  if (list.every(([, permission]) => permission === 'read_write')) return undefined;
  const names = new Set(list.map(([name]) => name));
  const permissions = list.flatMap(([name, permission]) =>
    name === undefined || permission === undefined ? [] : [[name, permission] as const],
  );
  // Two profiles of one name cannot be told apart by it.
  if (names.size < list.length || permissions.length < list.length) return undefined;
  return Object.fromEntries(permissions);
}

/** API names of the picklists whose options the list of fields left out; each can be read by itself (sheet §2.2). */
export function gapsOf(fields: readonly LiveField[]): readonly string[] {
  return fields
    .filter((field) => field.custom && field.used && field.data_type.endsWith('picklist'))
    .filter((field) => {
      const options = property(field.wire, 'pick_list_values');
      return !Array.isArray(options) || options.length === 0;
    })
    .map((field) => field.api_name);
}

/** `lookup: Accounts` where the related list has the title that contract §2 gives it by default. */
function lookup(wire: JsonObject, { module, type }: Source): Json | undefined {
  const isLookup = type.name === 'lookup';
  const target = isLookup ? textAt(wire, 'lookup', 'module', 'api_name') : undefined;
  const title = isLookup ? textAt(wire, 'lookup', 'display_label') : undefined;
  const rest = filled({
    display_label: title === module ? undefined : title,
    revalidate_filter_during_edit: onlyTrue(wire, 'lookup', 'revalidate_filter_during_edit'),
    query_details: queryDetails(wire),
  });
  if (target === undefined) return isLookup ? undefined : rest;
  return rest === undefined ? target : { module: { api_name: target }, ...rest };
}

function queryDetails(wire: JsonObject): Json | undefined {
  const criteria = objectAt(wire, 'lookup', 'query_details', 'criteria');
  const clean = criteria === undefined ? undefined : withoutIds(criteria);
  return clean === undefined ? undefined : { criteria: clean };
}

/** Version 8 nests the module on the other side, version 7 named it flatly (sheet §2.3). */
function multiselectlookup(wire: JsonObject): Json | undefined {
  const nested = textAt(wire, 'multiselectlookup', 'connected_details', 'module', 'api_name');
  const target = nested ?? textAt(wire, 'multiselectlookup', 'connected_module');
  if (target === undefined) return undefined;
  const label = textAt(wire, 'multiselectlookup', 'connected_details', 'field', 'field_label');
  return {
    connected_details: {
      module: { api_name: target },
      ...given({ field: filled({ field_label: label }) }),
    },
  };
}

function sharingProperties(wire: JsonObject): Json | undefined {
  if (valueAt(wire, ['sharing_properties', 'share_preference_enabled']) !== true) return undefined;
  return filled({
    share_preference_enabled: true,
    share_permission: textAt(wire, 'sharing_properties', 'share_permission'),
  });
}

function associationDetails(wire: JsonObject): Json | undefined {
  const lookupField = named(wire, 'association_details', 'lookup_field');
  const relatedField = named(wire, 'association_details', 'related_field');
  return lookupField === undefined || relatedField === undefined
    ? undefined
    : { lookup_field: lookupField, related_field: relatedField };
}

function named(wire: JsonObject, ...path: readonly string[]): JsonObject | undefined {
  return filled({ api_name: textAt(wire, ...path, 'api_name') });
}

/** GET tells the result's type; an expression only where an organisation is more talkative than the samples. */
function formula(wire: JsonObject): Json | undefined {
  return filled({
    expression: textAt(wire, 'formula', 'expression'),
    return_type: textAt(wire, 'formula', 'return_type'),
    sub_return_type: textAt(wire, 'formula', 'sub_return_type'),
    dynamic: onlyTrue(wire, 'formula', 'dynamic'),
    stop_compute_conditionally: onlyTrue(wire, 'formula', 'stop_compute_conditionally'),
    stop_compute_expression: textAt(wire, 'formula', 'stop_compute_expression'),
  });
}

function rollupSummary(wire: JsonObject): Json | undefined {
  const path = ['rollup_summary', 'expression'] as const;
  const parameters = listAt(wire, ...path, 'function_parameters').flatMap(
    (parameter) => filled({ api_name: textAt(parameter, 'api_name') }) ?? [],
  );
  const criteria = objectAt(wire, ...path, 'criteria');
  return filled({
    return_type: textAt(wire, 'rollup_summary', 'return_type'),
    expression: filled({
      function: textAt(wire, ...path, 'function'),
      function_parameters: parameters.length === 0 ? undefined : parameters,
      criteria: criteria === undefined ? undefined : withoutIds(criteria),
    }),
    based_on_module: named(wire, 'rollup_summary', 'based_on_module'),
    related_list: named(wire, 'rollup_summary', 'related_list'),
  });
}

/** The first number, and what stands around it; empty texts are Zoho's default. */
function autoNumber(wire: JsonObject): Json | undefined {
  return filled({
    start_number: wholeAt(wire, 'auto_number', 'start_number') ?? textAt(wire, 'auto_number', 'start_number'),
    prefix: textAt(wire, 'auto_number', 'prefix'),
    suffix: textAt(wire, 'auto_number', 'suffix'),
  });
}

/**
 * The value without the ids of this organisation, which mean nothing in another one.
 * @returns `undefined` where an id stands without a name: what it points to could not be said then.
 */
function withoutIds(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withoutIds(item));
    return items.some((item) => item === undefined) ? undefined : (items as Json[]);
  }
  if (!isObject(value)) return value;
  const isNamed = typeof property(value, 'api_name') === 'string';
  if (Object.hasOwn(value, 'id') && !isNamed) return undefined;
  const kept: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === 'id') continue;
    const clean = withoutIds(item);
    if (clean === undefined) return undefined;
    kept.push([key, clean]);
  }
  return Object.fromEntries(kept);
}

/**
 * Careful looks into what Zoho sent: an organisation may hold keys of any shape, and `null` where sheet §2.3 has an
 * object. What is not of the expected kind counts as not there.
 */

/** A text that says something. */
function textAt(wire: JsonObject, ...path: readonly string[]): string | undefined {
  const value = valueAt(wire, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole number. */
function wholeAt(wire: JsonObject, ...path: readonly string[]): number | undefined {
  const value = valueAt(wire, path);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function objectAt(wire: JsonObject, ...path: readonly string[]): JsonObject | undefined {
  const value = valueAt(wire, path);
  return value !== undefined && isObject(value) ? value : undefined;
}

/** The objects of a list; whatever else is in it is passed over. */
function listAt(wire: JsonObject, ...path: readonly string[]): readonly JsonObject[] {
  const value = valueAt(wire, path);
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

/** An object of those entries that have a value; `undefined` where none has. */
function filled(entries: Readonly<Record<string, Json | undefined>>): JsonObject | undefined {
  const kept = Object.entries(entries).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as JsonObject);
}

/** `true` where Zoho says so, nothing otherwise: for switches whose default is off. */
function onlyTrue(wire: JsonObject, ...path: readonly string[]): true | undefined {
  return valueAt(wire, path) === true ? true : undefined;
}

/** `false` where Zoho says so, nothing otherwise: for switches whose default is on. */
function onlyFalse(wire: JsonObject, ...path: readonly string[]): false | undefined {
  return valueAt(wire, path) === false ? false : undefined;
}
