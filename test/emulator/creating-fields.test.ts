import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/emulator/json.ts';
import { DEALS, essence, list, visit } from './support.ts';

const text = (field_label: string, more: JsonObject = {}): JsonObject => ({
  field_label,
  data_type: 'text',
  ...more,
});
const needy: JsonObject = {
  field_label: 'Partner Account',
  data_type: 'lookup',
  lookup: { module: { api_name: 'Accounts' } },
};

describe('POST fields (sheet §3)', () => {
  it('creates what the sheet sends in its two examples', async () => {
    const { create, zoho } = await visit();
    const firstFive = await create(
      text('Strategic Partner ID', {
        api_name: 'StrategicPartnerId',
        length: 50,
        tooltip: { name: 'info_icon', value: 'Identifier of the partner record' },
      }),
      { field_label: 'Partner Notes', data_type: 'textarea', length: 2000, textarea: { type: 'small' } },
      {
        field_label: 'Partner Tier',
        data_type: 'picklist',
        pick_list_values: [
          { display_value: 'Gold', actual_value: 'Gold' },
          { display_value: 'Silver', actual_value: 'Silver' },
        ],
        pick_list_values_sorted_lexically: false,
      },
      {
        field_label: 'Partner Margin',
        data_type: 'currency',
        length: 16,
        decimal_place: 3,
        currency: { rounding_option: 'normal', precision: 2 },
      },
      { ...needy, lookup: { module: { api_name: 'Accounts' }, display_label: 'Partner Deals' } },
    );
    const nextFive = await create(
      {
        field_label: 'Partner Region',
        data_type: 'picklist',
        global_picklist: { id: '6084217000000492003' },
      },
      {
        field_label: 'Partner Deal No',
        data_type: 'autonumber',
        auto_number: { start_number: 1000, prefix: 'PD', suffix: '' },
        _update_existing_records: false,
      },
      {
        field_label: 'Partner Net',
        data_type: 'formula',
        formula: { return_type: 'double', expression: '${Amount}*0.9' },
        decimal_place: 2,
      },
      { field_label: 'Partner Contract', data_type: 'fileupload', length: 1 },
      { field_label: 'Partner Manager', data_type: 'userlookup' },
    );
    expect([firstFive.status, nextFive.status]).toEqual([201, 201]);
    for (const result of [...list(firstFive), ...list(nextFive)]) {
      const id = expect.stringMatching(/^6084217\d{12}$/);
      expect(result).toEqual({
        code: 'SUCCESS',
        details: { id },
        message: 'field created',
        status: 'success',
      });
    }
    const fields = zoho.fields('Deals');
    expect(fields.find('StrategicPartnerId')).toMatchObject({ length: 50, custom_field: true, type: 'used' });
    expect(fields.find('Partner_Tier')?.['pick_list_values']).toMatchObject([
      { actual_value: '-None-', sequence_number: 1 },
      { actual_value: 'Gold', sequence_number: 2 },
      { actual_value: 'Silver', sequence_number: 3 },
    ]);
  });

  it('207: creates some, in request order, each with its own status', async () => {
    const { create } = await visit();
    const answer = await create(text('New One'), text('amount'), text('New One'), text('New Two'));
    expect(answer.status).toBe(207);
    expect(list(answer).map((result) => [result['status'], result['code']])).toEqual([
      ['success', 'SUCCESS'],
      ['error', 'DUPLICATE_DATA'],
      ['error', 'DUPLICATE_DATA'],
      ['success', 'SUCCESS'],
    ]);
    expect(list(answer)[2]).toEqual({
      code: 'DUPLICATE_DATA',
      details: { api_name: 'field_label', json_path: '$.fields[2].field_label' },
      message: 'Field label duplicate',
      status: 'error',
    });
  });

  it('400 with a list: creates none', async () => {
    const { create } = await visit();
    const answer = await create(text('Amount'), text('Stage'));
    expect(answer.status).toBe(400);
    expect(list(answer)).toHaveLength(2);
  });

  it('refuses 0 and 6 fields, and what is no list', async () => {
    const { create, post, zoho } = await visit();
    const six = ['A', 'B', 'C', 'D', 'E', 'F'].map((label) => text(label));
    expect(essence(await create())).toEqual([
      400,
      'INVALID_DATA',
      ['api_name', 'json_path', 'minimum_length'],
    ]);
    expect(await create(...six)).toMatchObject({ status: 400, body: { details: { maximum_length: 5 } } });
    zoho.switches.tooManyFieldsCode = 'LIMIT_EXCEEDED';
    expect(essence(await create(...six))[1]).toBe('LIMIT_EXCEEDED');
    zoho.switches.maxFieldsPerCall = 25;
    expect((await create(...six)).status).toBe(201);
    for (const body of ['', '[', '{}', { fields: {} }, { fields: null }, [], 'null']) {
      expect(await post(DEALS, body)).toMatchObject({
        status: 400,
        body: {
          code: 'INVALID_DATA',
          details: { expected_data_type: 'jsonarray', api_name: 'fields', json_path: '$.fields' },
        },
      });
    }
  });

  it('makes fields visible to all profiles and in the standard layout only', async () => {
    const { create, zoho } = await visit({ clock: () => Date.UTC(2026, 2, 2, 18, 15) });
    const standard = '6084217000000026014';
    await create(text('Seen', { profiles: [{ id: standard, permission_type: 'read_only' }] }));
    expect(zoho.fields('Deals').find('Seen')).toMatchObject({
      created_time: '2026-03-02T10:15:00-08:00',
      modified_time: '2026-03-02T10:15:00-08:00',
      column_name: 'POTENTIALCF2',
      profiles: [
        { name: 'Administrator', permission_type: 'read_write' },
        { name: 'Standard', permission_type: 'read_only', id: standard },
      ],
      layout_associations: [{ api_name: 'Standard__s', name: 'Standard' }],
    });
  });

  it('can be asked below version 8 as the switch says', async () => {
    const { post, zoho } = await visit();
    const body = { fields: [text('Old')] };
    const v3 = DEALS.replace('v8', 'v3');
    expect(essence(await post(v3, body))[1]).toBe('INVALID_REQUEST_METHOD');
    zoho.switches.oldVersionWrites = 'API_NOT_SUPPORTED';
    expect(essence(await post(v3, body))[1]).toBe('API_NOT_SUPPORTED');
    zoho.switches.oldVersionWrites = 'serve';
    expect((await post(v3, body)).status).toBe(201);
    expect((await post(DEALS.replace('v8', 'v6'), { fields: [text('Newer')] })).status).toBe(201);
  });

  it('makes no fields for modules that have none of their own', async () => {
    const { post } = await visit();
    const answer = await post('/crm/v8/settings/fields?module=Notes', { fields: [text('X')] });
    expect(essence(answer)).toEqual([400, 'INVALID_MODULE', []]);
  });
});

