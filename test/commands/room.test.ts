import { describe, expect } from 'vitest';
import { it, missing, type JsonRun, type Story } from '../support/story.ts';

/** Contract §5 and §7: what live shows to be full or not there is said by plan, and nothing of such a plan is sent. */

const GUIDE = 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ';
const WITH_ORG = { scope: `${GUIDE} ZohoCRM.org.READ`, organisation: { edition: 'standard' } } as const;

/** Fills Deals, which starts with one custom field, up to this many. */
function fill(story: Story, count: number): void {
  for (let index = 2; index <= count; index += 1) {
    story.zoho
      .fields('Deals')
      .add({ api_name: `Old_${index}`, field_label: `Old ${index}`, data_type: 'text' });
  }
}

const custom = ({ report }: JsonRun) => {
  const { capacity } = report as unknown as { readonly capacity: readonly { readonly kind: string }[] };
  return capacity.find(({ kind }) => kind === 'custom');
};
const codes = ({ report }: JsonRun) => report.fields.map(({ reasons }) => reasons.map(({ code }) => code));
const paths = (story: Story) => story.zoho.requests.map(({ path }) => path.replace('/crm/v8/', ''));

describe.concurrent('a module with less room than a plan needs', () => {
  it('is a conflict for those that do not fit, and nothing is sent before someone has decided', async ({
    open,
  }) => {
    const story = await open(WITH_ORG);
    fill(story, 9);
    story.zoho.fields('Deals').markUnused('Old_2');
    story.declare({ Deals: missing(3) });

    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(3);
    expect(codes(plan)).toEqual([[], ['capacity'], ['capacity']]);
    expect(custom(plan)).toEqual({
      module: 'Deals',
      kind: 'custom',
      used: 9,
      add: 3,
      limit: 10,
      source: 'edition',
    });
    expect(plan.report.requests).toEqual({ read: 3, write: 0 });
    expect((await story.run(['plan'])).stdout).toContain(
      'Deals: 9 of 10 custom fields, this plan +3: 2 do not fit.',
    );

    const applied = await story.json(['apply', '--yes']);
    expect(applied.code).toBe(3);
    expect(story.wire().posts).toEqual([]);
    const allowed = await story.json(['apply', '--yes', '--allow-conflicts']);
    expect(allowed.code, allowed.stdout).toBe(0);
    expect(allowed.report.summary['created']).toBe(1);
    expect(story.wire().posts).toHaveLength(1);
  });

  it('is not guessed at without the scope, and then costs no request', async ({ open }) => {
    const story = await open({ organisation: { edition: 'standard' } });
    fill(story, 12);
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(0);
    expect(custom(plan)).toMatchObject({ used: 12, add: 1, limit: null, source: null });
    expect(paths(story)).toEqual(['/oauth/v2/token', 'settings/fields']);
  });

  it('is known from ZOHO_CUSTOM_FIELD_LIMIT, which has the last word', async ({ open }) => {
    const story = await open(WITH_ORG);
    fill(story, 12);
    story.declare({ Deals: missing(2) });
    const limit = (value: string) => ({ env: { ZOHO_CUSTOM_FIELD_LIMIT: value } });
    const plan = await story.json(['plan'], limit('13'));
    expect(plan.code).toBe(3);
    expect(custom(plan)).toMatchObject({ limit: 13, source: 'setting' });
    expect((await story.json(['plan'], limit('14'))).code).toBe(0);
    for (const value of ['x', '-1', '1.5', '1e3', ' ', '99999999999']) {
      expect((await story.json(['plan'], limit(value))).code, value).toBe(78);
    }
    expect((await story.json(['plan'], limit(''))).code, 'empty is not set').toBe(3);
  });

  it('is remembered as Zoho told it, and nobody waits for that', async ({ open }) => {
    const story = await open({ switches: { customFieldLimit: 3 } });
    story.declare({ Deals: missing(4) });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(4);
    story.turnPage();

    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(3);
    expect(custom(plan)).toMatchObject({ used: 3, add: 2, limit: 3, source: 'refusal' });
    const again = await story.json(['apply', '--yes']);
    expect(again.code).toBe(3);
    expect(again.stderr).not.toContain('waiting');
    expect(story.wire().posts).toEqual([]);

    story.zoho.fields('Deals').remove('Partner');
    expect((await story.json(['apply', '--yes', '--allow-conflicts'])).report.summary['created']).toBe(1);
    expect(custom(await story.json(['plan']))).toMatchObject({ used: 3, add: 1, limit: 3 });
  });

  it('that is filled after planning refuses the saved plan', async ({ open }) => {
    const story = await open(WITH_ORG);
    fill(story, 8);
    story.declare({ Deals: missing(2) });
    expect((await story.json(['plan', '--out', 'deals.plan'])).code).toBe(0);
    story.zoho.fields('Deals').add({ api_name: 'Other', field_label: 'Other', data_type: 'text' });
    const applied = await story.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(75);
    expect(story.wire().posts).toEqual([]);
  });

  it('keeps a saved plan that knows it from being refused', async ({ open }) => {
    const story = await open(WITH_ORG);
    fill(story, 9);
    story.declare({ Deals: missing(2) });
    expect((await story.json(['plan', '--out', 'deals.plan'])).code).toBe(3);
    const applied = await story.json(['apply', 'deals.plan', '--yes', '--allow-conflicts']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.report.summary['created']).toBe(1);
  });
});

describe.concurrent('a lookup to a module that is not there', () => {
  const lookup = (module: string) => ({
    Deals: [{ api_name: 'Buyer', field_label: 'Buyer', data_type: 'lookup', lookup: module }, ...missing(1)],
  });

  it('is a conflict with the one that was meant, for one request more', async ({ open }) => {
    const story = await open();
    story.declare(lookup('Acounts'));
    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(3);
    expect(codes(plan)).toEqual([['unknown-module'], []]);
    expect(plan.report.fields[0]?.reasons[0]?.remedy).toContain('Did you mean Accounts?');
    expect(plan.report.requests).toEqual({ read: 3, write: 0 });
    expect(paths(story)).toEqual(['/oauth/v2/token', 'settings/fields', 'settings/modules']);
    expect((await story.json(['apply', '--yes'])).code).toBe(3);
    expect(story.wire().posts).toEqual([]);
  });

  it('is looked for only while the lookup is to be created', async ({ open }) => {
    const story = await open();
    story.declare(lookup('Accounts'));
    expect((await story.json(['apply', '--yes'])).code).toBe(0);
    story.turnPage();
    expect((await story.json(['plan'])).code).toBe(0);
    expect(paths(story).filter((path) => path === 'settings/modules')).toHaveLength(1);
  });

  it('is left to Zoho where the scopes do not allow to look, or nobody knows them and Zoho refuses', async ({
    open,
  }) => {
    const fields = 'ZohoCRM.settings.fields.ALL';
    const narrow = await open({ scope: fields });
    narrow.declare(lookup('Acounts'));
    expect((await narrow.json(['plan'])).code).toBe(0);
    expect(paths(narrow)).not.toContain('settings/modules');

    const untold = await open({ scope: fields, switches: { scopeInToken: 'absent' } });
    untold.declare(lookup('Acounts'));
    expect((await untold.json(['plan'])).code).toBe(0);
    expect(paths(untold)).toContain('settings/modules');
  });
});
