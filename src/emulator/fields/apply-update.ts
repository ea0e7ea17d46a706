import { dig, given, isList, isObject, textOf, type Json, type JsonObject } from '../json.ts';
import { type Field, zohoTime } from '../state/organisation-state.ts';
import { labelOf } from './check-names.ts';
import type { Item } from './problem.ts';
import { globalOptions, newOption } from './build-field.ts';

/** Keys that are simply replaced; `null` included where it means "none". */
const REPLACED = [
  'tooltip',
  'decimal_place',
  'filterable',
  'separator',
  'hipaa_compliance_enabled',
  'association_details',
  'history_tracking',
  'history_tracking_enabled',
  'enable_colour_code',
  'pick_list_values_sorted_lexically',
];

/** Keys of which only the parts that were sent change. */
const MERGED = ['currency', 'sharing_properties', 'rollup_summary'];

/** Keys whose change has rules of its own. */
const OTHERS = [
  'field_label',
  'length',
  'profiles',
  'unique',
  'pick_list_values',
  'global_picklist',
  'lookup',
  'formula',
];

/** Keys that PATCH knows; a body without any of them changes nothing. */
export const CHANGEABLE = [...OTHERS, ...REPLACED, ...MERGED];

/** The field after an update that was found to be in order (sheet §4.1). */
export function applyUpdate(item: Item, existing: Field): Field {
  const { body, zoho, dataType } = item;
  const label = given(body, 'field_label') === undefined ? {} : labels(labelOf(body));
  const hasLength =
    dataType.length !== undefined && 'to' in dataType.length && given(body, 'length') !== undefined;
  return {
    ...existing,
    ...Object.fromEntries(Object.entries(body).filter(([key]) => REPLACED.includes(key))),
    ...Object.fromEntries(MERGED.flatMap((key) => merged(key, body, existing))),
    ...label,
    ...(hasLength ? { length: given(body, 'length') ?? null } : {}),
    ...unique(body),
    ...profiles(body, existing),
    ...options(item, existing),
    ...lookup(body, existing),
    ...formula(body, existing),
    modified_time: zohoTime(zoho.clock()),
  };
}

const labels = (label: string) => ({ field_label: label, display_label: label });

function merged(key: string, body: JsonObject, existing: Field): readonly [string, Json][] {
  const sent = given(body, key);
  const held = given(existing, key);
  return isObject(sent) ? [[key, { ...(isObject(held) ? held : {}), ...sent }]] : [];
}

/** `_disable` takes uniqueness away, whatever its value (sheet §4.1). */
function unique(body: JsonObject): JsonObject {
  const sent = given(body, 'unique');
  if (!isObject(sent)) return {};
  return { unique: Object.hasOwn(sent, '_disable') ? {} : { case_sensitive: false } };
}

function profiles(body: JsonObject, existing: Field): JsonObject {
  const sent = given(body, 'profiles');
  const held = given(existing, 'profiles');
  if (!isList(sent) || !isList(held)) return {};
  const change = (profile: Json): Json => {
    const wish = sent.find((candidate) => textOf(candidate, 'id') === textOf(profile, 'id'));
    return { ...(isObject(profile) ? profile : {}), ...(isObject(wish) ? wish : {}) };
  };
  return { profiles: held.map(change) };
}

function options(item: Item, existing: Field): JsonObject {
  const { body, draft, zoho } = item;
  if (Object.hasOwn(body, 'global_picklist')) return globalOptions(item) ?? { global_picklist: null };
  const sent = given(body, 'pick_list_values');
  const held = given(existing, 'pick_list_values');
  if (!isList(sent) || !isList(held)) return {};
  const wishFor = (option: Json): Json | undefined =>
    sent.find((candidate) => isSameOption(candidate, option));
  const replaces = zoho.switches.picklistPatch === 'replace';
  const kept = held.flatMap((option): readonly Json[] => {
    const wish = wishFor(option);
    if (isObject(wish) && Object.hasOwn(wish, '_delete')) return [];
    const isNone = textOf(option, 'actual_value') === '-None-';
    if (wish === undefined)
      return [{ ...asObject(option), ...(replaces && !isNone ? { type: 'unused' } : {}) }];
    return [{ ...asObject(option), ...asObject(wish) }];
  });
  const added = sent.filter((wish) => !held.some((option) => isSameOption(wish, option)));
  return {
    pick_list_values: [
      ...kept,
      ...added.map((wish, index) => newOption(draft, wish, kept.length + index + 1)),
    ],
  };
}

/** By id where one is given, else by actual value. */
function isSameOption(wish: Json, option: Json): boolean {
  const id = textOf(wish, 'id');
  if (id !== undefined) return id === textOf(option, 'id');
  return (textOf(wish, 'actual_value') ?? textOf(wish, 'display_value')) === textOf(option, 'actual_value');
}

const asObject = (value: Json): JsonObject => (isObject(value) ? value : {});

function lookup(body: JsonObject, existing: Field): JsonObject {
  const sent = given(body, 'lookup');
  const held = given(existing, 'lookup');
  if (!isObject(sent) || !isObject(held)) return {};
  const filter = given(sent, 'query_details') ?? held['query_details'] ?? {};
  const revalidates =
    given(sent, 'revalidate_filter_during_edit') ?? held['revalidate_filter_during_edit'] ?? false;
  return { lookup: { ...held, query_details: filter, revalidate_filter_during_edit: revalidates } };
}

/** The expression changes unseen: no GET shows it (sheet §2.3). */
function formula(body: JsonObject, existing: Field): JsonObject {
  const sent = given(body, 'formula');
  if (!isObject(sent)) return {};
  const { expression: _hidden, return_type: _fixed, ...shown } = sent;
  const held = dig(existing, 'formula');
  return { formula: { ...(isObject(held) ? held : {}), ...shown } };
}
