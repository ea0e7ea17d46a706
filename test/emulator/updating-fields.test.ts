import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/emulator/json.ts';
import { DEALS, essence, first, list, visit } from './support.ts';

const PLACE = ['api_name', 'json_path'];
const option = (value: string): JsonObject => ({ display_value: value, actual_value: value });

/** A Zoho with one field of the kind, named Mine, and a way to change it. */
async function withField(wish: JsonObject, options: Parameters<typeof visit>[0] = {}) {
  const guest = await visit(options);
  const { zoho } = guest;
  const id = zoho.fields('Deals').add({ field_label: 'Mine', ...wish }).id;
  const send = (...fields: readonly JsonObject[]) => guest.patch(DEALS, { fields });
  const change = (changes: JsonObject) => send({ id, ...changes });
  const mine = (): JsonObject => zoho.fields('Deals').find('Mine') ?? {};
  return { guest, zoho, id, send, change, mine };
}

describe('PATCH fields (sheet §4.1)', () => {
  it('changes a label and leaves the API name', async () => {
    const { change, mine, id, zoho } = await withField({ data_type: 'text' });
    const before = mine();
    zoho.advance(60_000);
    const answer = await change({
      field_label: 'Yours',
      length: 60,
      tooltip: { name: 'info_icon', value: 'x' },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { fields: [{ code: 'SUCCESS', details: { id }, message: 'field updated', status: 'success' }] },
    });
    expect(mine()).toMatchObject({
      api_name: 'Mine',
      field_label: 'Yours',
      display_label: 'Yours',
      length: 60,
    });
    expect(mine()).toMatchObject({ tooltip: { name: 'info_icon', value: 'x' } });
    expect(mine()['modified_time']).not.toBe(before['modified_time']);
  });

  it('lets a field keep its own label, in another case too', async () => {
    const { change, mine } = await withField({ data_type: 'text' });
    expect((await change({ field_label: 'Mine' })).status).toBe(200);
    expect((await change({ field_label: 'MINE' })).status).toBe(200);
    expect(mine()).toMatchObject({ field_label: 'MINE' });
  });

  it('works on one field by its path', async () => {
    const { guest, id, mine } = await withField({ data_type: 'text' });
    const path = `/crm/v8/settings/fields/${id}?module=Deals`;
    expect((await guest.patch(path, { fields: [{ field_label: 'Yours' }] })).status).toBe(200);
    expect(mine()).toMatchObject({ field_label: 'Yours' });
    expect(essence(await guest.patch(path, { fields: [{}, {}] }))).toEqual([
      400,
      'INVALID_DATA',
      [...PLACE, 'maximum_length'].sort(),
    ]);
  });

  it('changes up to five and tells which failed', async () => {
    const { zoho, id, send } = await withField({ data_type: 'text' });
    const second = zoho.fields('Deals').add({ field_label: 'Second', data_type: 'text' }).id;
    const answer = await send(
      { id, field_label: 'Yours' },
      { id: second, field_label: 'yours' },
      { id: '1', field_label: 'Whose' },
    );
    expect(answer.status).toBe(207);
    expect(list(answer).map((result) => result['code'])).toEqual([
      'SUCCESS',
      'DUPLICATE_DATA',
      'INVALID_DATA',
    ]);
    expect(list(answer)[2]?.['details']).toEqual({ api_name: 'id', json_path: '$.fields[2].id' });
  });

  it('replaces profiles, currency and unique; _disable takes unique away', async () => {
    const { change, mine } = await withField({ data_type: 'text', unique: { case_sensitive: false } });
    await change({
      unique: { case_sensitive: false, _disable: null },
      profiles: [{ id: '6084217000000026014', permission_type: 'hidden' }],
    });
    expect(mine()).toMatchObject({
      unique: {},
      profiles: [{ permission_type: 'read_write' }, { permission_type: 'hidden', name: 'Standard' }],
    });
    await change({ unique: { case_sensitive: false } });
    expect(mine()).toMatchObject({ unique: { case_sensitive: false } });
    const money = await withField({ data_type: 'currency', decimal_place: 4 });
    await money.change({ currency: { precision: 3 } });
    expect(money.mine()).toMatchObject({
      currency: { rounding_option: 'normal', precision: 3 },
      decimal_place: 4,
    });
  });

  it('changes the filter of a lookup and the hidden expression of a formula', async () => {
    const link = await withField({
      data_type: 'lookup',
      lookup: { module: { api_name: 'Contacts' }, display_label: 'L' },
    });
    await link.change({ lookup: { query_details: { criteria: null }, revalidate_filter_during_edit: true } });
    expect(link.mine()).toMatchObject({
      lookup: { display_label: 'L', revalidate_filter_during_edit: true },
    });
    const sum = await withField({
      data_type: 'formula',
      formula: { return_type: 'double', expression: '1+1' },
    });
    expect((await sum.change({ formula: { expression: '1+2' } })).status).toBe(200);
    expect(sum.mine()).toMatchObject({ formula: { return_type: 'double' } });
    expect(essence(await sum.change({ formula: { expression: '(1' } }))[1]).toBe('MISSING_BRACES');
  });
});

