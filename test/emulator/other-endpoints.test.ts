import { describe, expect, it } from 'vitest';
import { asText } from '../../src/emulator/json.ts';
import { essence, first, list, visit } from './support.ts';
import { DEFAULT_SEED } from '../../src/emulator/state/new-organisation.ts';

describe('the other endpoints (sheet §10)', () => {
  it('modules: all, or one by its API name', async () => {
    const { get } = await visit();
    const modules = list(await get('/crm/v8/settings/modules'), 'modules');
    expect(modules.map((module) => module['api_name'])).toEqual(
      expect.arrayContaining(['Leads', 'Accounts', 'Deals']),
    );
    const deals = first(await get('/crm/v8/settings/modules/Deals'), 'modules');
    expect(deals).toEqual(modules.find((module) => module['api_name'] === 'Deals'));
    expect(Object.keys(deals).sort()).toEqual(MODULE_KEYS);
    expect(deals).toMatchObject({
      id: '6084217000000002181',
      api_supported: true,
      generated_type: 'default',
    });
  });

  it('profiles: all, or one with its permissions', async () => {
    const { get } = await visit();
    const profiles = list(await get('/crm/v8/settings/profiles'), 'profiles');
    expect(profiles).toMatchObject([
      { id: '6084217000000026011', name: 'Administrator', type: 'normal_profile' },
      { id: '6084217000000026014', name: 'Standard', custom: false },
    ]);
    const one = first(await get('/crm/v8/settings/profiles/6084217000000026014'), 'profiles');
    expect(one).toEqual({ ...profiles[1], permissions_details: [] });
    expect(essence(await get('/crm/v8/settings/profiles/1'))[1]).toBe('INVALID_DATA');
  });

  it('global picklists: values only when asked for; 204 when there are none', async () => {
    const { get } = await visit();
    const sets = list(await get('/crm/v8/settings/global_picklists'), 'global_picklists');
    expect(sets.map((set) => set['api_name'])).toEqual(['Regions', 'Source']);
    expect(sets[0]).not.toHaveProperty('pick_list_values');
    const path = '/crm/v8/settings/global_picklists';
    const full = first(await get(`${path}?include=pick_list_values`), 'global_picklists');
    expect(full['pick_list_values']).toHaveLength(3);
    expect(first(await get(`${path}/6084217000000492003`), 'global_picklists')).toEqual(full);
    expect(essence(await get(`${path}/1`))[1]).toBe('INVALID_DATA');
    const bare = await visit({ seed: { ...DEFAULT_SEED, globalPicklists: [] } });
    expect(await bare.get(path)).toMatchObject({ status: 204, body: null });
  });

  it('layouts: the standard one, with what it requires', async () => {
    const { get, zoho } = await visit();
    const path = '/crm/v8/settings/layouts';
    const layout = first(await get(`${path}?module=Deals`), 'layouts');
    expect(layout).toMatchObject({ api_name: 'Standard__s', name: 'Standard', id: '6084217000000091023' });
    const [section] = layout['sections'] as readonly { fields: readonly Record<string, unknown>[] }[];
    const required = section?.fields.filter((field) => field['required']).map((field) => field['api_name']);
    expect(required).toEqual(['Deal_Name', 'Closing_Date', 'Account_Name', 'Stage']);
    expect(first(await get(`${path}/6084217000000091023?module=Deals`), 'layouts')).toEqual(layout);
    expect(essence(await get(`${path}/1?module=Deals`))[1]).toBe('INVALID_DATA');
    expect(essence(await get(path))[1]).toBe('REQUIRED_PARAM_MISSING');
    zoho.fields('Deals').markUnused('Partner');
    expect(JSON.stringify((await get(`${path}?module=Deals`)).body)).not.toContain('"api_name":"Partner"');
  });

  it('org: who it is, which edition, which kind', async () => {
    const organisation = { name: 'Acme', edition: 'standard', type: 'sandbox', idPrefix: '1234567' } as const;
    const { get } = await visit({ organisation });
    const org = first(await get('/crm/v8/org'), 'org');
    expect(Object.keys(org).sort()).toEqual(ORG_KEYS);
    expect(org).toMatchObject({
      id: '1234567000000020005',
      company_name: 'Acme',
      type: 'sandbox',
      license_details: { paid: true, paid_type: 'standard' },
    });
    expect(first(await get('/crm/v8/settings/fields?module=Deals'))['id']).toMatch(/^1234567\d{12}$/);
  });

  it('users: the one user, by list and by id', async () => {
    const { get } = await visit();
    const users = list(await get('/crm/v8/users?type=CurrentUser'), 'users');
    expect(users).toMatchObject([{ email: 'admin@example.com', status: 'active' }]);
    expect(list(await get(`/crm/v8/users/${asText(users[0]?.['id'])}`), 'users')).toEqual(users);
    expect(essence(await get('/crm/v8/users/1'))[1]).toBe('INVALID_DATA');
  });
});

/** All keys of the sample of sheet §10.1. */
const MODULE_KEYS = `has_more_profiles access_type private_profile deletable description creatable
  recycle_bin_on_delete modified_time plural_label presence_sub_menu actual_plural_label id visibility convertable
  sub_menu_available editable actual_singular_label profiles show_as_tab web_link sequence_number singular_label
  viewable api_supported api_name quick_create modified_by generated_type feeds_required arguments module_name
  profile_count business_card_field_limit parent_module status`
  .split(/\s+/)
  .sort();

/** All keys of the sample of sheet §10.4. */
const ORG_KEYS = `country hierarchy_preferences photo_id city description type mc_status gapps_enabled
  lite_users_enabled domain_name translation_enabled street alias currency deletable_org_account id state fax
  employee_count zip created_time website currency_symbol mobile currency_locale primary_zuid zia_portal_id time_zone
  zgid country_code license_details phone company_name privacy_settings primary_email hipaa_compliance_enabled iso_code`
  .split(/\s+/)
  .sort();
