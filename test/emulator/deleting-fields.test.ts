import { describe, expect, it } from 'vitest';
import { essence, visit } from './support.ts';

const path = (id: string | undefined) => `/crm/v8/settings/fields/${id}?module=Deals`;

describe('DELETE of a field (sheet §4.2)', () => {
  it('removes a custom field, used or unused, and frees its names', async () => {
    const { zoho, remove, create } = await visit();
    const fields = zoho.fields('Deals');
    const { id } = fields.markUnused('Partner');
    const done = { code: 'SUCCESS', details: { id }, message: 'field deleted', status: 'success' };
    expect(await remove(path(id))).toMatchObject({ status: 200, body: { fields: [done] } });
    expect(fields.find('Partner')).toBeUndefined();
    const again = await create({ field_label: 'Partner', api_name: 'Partner', data_type: 'text' });
    expect(again.status).toBe(201);
  });

  it('refuses what is used in other places, system fields and unknown ids', async () => {
    const { zoho, remove } = await visit();
    const fields = zoho.fields('Deals');
    const used = await remove(path(fields.markUsedElsewhere('Partner').id));
    expect(used).toMatchObject({
      status: 400,
      body: {
        code: 'NOT_ALLOWED',
        details: { resource_path_index: 2 },
        message: 'The custom field has already used in other places',
      },
    });
    expect(essence(await remove(path(fields.find('Amount')?.id)))).toEqual([
      400,
      'NOT_ALLOWED',
      ['resource_path_index'],
    ]);
    expect(essence(await remove(path('1')))).toEqual([400, 'INVALID_DATA', ['resource_path_index']]);
    expect(essence(await remove(path('1').replace('v8', 'v3')))[1]).toBe('INVALID_REQUEST_METHOD');
    expect(fields.all()).toHaveLength(34);
  });

  it('takes the linking module and the field that looks back with it', async () => {
    const { zoho, remove, create, get } = await visit();
    const links = {
      connected_details: { module: { api_name: 'Contacts' }, field: { field_label: 'Their Deals' } },
      linking_details: { module: { plural_label: 'Wished In Vain' } },
    };
    await create({ field_label: 'People', data_type: 'multiselectlookup', multiselectlookup: links });
    expect(zoho.fields('Contacts').find('Their_Deals')).toMatchObject({
      multiselectlookup: { connected_details: { field: { api_name: 'People' } } },
    });
    const linking = '/crm/v8/settings/modules/Deals_X_Contacts';
    expect(await get(linking)).toMatchObject({
      status: 200,
      body: { modules: [{ generated_type: 'linking' }] },
    });
    await remove(path(zoho.fields('Deals').find('People')?.id));
    expect(zoho.fields('Contacts').find('Their_Deals')).toBeUndefined();
    expect((await get(linking)).status).toBe(400);
  });
});