describe('what PATCH refuses', () => {
  const rows: readonly (readonly [why: string, made: JsonObject, change: JsonObject, key: string])[] = [
    ['another type', { data_type: 'text' }, { data_type: 'textarea' }, 'data_type'],
    ['another API name', { data_type: 'text' }, { api_name: 'Yours' }, 'api_name'],
    ['external', { data_type: 'text' }, { external: { type: 'org', show: true } }, 'external'],
    ['private', { data_type: 'text' }, { private: { type: 'High' } }, 'private'],
    [
      'another kind of text area',
      { data_type: 'textarea', textarea: { type: 'small' } },
      { textarea: { type: 'large' } },
      'type',
    ],
    [
      'another text-area length',
      { data_type: 'textarea', textarea: { type: 'small' } },
      { length: 32000 },
      'length',
    ],
    [
      'another lookup module',
      { data_type: 'lookup', lookup: { module: { api_name: 'Contacts' }, display_label: 'L' } },
      { lookup: { module: { api_name: 'Accounts' } } },
      'api_name',
    ],
    [
      'another return type',
      { data_type: 'formula', formula: { return_type: 'double', expression: '1' } },
      { formula: { return_type: 'text' } },
      'return_type',
    ],
    [
      'unique where the type has none',
      { data_type: 'boolean' },
      { unique: { case_sensitive: false } },
      'unique',
    ],
  ];

  it.each(rows)('%s: NOT_ALLOWED', async (_, made, wish, key) => {
    const { change } = await withField(made);
    const answer = await change(wish);
    expect(essence(answer)).toEqual([400, 'NOT_ALLOWED', PLACE]);
    expect(first(answer)).toMatchObject({ details: { api_name: key } });
  });

  it('nothing of that when nothing would change, or when the switch says ignore', async () => {
    const { change, zoho, mine } = await withField({ data_type: 'text' });
    expect((await change({ data_type: 'text', api_name: 'Mine' })).status).toBe(200);
    zoho.switches.immutableKeys = 'ignore';
    expect((await change({ api_name: 'Yours' })).status).toBe(200);
    expect(mine()).toMatchObject({ api_name: 'Mine' });
  });

  it('the label of a system field', async () => {
    const { zoho, send } = await withField({ data_type: 'text' });
    const id = zoho.fields('Deals').find('Amount')?.id ?? '';
    for (const field_label of ['Sum', '', null])
      expect(essence(await send({ id, field_label }))).toEqual([400, 'NOT_ALLOWED', PLACE]);
    expect((await send({ id, field_label: 'Amount' })).status).toBe(200);
    expect((await send({ id, tooltip: { name: 'info_icon', value: 'In euro' } })).status).toBe(200);
  });

  it.each(['', ' ', null])('no label at all, of a custom field: %j', async (field_label) => {
    const { change, mine } = await withField({ data_type: 'text' });
    expect(essence(await change({ field_label }))).toEqual([
      400,
      'INVALID_DATA',
      [...PLACE, 'minimum_length'].sort(),
    ]);
    expect(mine()).toMatchObject({ field_label: 'Mine' });
  });

  it.each(['data_type', 'api_name'])('null in the place of %s', async (key) => {
    const { change, mine } = await withField({ data_type: 'text' });
    const before = mine();
    expect(essence(await change({ [key]: null }))).toEqual([400, 'NOT_ALLOWED', PLACE]);
    expect(mine()).toEqual(before);
  });

  it('a body that changes nothing it knows: EXPECTED_FIELD_MISSING, 400 or 404', async () => {
    const { change, zoho } = await withField({ data_type: 'text' });
    expect(essence(await change({ colour: 'red' }))).toEqual([
      400,
      'EXPECTED_FIELD_MISSING',
      ['expected_fields'],
    ]);
    zoho.switches.expectedFieldMissingStatus = 404;
    expect((await change({})).status).toBe(404);
  });

  it('no id, wrong types, an unknown path', async () => {
    const { guest, send } = await withField({ data_type: 'text' });
    expect(essence(await send({ field_label: 'X' }))).toEqual([400, 'MANDATORY_NOT_FOUND', PLACE]);
    const wrong = await send({ id: '1', tooltip: 'text' });
    expect(essence(wrong)).toEqual([400, 'INVALID_DATA', [...PLACE, 'expected_data_type'].sort()]);
    const unknown = await guest.patch('/crm/v8/settings/fields/1?module=Deals', { fields: [{}] });
    expect(essence(unknown)).toEqual([400, 'INVALID_DATA', ['resource_path_index']]);
  });
});

