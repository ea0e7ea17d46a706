import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { missing, text } from '../../support/story.ts';
import { expectCost, expectHonestCount } from '../../support/switch-expectations.ts';

const { chapter, describe, it } = openChapter('plan');

export const plan = chapter;

const LEVELS = { api_name: 'Risk_Level', field_label: 'Risk Level', data_type: 'picklist' };

describe('plan reads, compares and prints (contract §3, §4)', () => {
  it('asks for one token and one list of all fields, and writes nothing', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(7) });
    const before = JSON.stringify(story.zoho.fields('Deals').all());

    const plan = await story.json(['plan']);
    expect(plan.code, plan.stderr).toBe(0);
    expect(plan.report.summary).toEqual({ create: 7, in_sync: 0, drift: 0, conflict: 0, unmanaged: 1 });
    expectHonestCount(story, plan.report.requests);
    expect(story.zoho.requests.map((one) => `${one.method} ${one.path}`)).toEqual([
      'POST /oauth/v2/token',
      'GET /crm/v8/settings/fields',
    ]);
    expect(story.wire().lists[0]?.query).toEqual({ module: 'Deals', type: 'all' });
    expect(JSON.stringify(story.zoho.fields('Deals').all())).toBe(before);
  });

  it('asks with the scheme that Zoho takes, and sends every secret in a body or a header', async ({
    open,
  }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });

    await story.run(['plan']);
    const [token, list] = story.zoho.requests;
    expect(token?.query).toEqual({});
    expect(token?.body).toMatchObject({ grant_type: 'refresh_token' });
    expect(list?.headers['authorization']).toMatch(/^Zoho-oauthtoken \S+$/);
  });

  it('needs no scope beyond those of the guide, and shows the organisation where a scope allows it', async ({
    open,
  }) => {
    const guide = await open();
    guide.declare({ Deals: missing(1) });
    await guide.run(['plan']);
    expect(guide.zoho.requests.map((one) => one.path)).not.toContain('/crm/v8/org');

    const wider = await open({
      scope: 'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ,ZohoCRM.org.READ',
      organisation: { name: 'Acme GmbH' },
    });
    wider.declare({ Deals: missing(1) });
    const plan = await wider.run(['plan']);
    expect(plan.code, plan.stderr).toBe(0);
    // A token that does not say what it is good for is not tried on what it may not be good for.
    const { scopeInToken, userPermission } = wider.zoho.switches;
    const isShown = scopeInToken === 'present' && userPermission === 'granted';
    expect(plan.stdout.includes('Acme GmbH')).toBe(isShown);
  });

  it('reads one list per module', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1), Leads: missing(1), Contacts: missing(1) });

    const plan = await story.json(['plan']);
    expect(plan.report.summary).toMatchObject({ create: 3 });
    const answered = story.wire().lists.filter(({ status }) => status === 200);
    expect(answered.map((one) => one.query['module'])).toEqual(['Deals', 'Leads', 'Contacts']);
    expectCost(story, { tokens: 1, lists: 3 });
    expectHonestCount(story, plan.report.requests);
  });

  it('reads options singly where the list leaves them out, for declared picklists only', async ({ open }) => {
    const story = await open({ switches: { listOmitsPicklistValues: true } });
    for (const api_name of ['Risk_Level', 'Region', 'Unasked', 'Undeclared']) {
      story.zoho.fields('Deals').add({
        api_name,
        field_label: api_name.replaceAll('_', ' '),
        data_type: 'picklist',
        pick_list_values: ['Low', 'High'].map((name) => ({ display_value: name, actual_value: name })),
      });
    }
    story.declare({
      Deals: [
        { ...LEVELS, pick_list_values: ['High', 'Low'] },
        { api_name: 'Region', field_label: 'Region', data_type: 'picklist', pick_list_values: ['North'] },
        { api_name: 'Unasked', data_type: 'picklist', create: false },
      ],
    });

    const plan = await story.json(['plan']);
    expect(plan.report.fields.map((field) => field.action)).toEqual(['in_sync', 'drift', 'in_sync']);
    const ids = ['Risk_Level', 'Region'].map((name) => story.zoho.fields('Deals').find(name)?.id ?? '');
    const asked = story.wire().singles.map((one) => one.path.split('/').at(-1) ?? '');
    expect(new Set(asked)).toEqual(new Set(ids));
    expectCost(story, { tokens: 1, lists: 1, singles: 2 });
    expectHonestCount(story, plan.report.requests);
  });

  it('reads no single field where the list has the options', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: [
        { api_name: 'Stage', data_type: 'picklist', create: false, pick_list_values: ['Qualification'] },
      ],
    });

    const plan = await story.json(['plan']);
    expect(plan.report.fields[0]?.action).toBe('drift');
    expect(story.wire().singles).toHaveLength(story.zoho.switches.listOmitsPicklistValues ? 1 : 0);
  });

  it('looks profiles and global picklists up only for fields that name one and are missing', async ({
    open,
  }) => {
    const story = await open();
    story.declare({
      Deals: [
        text('Part_1', { profiles: { Standard: 'read_only' } }),
        {
          api_name: 'Origin',
          field_label: 'Origin',
          data_type: 'picklist',
          global_picklist: 'Source',
        },
      ],
    });

    const first = await story.json(['apply', '--yes']);
    expect(first.code, first.stderr).toBe(0);
    const lookedUp = story.wire().others.filter(({ status }) => status === 200);
    expect(lookedUp.map((one) => one.path)).toEqual([
      '/crm/v8/settings/profiles',
      '/crm/v8/settings/global_picklists',
    ]);

    story.turnPage();
    const plan = await story.json(['plan']);
    expect(plan.report.summary).toMatchObject({ in_sync: 2 });
    expect(story.wire().others).toEqual([]);
  });

  it('prints the same plan for the same state, whatever the order in which Zoho lists it', async ({
    open,
  }) => {
    const story = await open();
    story.declare({ Deals: [text('Part_1'), { api_name: 'Stage', data_type: 'picklist', create: false }] });

    const first = await story.json(['plan']);
    story.zoho.faults = [{ kind: 'results', change: 'shuffled', path: '/settings/fields', seed: 7 }];
    const second = await story.json(['plan']);
    expect(second.report).toEqual(first.report);
  });

  it('shows a first-time reader what will happen, what it costs, and what to type next', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: [text('Part_1'), text('Deal_Name', { create: false, data_type: 'text', length: 200 })],
    });

    const plan = await story.run(['plan', '-f', 'fields.yaml']);
    expect(plan.stdout).toContain('Deals');
    expect(plan.stdout).toMatch(/\+ .*Part_1/);
    expect(plan.stdout).toMatch(/~ .*Deal_Name/);
    expect(plan.stdout).toMatch(/200/);
    expect(plan.stdout).toMatch(/permanent/i);
    expect(plan.stdout).toContain('zoho-fields apply -f fields.yaml');
  });
});
