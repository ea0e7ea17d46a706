import { describe, expect, it } from 'vitest';
import { asText } from '../../src/emulator/json.ts';
import { DEALS, essence, first, list, visit } from './support.ts';

const names = (answer: Parameters<typeof list>[0]) => list(answer).map((field) => field['api_name']);

describe('GET fields (sheet §2)', () => {
  it('holds a fresh organisation plus the custom lookup Partner', async () => {
    const { get } = await visit();
    const fields = list(await get(DEALS));
    expect(fields).toHaveLength(34);
    expect(fields.filter((field) => field['custom_field'] === true)).toMatchObject([
      {
        api_name: 'Partner',
        field_label: 'Partner',
        data_type: 'lookup',
        lookup: { module: { api_name: 'Accounts' } },
      },
    ]);
    expect(first(await get(DEALS))['profiles']).toHaveLength(2);
  });

  it('knows used, unused and all; nothing to show is 204', async () => {
    const { zoho, get } = await visit();
    expect(await get(`${DEALS}&type=unused`)).toMatchObject({ status: 204, body: null });
    zoho.fields('Deals').markUnused('Partner');
    expect(names(await get(DEALS))).not.toContain('Partner');
    expect(names(await get(`${DEALS}&type=unused`))).toEqual(['Partner']);
    expect(first(await get(`${DEALS}&type=unused`))).toMatchObject({
      type: 'unused',
      layout_associations: [],
    });
    expect(list(await get(`${DEALS}&type=all`))).toHaveLength(34);
    zoho.fields('Deals').markUsed('Partner');
    expect(names(await get(DEALS))).toContain('Partner');
    expect(essence(await get(`${DEALS}&type=some`))).toEqual([
      400,
      'INVALID_DATA',
      ['param_name', 'supported_values'],
    ]);
  });

  it('ignores the parameters that only the SDK knows, and adds what include asks for', async () => {
    const { get } = await visit();
    const answer = await get(`${DEALS}&data_type=text&include=allowed_permissions_to_update`);
    expect(list(answer)).toHaveLength(34);
    expect(first(answer)).toHaveProperty('allowed_permissions');
  });

  it('shows one field by id, with its options even where the list leaves them out', async () => {
    const { zoho, get } = await visit({ switches: { listOmitsPicklistValues: true } });
    const stage = list(await get(DEALS)).find((field) => field['api_name'] === 'Stage');
    expect(stage?.['pick_list_values']).toEqual([]);
    const path = `/crm/v8/settings/fields/${asText(stage?.['id'])}`;
    expect(first(await get(`${path}?module=Deals`))['pick_list_values']).toHaveLength(9);
    const options = await get(`${path}/pick_list_values?module=Deals`);
    expect(list(options, 'pick_list_values')).toHaveLength(9);
    expect(first(options, 'pick_list_values')).toMatchObject({
      display_value: 'Qualification',
      layout_associations: [{ api_name: 'Standard__s' }],
    });
    const amount = zoho.fields('Deals').find('Amount')?.id;
    expect((await get(`/crm/v8/settings/fields/${amount}/pick_list_values?module=Deals`)).status).toBe(204);
  });

  it('refuses an unknown id with the place in the path, or with 204', async () => {
    const { zoho, get } = await visit();
    const path = '/crm/v8/settings/fields/6084217000000000001?module=Deals';
    const body = { code: 'INVALID_DATA', details: { resource_path_index: 2 }, status: 'error' };
    expect(await get(path)).toMatchObject({ status: 400, body });
    expect(essence(await get(path.replace('?', '/pick_list_values?')))[1]).toBe('INVALID_DATA');
    zoho.switches.unknownFieldId = 204;
    expect(await get(path)).toMatchObject({ status: 204 });
    expect(essence(await get(path.split('?')[0] ?? ''))).toEqual([
      400,
      'REQUIRED_PARAM_MISSING',
      ['param_name'],
    ]);
  });

  it('shows version 7 without the keys of version 8, and the old key of unique where asked', async () => {
    const { zoho, get, create } = await visit();
    await create({ field_label: 'Code', data_type: 'text', unique: { case_sensitive: false } });
    const v8 = Object.keys(first(await get(DEALS)));
    const v7 = Object.keys(first(await get(DEALS.replace('v8', 'v7'))));
    expect(v8.filter((key) => !v7.includes(key))).toEqual(
      expect.arrayContaining([
        'column_name',
        'public',
        'range',
        'additional_column',
        'history_tracking_enabled',
      ]),
    );
    zoho.switches.uniqueKeyName = 'casesensitive';
    expect(list(await get(DEALS)).at(-1)).toMatchObject({ unique: { casesensitive: 'false' } });
    expect(first(await get(DEALS))).toMatchObject({ unique: {} });
  });

  it('reads behind the writes where a replica lags', async () => {
    const { zoho, get, create } = await visit({ switches: { readLag: 1000 } });
    await create({ field_label: 'Late', data_type: 'text' });
    expect(names(await get(DEALS))).not.toContain('Late');
    zoho.advance(1000);
    expect(names(await get(DEALS))).toContain('Late');
  });

  it('answers with the headers that Zoho sends', async () => {
    const { headers } = await (await visit()).get(DEALS);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename=response.json');
    expect(headers.get('server')).toBe('ZGS');
  });
});
