import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/emulator/json.ts';
import { DEALS, essence, list, visit, type Visit } from './support.ts';

/** The field that comes of a body. */
async function made(body: JsonObject, options: Parameters<typeof visit>[0] = {}): Promise<JsonObject> {
  const { create, zoho } = await visit(options);
  expect(essence(await create({ field_label: 'Mine', ...body }))).toEqual([201, 'SUCCESS', ['id']]);
  return zoho.fields('Deals').find('Mine') ?? {};
}

const option = (value: string): JsonObject => ({ display_value: value, actual_value: value });

describe('what becomes of the keys of a body (sheet §3.3, §3.4)', () => {
  it.each<readonly [body: JsonObject, shown: JsonObject]>([
    [{ data_type: 'text' }, { length: 255, unique: {}, crypt: null, external: null }],
    [{ data_type: 'website' }, { length: 450, filterable: true }],
    [{ data_type: 'double' }, { length: 16, decimal_place: 2, separator: true }],
    [
      { data_type: 'integer', length: 4, separator: false },
      { length: 4, separator: false },
    ],
    [
      { data_type: 'percent', length: 3, decimal_place: 0 },
      { length: 3, decimal_place: 0 },
    ],
    [{ data_type: 'imageupload' }, { length: 10, associated_module: { module: 'Image_Upload_1__s' } }],
    [{ data_type: 'text', filterable: false }, { filterable: false }],
    [{ data_type: 'text', external: { type: 'user' } }, { external: { type: 'user', show: true } }],
    [
      { data_type: 'email', crypt: { mode: 'encryption' }, encrypt_case: 'lowercase' },
      { crypt: { mode: 'encryption', encrypt_case: 'lowercase', status: 1 } },
    ],
    [{ data_type: 'email', crypt: { mode: 'decryption' } }, { crypt: null }],
    [
      { data_type: 'currency', currency: { rounding_option: 'round_up', precision: '1' }, decimal_place: 3 },
      { currency: { rounding_option: 'round_up', precision: 1 }, decimal_place: 3 },
    ],
    [
      { data_type: 'autonumber', auto_number: { start_number: '007' } },
      { auto_number: { prefix: '', start_number: 7, suffix: '', starting_number_length: 3 } },
    ],
    [
      { data_type: 'userlookup', sharing_properties: { share_permission: 'full-access' } },
      { sharing_properties: { share_permission: 'full-access', share_preference_enabled: false } },
    ],
    [
      {
        data_type: 'formula',
        formula: { return_type: 'text', expression: "Upper('a')" },
        number_separator: true,
      },
      {
        json_type: 'string',
        length: 255,
        filterable: false,
        separator: true,
        formula: { return_type: 'text' },
      },
    ],
    [
      { data_type: 'formula', formula: { return_type: 'boolean', expression: '1>0' } },
      { json_type: 'boolean', length: 5, decimal_place: null },
    ],
    [{ data_type: 'address' }, { ui_type: 777, data_type: 'address' }],
  ])('%j', async (body, shown) => {
    expect(await made(body)).toMatchObject(shown);
  });

  it('private and health data where the organisation has the settings', async () => {
    const body = { data_type: 'text', private: { type: 'High' }, hipaa_compliance_enabled: true };
    expect(await made(body, { organisation: { hipaa: true, gdpr: true } })).toMatchObject({
      private: { restricted: false, type: 'High', export: false },
      hipaa_compliance_enabled: true,
    });
  });

  it('the formula’s expression is never shown', async () => {
    const formula = { return_type: 'double', expression: '${Amount}*0.9', dynamic: true };
    expect((await made({ data_type: 'formula', formula }))['formula']).toEqual({
      return_type: 'double',
      dynamic: true,
      assume_default: false,
    });
  });

  it.each([
    'Sqrt(Len(${Email}))',
    'If(${Amount} > Abs(-2), Upper(\'a,b)\'), Lower("x"))',
    '-${Amount} / (1 + 2)',
    'Sqrt(4) + If(1, 2, 3)',
  ])('takes the formula %s', async (expression) => {
    const { create, zoho } = await visit();
    zoho.fields('Deals').add({ field_label: 'Email', data_type: 'email' });
    const formula = { return_type: 'double', expression };
    expect((await create({ field_label: 'Mine', data_type: 'formula', formula })).status).toBe(201);
  });

  it('options sorted, coloured, tracked, and without a second -None-', async () => {
    const field = await made({
      data_type: 'picklist',
      pick_list_values: [{ ...option('b'), colour_code: '#ff0000' }, option('-None-'), option('a')],
      pick_list_values_sorted_lexically: true,
      enable_colour_code: true,
      history_tracking_enabled: true,
      history_tracking: { related_list_name: 'Risk History' },
      default_value: 'a',
    });
    expect(field).toMatchObject({
      pick_list_values: [
        { actual_value: '-None-', sequence_number: 1 },
        { actual_value: 'a', sequence_number: 2, colour_code: null },
        { actual_value: 'b', sequence_number: 3, colour_code: '#ff0000' },
      ],
      pick_list_values_sorted_lexically: true,
      enable_colour_code: true,
      history_tracking_enabled: true,
      history_tracking: { related_list_name: 'Risk History' },
    });
  });

  it('no -None- in a multi-select list', async () => {
    const field = await made({ data_type: 'multiselectpicklist', pick_list_values: [option('a')] });
    expect(field['pick_list_values']).toMatchObject([{ actual_value: 'a', sequence_number: 1 }]);
  });

  it('a roll-up that is no whole number', async () => {
    const rollup_summary = {
      return_type: 'currency',
      expression: { function: 'SUM', function_parameters: [{ api_name: 'Amount' }] },
      based_on_module: { api_name: 'Quotes' },
      related_list: { api_name: 'Quotes' },
    };
    const field = await made({ data_type: 'rollup_summary', rollup_summary });
    expect(field).toMatchObject({
      json_type: 'double',
      length: 120,
      rollup_summary: {
        expression: { criteria: null, function: 'SUM' },
        based_on_module: { api_name: 'Quotes' },
      },
    });
  });
});