describe('structure is judged for the whole request (sheet §3.7)', () => {
  it('one lookup without its label fails all five, flat', async () => {
    const { create, zoho } = await visit();
    const answer = await create(text('A'), text('B'), needy, text('C'), text('D'));
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 'MANDATORY_NOT_FOUND',
        details: { api_name: 'display_label', json_path: '$.fields[2].lookup.display_label' },
        status: 'error',
      },
    });
    expect(zoho.fields('Deals').find('A')).toBeUndefined();
  });

  it('or as a list, or for the item alone', async () => {
    const { create, zoho } = await visit({ switches: { structuralErrors: 'whole-request-listed' } });
    const listed = await create(text('A'), needy);
    expect([listed.status, list(listed).length, zoho.fields('Deals').find('A')]).toEqual([400, 1, undefined]);
    zoho.switches.structuralErrors = 'per-item';
    const perItem = await create(text('A'), needy);
    expect([perItem.status, list(perItem).map((result) => result['code'])]).toEqual([
      207,
      ['SUCCESS', 'MANDATORY_NOT_FOUND'],
    ]);
  });

  it('but a wrong value fails only its own field, as was recorded live', async () => {
    const { create } = await visit();
    const wrong = text('E', { unique: { case_sensitive: true } });
    const answer = await create(text('A'), text('B'), text('C'), text('D'), wrong);
    expect(answer.status).toBe(207);
    expect(list(answer)[4]).toEqual({
      code: 'INVALID_DATA',
      status: 'error',
      message: 'Invalid value.',
      details: {
        api_name: 'case_sensitive',
        json_path: '$.fields[4].unique.case_sensitive',
        supported_values: [false],
      },
    });
  });

  it('silently ignores keys that it does not know, or refuses them', async () => {
    const { create, zoho } = await visit();
    const body = text('Known', { system_mandatory: true, sequence_number: 3, lookup: 'x' });
    expect((await create(body)).status).toBe(201);
    expect(zoho.fields('Deals').find('Known')).toMatchObject({ system_mandatory: false, lookup: {} });
    zoho.switches.unknownKeys = 'INVALID_DATA';
    expect(await create({ ...body, field_label: 'Other' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_DATA', details: { api_name: 'system_mandatory' } },
    });
  });
});
