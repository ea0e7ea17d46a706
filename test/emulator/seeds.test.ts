import file from './field-examples.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { asText } from '../../src/emulator/json.ts';
import { DEALS, first, list, visit } from './support.ts';
import { parseSeedFile } from '../../src/emulator/state/new-organisation.ts';

const lead = '/crm/v8/settings/fields?module=Leads';

describe('seeds', () => {
  it('stock Deals and Leads are as complete as the examples, key by key', async () => {
    const { get } = await visit();
    const wanted = Object.keys(file.text).sort();
    for (const field of [...list(await get(DEALS)), ...list(await get(lead))]) {
      const keys = Object.keys(field);
      expect(
        wanted.filter((key) => !keys.includes(key)),
        asText(field['api_name']),
      ).toEqual([]);
    }
  });

  it('ids are unique across all modules', async () => {
    const { get, zoho } = await visit();
    const modules = list(await get('/crm/v8/settings/modules'), 'modules').map((module) =>
      asText(module['api_name']),
    );
    const ids = modules.flatMap((module) =>
      zoho
        .fields(module)
        .all()
        .map((field) => field.id),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^\d{19}$/.test(id))).toBe(true);
  });

  it('a real organisation brings its own profiles, layouts and ids', async () => {
    const field = {
      ...file.text,
      id: '9999999000009000000',
      profiles: [{ permission_type: 'read_write', name: 'Sales', id: '9999999000000026099' }],
      layout_associations: [{ api_name: 'Big__s', name: 'Big', id: '9999999000000091099' }],
    };
    const seed = parseSeedFile(`\uFEFF${JSON.stringify({ modules: { Invoices: { fields: [field] } } })}`);
    const { get, post } = await visit({ seed, organisation: { idPrefix: '9999999' } });
    const path = '/crm/v8/settings/fields?module=Invoices';
    expect(list(await get(path))).toEqual([field]);
    expect(first(await get('/crm/v8/settings/profiles'), 'profiles')).toMatchObject({ name: 'Sales' });
    const created = await post(path, { fields: [{ field_label: 'New', data_type: 'text' }] });
    expect(first(created)['details']).toMatchObject({ id: expect.stringMatching(/^9999999000009000/) });
    expect(list(await get(path)).at(-1)).toMatchObject({
      profiles: [{ name: 'Sales' }],
      layout_associations: [{ name: 'Big' }],
      column_name: 'INVOICECF2',
    });
  });

  it('a module that no standard one is named like becomes a custom one', async () => {
    const seed = parseSeedFile(JSON.stringify({ fields: [file.text] }), 'Partners');
    const { get } = await visit({ seed });
    const module = first(await get('/crm/v8/settings/modules/Partners'), 'modules');
    expect(module).toMatchObject({ generated_type: 'custom', api_name: 'Partners' });
  });

  it.each([
    ['no', 'not JSON'],
    ['{}', 'no list "fields"'],
    ['[]', 'The seed of Deals has no field'],
    ['{"modules":{}}', 'The seed has no module'],
    ['{"modules":{"Leads":{"fields":[]}}}', 'The seed of Leads has no field'],
    ['{"fields":[{"id":"1"}]}', 'fields[0] has no "api_name"'],
  ])('%s is refused in words', (text, words) => {
    expect(() => parseSeedFile(text)).toThrow(words);
  });
});
