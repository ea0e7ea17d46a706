import file from './field-examples.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { asText, isObject, type Json, type JsonObject } from '../../src/emulator/json.ts';
import { DEALS, essence, first, list, visit } from './support.ts';
import { DEFAULT_SEED, parseSeedFile } from '../../src/emulator/state/new-organisation.ts';

/** One complete GET object per data type, as the sheet gives them (§2.4). */
const EXAMPLES: Readonly<Record<string, object>> = file;
const example = (name: string): JsonObject => EXAMPLES[name] as JsonObject;
const names = Object.keys(EXAMPLES);

/** Zoho cannot create a subform through this endpoint (sheet §3.2). */
const creatable = names.filter((name) => name !== 'subform');

describe('a field of each of the 29 examples', () => {
  it('seeded, comes back as it was', async () => {
    const seed = parseSeedFile(JSON.stringify({ fields: names.map(example) }));
    const { get } = await visit({ seed });
    expect(list(await get(`${DEALS}&type=all`))).toEqual(names.map(example));
  });

  it.each(creatable)('created as %s, comes back with the same keys and types of values', async (name) => {
    const wanted = example(name);
    const { create, get } = await visit({ seed: { ...DEFAULT_SEED, partner: false } });
    const created = await create(bodyOf(wanted));
    expect(essence(created).slice(0, 2)).toEqual([201, 'SUCCESS']);
    const details = first(created)['details'];
    const id = isObject(details) ? details['id'] : '';
    const found = first(await get(`/crm/v8/settings/fields/${asText(id)}?module=Deals`));
    expect(kinds(found)).toEqual(kinds(wanted));
    expect(withoutIds(found)).toEqual(withoutIds(wanted));
  });

  it('is refused as a subform', async () => {
    const { create } = await visit();
    expect(essence(await create(bodyOf(example('subform'))))[1]).toBe('INVALID_DATA');
  });
});

/** What a client would send to get such a field. */
function bodyOf(field: JsonObject): JsonObject {
  const { data_type, tooltip } = field;
  const type = asText(data_type);
  return {
    ...pick(field, 'field_label', 'api_name', 'data_type'),
    ...(tooltip === null ? {} : { tooltip: tooltip ?? null }),
    ...(WITH_LENGTH.includes(type) ? pick(field, 'length') : {}),
    ...(WITH_DECIMALS.includes(type) ? pick(field, 'decimal_place') : {}),
    ...(Object.keys(field['unique'] ?? {}).length > 0 ? pick(field, 'unique') : {}),
    ...specific(field, type),
  };
}

const WITH_LENGTH = [
  'text',
  'phone',
  'website',
  'integer',
  'bigint',
  'double',
  'currency',
  'fileupload',
  'imageupload',
];
const WITH_DECIMALS = ['double', 'currency', 'percent', 'formula'];

function specific(field: JsonObject, type: string): JsonObject {
  const part = field[type] ?? field['auto_number'];
  const object: JsonObject = isObject(part) ? part : {};
  switch (type) {
    case 'textarea':
    case 'currency':
    case 'rollup_summary':
      return { [type]: object };
    case 'autonumber':
      return { auto_number: pick(object, 'prefix', 'start_number', 'suffix') };
    case 'formula':
      return { formula: { return_type: 'double', expression: '${Amount}*0.9' } };
    case 'lookup':
      return { lookup: pick(object, 'module', 'display_label') };
    case 'multiselectlookup':
      return { multiselectlookup: pick(object, 'connected_details') };
    case 'picklist':
    case 'multiselectpicklist':
      return field['global_picklist'] === null
        ? { pick_list_values: options(field) }
        : pick(field, 'global_picklist');
    default:
      return {};
  }
}

function options(field: JsonObject): Json {
  const values = field['pick_list_values'];
  const sent = (Array.isArray(values) ? values : []).filter(isObject);
  return sent
    .filter((value) => value['actual_value'] !== '-None-')
    .map((value) => pick(value, 'display_value', 'actual_value'));
}

function pick(object: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, object[key] ?? null]));
}

/** The keys at every depth with the kind of each value. */
function kinds(value: Json): unknown {
  if (Array.isArray(value)) return value.map(kinds);
  if (!isObject(value)) return value === null ? 'null' : typeof value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, kinds(value[key] ?? null)]),
  );
}

/** Everything but what depends on when and where it was made. */
function withoutIds(value: Json): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(
    ([key]) => !['id', 'created_time', 'modified_time', 'column_name'].includes(key),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutIds(inner)]));
}
