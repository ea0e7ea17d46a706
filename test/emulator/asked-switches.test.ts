import { describe, expect, it } from 'vitest';
import { visit } from './support.ts';
import { SWITCH_NAMES } from '../../src/emulator/switches.ts';

describe('an emulator knows which switches its answers depended on', () => {
  it('none before the first request; those of a token and a list after them; the rest once it matters', async () => {
    const guest = await visit();
    const { zoho } = guest;
    expect(zoho.asked).toContain('tokenLifetime');
    expect(zoho.asked).not.toContain('readLag');

    await guest.get('/crm/v8/settings/fields?module=Deals');
    expect(zoho.asked).toContain('readLag');
    expect(zoho.asked).not.toContain('apiNameInBody');
    expect(zoho.asked).not.toContain('wrongMethod');

    await guest.create({ field_label: 'Part 1', data_type: 'text' });
    expect(zoho.asked).toContain('apiNameInBody');
    expect(zoho.asked).not.toContain('optionLimits');
    const pick_list_values = [{ display_value: 'Low', actual_value: 'Low' }];
    await guest.create({ field_label: 'Level', data_type: 'picklist', pick_list_values });
    expect(zoho.asked).toContain('optionLimits');
  });

  it('looking at switches and changing fields behind its back is no request', async () => {
    const { zoho } = await visit();
    const before = [...zoho.asked];
    expect(SWITCH_NAMES.map((name) => zoho.switches[name])).toHaveLength(SWITCH_NAMES.length);
    zoho.fields('Deals').add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'text' });
    const since = [...zoho.asked].filter((name) => !before.includes(name));
    expect(since, 'only what building a field needs').toEqual([]);
  });
});