describe('picklist options', () => {
  const values = (field: JsonObject | undefined): readonly Json[] => {
    const options = field?.['pick_list_values'];
    return Array.isArray(options) ? options : [];
  };
  const shown = (field: JsonObject | undefined) =>
    values(field).map((value) => (value as JsonObject)['display_value']);
  const made = { data_type: 'picklist', pick_list_values: [option('A'), option('B')] };

  it('are added by value, renamed by id or actual value, removed by _delete', async () => {
    const { change, mine } = await withField(made);
    await change({ pick_list_values: [option('C')] });
    expect(shown(mine())).toEqual(['-None-', 'A', 'B', 'C']);
    const a = values(mine())[1] as JsonObject;
    await change({
      pick_list_values: [
        { id: a['id'] ?? null, display_value: 'Alpha' },
        { actual_value: 'B', display_value: 'Beta' },
      ],
    });
    expect(shown(mine())).toEqual(['-None-', 'Alpha', 'Beta', 'C']);
    expect(values(mine())[1]).toMatchObject({ actual_value: 'A', id: a['id'] });
    await change({ pick_list_values: [{ actual_value: 'C', _delete: null }] });
    expect(shown(mine())).toEqual(['-None-', 'Alpha', 'Beta']);
  });

  it('that are left out become unused in the other reading', async () => {
    const { change, mine } = await withField(made, { switches: { picklistPatch: 'replace' } });
    await change({ pick_list_values: [option('C')] });
    expect(values(mine()).map((value) => (value as JsonObject)['type'])).toEqual([
      'used',
      'unused',
      'unused',
      'used',
    ]);
  });

  it('keep their actual value, and are not found by a foreign id', async () => {
    const { change, mine } = await withField(made);
    const id = (values(mine())[1] as JsonObject)['id'] ?? null;
    const other = await change({ pick_list_values: [{ id, actual_value: 'Z', display_value: 'Z' }] });
    expect(essence(other)).toEqual([400, 'NOT_ALLOWED', PLACE]);
    expect(essence(await change({ pick_list_values: [{ id: '1' }] }))[1]).toBe('INVALID_DATA');
  });

  it('come from a global set, or no longer', async () => {
    const { change, mine } = await withField(made);
    await change({ global_picklist: { id: '6084217000000492003' } });
    expect(mine()).toMatchObject({ global_picklist: { api_name: 'Regions' } });
    expect(shown(mine())).toEqual(['-None-', 'EMEA', 'APAC']);
    await change({ global_picklist: null });
    expect(mine()).toMatchObject({ global_picklist: null });
  });
});