describe('lookups and links', () => {
  const lookup = (label: string, display_label: string) => ({
    field_label: label,
    data_type: 'lookup',
    lookup: { module: { api_name: 'Contacts', id: '6084217000000002179' }, display_label },
  });

  it('name the list on the other side after their label, with a number where it is taken', async () => {
    const { create, zoho } = await visit();
    await create(lookup('One', 'My List'), lookup('Two', 'My-List'));
    const names = ['One', 'Two'].map((name) => zoho.fields('Deals').find(name)?.['lookup']);
    expect(names).toMatchObject([{ api_name: 'My_List' }, { api_name: 'My_List1' }]);
  });

  it('linking modules get names of Zoho’s own, whatever was wished', async () => {
    const guest = await visit();
    const links = (field_label: string) => ({
      field_label,
      data_type: 'multiselectlookup',
      multiselectlookup: {
        connected_details: {
          module: { api_name: 'Contacts' },
          field: { field_label: `Back ${field_label}` },
        },
        linking_details: { module: { plural_label: `Wished ${field_label}` } },
      },
    });
    expect((await guest.create(links('One'), links('Two'))).status).toBe(201);
    expect(linkingNames(guest)).toEqual(['Deals_X_Contacts', 'Deals_X_Contacts1']);
    const answer = await guest.post('/crm/v8/settings/fields?module=Deals_X_Contacts', {
      fields: [{ field_label: 'X', data_type: 'text' }],
    });
    expect(essence(answer)[1]).toBe('INVALID_MODULE');
  });

  it('show links flat before version 8', async () => {
    const guest = await visit();
    const connected_details = { module: { api_name: 'Accounts' }, field: { field_label: 'Back' } };
    await guest.create({
      field_label: 'Many',
      data_type: 'multiselectlookup',
      multiselectlookup: { connected_details },
    });
    const v7 = list(await guest.get(DEALS.replace('v8', 'v7'))).at(-1);
    expect(v7?.['multiselectlookup']).toMatchObject({
      display_label: 'Back',
      linking_module: 'Deals_X_Accounts',
      connected_module: 'Accounts',
      connectedfield_apiname: 'Back',
    });
  });
});

function linkingNames({ zoho }: Visit): readonly unknown[] {
  const fields = zoho
    .fields('Deals')
    .all()
    .filter((field) => field.data_type === 'multiselectlookup');
  return fields.map((field) => {
    const { linking_details } = field['multiselectlookup'] as {
      linking_details: { module: { api_name: string } };
    };
    return linking_details.module.api_name;
  });
}
