import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import type { EmulatorOptions } from '../../../src/emulator/start.ts';
import type { Run } from '../../support/run-cli.ts';
import { missing, text, type Story } from '../../support/story.ts';
import { fieldsSent } from '../../support/wire.ts';
import { creation, heeded, isSilent, lessons, turnsAway } from '../../support/switch-expectations.ts';

const { chapter, describe, it } = openChapter('refusals');

export const refusals = chapter;

type Fault = NonNullable<EmulatorOptions['faults']>[number];

const POST = { method: 'POST', path: '/settings/fields' } as const;

/** Someone else is quicker, just before the n-th POST. */
function meanwhile(story: Story, effect: () => void, nth = 1): Fault {
  return { kind: 'run', effect, ...creation(story, nth) };
}

/** Ends a story about refusals in a Zoho whose answers to POST never arrive. */
function hears(story: Story): void {
  story.endsWhere(isSilent(story.zoho.switches), 'answers to POST never arrive, so no refusal is heard');
}

/** Ends a story in a Zoho that takes the second field as well: there it has to be told with both ids. */
function refusesTwins(story: Story, { code, stdout }: Run): void {
  if (story.zoho.switches.duplicates === 'refuse') return;
  expect(code, stdout).toBe(4);
  expect(stdout).toMatch(/DUPLICATE_DETECTED/);
  story.endsWhere(true, 'this Zoho takes the second field too, which is told');
}

const add =
  (story: () => Story, api_name: string, more: Readonly<Record<string, string | number>> = {}) =>
  () =>
    void story()
      .zoho.fields('Deals')
      .add({ api_name, field_label: api_name.replaceAll('_', ' '), data_type: 'text', length: 50, ...more });

const envelope = (code: string, details: object = {}): string =>
  JSON.stringify({ code, details, message: 'said Zoho', status: 'error' });

describe('one field that Zoho refuses does not cost the others (contract §6, §9)', () => {
  it('a partial success is told field by field with exit 4, and running again finishes the job', async ({
    open,
  }) => {
    const story: Story = await open();
    story.zoho.faults = [
      meanwhile(
        story,
        add(() => story, 'Part_3', { length: 20 }),
      ),
    ];
    story.declare({ Deals: missing(6) });

    const applied = await story.json(['apply', '--yes']);
    hears(story);
    refusesTwins(story, applied);
    expect(applied.code, applied.stdout).toBe(4);
    expect(applied.report.summary).toEqual({
      created: 5,
      finished: 0,
      failed: 1,
      not_attempted: 0,
      in_sync: 0,
    });
    const failed = applied.report.fields.find((field) => field.api_name === 'Part_3');
    expect(failed).toMatchObject({ outcome: 'failed', code: 'DUPLICATE_DATA', line: 5 });
    expect(failed?.differences).toMatchObject([{ key: 'length', want: 50, live: 20 }]);
    expect(heeded(story).map((post) => post.status)).toEqual([207, 201]);

    story.zoho.fields('Deals').remove('Part_3');
    const again = await story.json(['apply', '--yes']);
    expect(again.code).toBe(0);
    expect(again.report.summary).toEqual({
      created: 1,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 5,
    });
  });

  it('on the screen a refusal names field, key, code and line of the manifest', async ({ open }) => {
    const story = await open({ switches: { optionLimits: 'published' } });
    story.declare({
      Deals: [
        text('Part_1'),
        {
          api_name: 'Risk',
          field_label: 'Risk',
          data_type: 'picklist',
          pick_list_values: ['An option of more than twenty-five characters'],
        },
      ],
    });

    const applied = await story.run(['apply', '--yes']);
    hears(story);
    expect(applied.code).toBe(4);
    expect(applied.stdout).toMatch(/Risk/);
    expect(applied.stdout).toMatch(/INVALID_DATA/);
    expect(applied.stdout).toMatch(/fields\.yaml:4|line 4/);
  });

  it('DUPLICATE_DATA for a field that live shows exactly as declared is in sync', async ({ open }) => {
    const story: Story = await open();
    story.zoho.faults = [
      meanwhile(
        story,
        add(() => story, 'Part_2'),
      ),
    ];
    story.declare({ Deals: missing(2) });

    const applied = await story.json(['apply', '--yes']);
    hears(story);
    refusesTwins(story, applied);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.report.summary).toEqual({
      created: 1,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 1,
    });
  });

  it('and is so even where it is the only one', async ({ open }) => {
    const story: Story = await open();
    story.zoho.faults = [
      meanwhile(
        story,
        add(() => story, 'Part_1'),
      ),
    ];
    story.declare({ Deals: missing(1) });

    const applied = await story.json(['apply', '--yes']);
    hears(story);
    refusesTwins(story, applied);
    // Nothing of ours is waited for, so where reads lag the other one's field does not show yet.
    const shows = story.zoho.switches.readLag === 0;
    expect(applied.code, applied.stdout).toBe(shows ? 0 : 1);
    const told = { created: 0, finished: 0, failed: shows ? 0 : 1, not_attempted: 0, in_sync: shows ? 1 : 0 };
    expect(applied.report.summary).toEqual(told);
    const again = await story.json(['apply', '--yes']);
    expect(again.report.summary).toEqual({
      created: 0,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 1,
    });
  });

  // What `validate` cannot see, Zoho may still find wrong with one field, and refuse the whole request (sheet §3.7).
  const AT_THIRD = { api_name: 'lookup', json_path: '$.fields[2].lookup.display_label' };
  const REFUSED = JSON.parse(envelope('MANDATORY_NOT_FOUND', AT_THIRD)) as object;
  it.for([
    { shape: 'as one refusal', body: REFUSED },
    { shape: 'as a list of one', body: { fields: [REFUSED] } },
    { shape: 'repeated for every field', body: { fields: [1, 2, 3, 4, 5].map(() => REFUSED) } },
  ])(
    'a request refused for one of five, $shape, leaves the four innocent ones created',
    async ({ body }, { open }) => {
      const story = await open();
      story.zoho.faults = [
        { kind: 'status', status: 400, body: JSON.stringify(body), ...creation(story, 1) },
      ];
      story.declare({ Deals: missing(5) });

      const applied = await story.json(['apply', '--yes']);
      expect(applied.code, applied.stdout).toBe(4);
      expect(applied.report.summary).toEqual({
        created: 4,
        finished: 0,
        failed: 1,
        not_attempted: 0,
        in_sync: 0,
      });
      expect(applied.report.fields[2]).toMatchObject({
        outcome: 'failed',
        code: 'MANDATORY_NOT_FOUND',
        line: 5,
      });
      const [, without] = story.wire().posts.slice(lessons(story.zoho.switches));
      expect(fieldsSent(without).map((field) => field['field_label'])).toEqual([
        'Part 1',
        'Part 2',
        'Part 4',
        'Part 5',
      ]);
    },
  );

  it('a refusal that names nobody sends each alone, so that the culprit is known', async ({ open }) => {
    const story = await open();
    const whole: Fault = { kind: 'status', status: 400, body: envelope('INVALID_DATA'), ...POST };
    story.zoho.faults = [1, 4].map((nth) => ({ ...whole, ...creation(story, nth) }));
    story.declare({ Deals: missing(5) });

    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(4);
    const outcomes = applied.report.fields.map((field) => field.outcome);
    // Which one the fourth request is about is clear only where every request counts.
    if (!turnsAway(story.zoho.switches))
      expect(outcomes).toEqual(['created', 'created', 'failed', 'created', 'created']);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(4);
  });
});

describe('a refusal says what to do about it', () => {
  it('a related list that another module has put there already', async ({ open }) => {
    const story = await open();
    const refusal = envelope('DUPLICATE_DATA', {
      api_name: 'display_label',
      json_path: '$.fields[0].lookup.display_label',
    });
    story.zoho.faults = [{ kind: 'status', status: 400, body: `{"fields":[${refusal}]}`, ...POST }];
    story.declare({
      Deals: [{ api_name: 'Maker', field_label: 'Maker', data_type: 'lookup', lookup: 'Vendors' }],
    });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code).toBe(1);
    expect(applied.report.fields[0]?.reasons[0]?.remedy).toMatch(/display_label/);
  });
});

describe('limits and permissions (contract §6)', () => {
  it('a full module stops the run: 4 with what was created, and the rest is finished later', async ({
    open,
  }) => {
    const story = await open({ switches: { customFieldLimit: 4 } });
    story.declare({ Deals: missing(7) });

    const applied = await story.json(['apply', '--yes']);
    hears(story);
    const made = applied.report.summary['created'] ?? 0;
    expect(made, applied.stdout).toBe(Object.keys(story.custom()).length - 1);
    expect(applied.code).toBe(made > 0 ? 4 : 1);
    expect(applied.stdout).toMatch(/LIMIT_EXCEEDED/);

    story.zoho.switches.customFieldLimit = 0;
    // What Zoho said is believed until it is said otherwise.
    const again = await story.json(['apply', '--yes'], { env: { ZOHO_CUSTOM_FIELD_LIMIT: '300' } });
    expect(again.code, again.stdout).toBe(0);
    expect(Object.keys(story.custom())).toHaveLength(8);
  });

  it('a module that is full from the start is exit 1: nothing was created', async ({ open }) => {
    const story = await open({ switches: { customFieldLimit: 1 } });
    story.declare({ Deals: missing(6) });
    const applied = await story.json(['apply', '--yes']);
    hears(story);
    expect(applied.code, applied.stdout).toBe(1);
    expect(applied.report.summary['created']).toBe(0);
    expect(applied.stdout).toMatch(/LIMIT_EXCEEDED/);
    expect(applied.stdout).toMatch(/edition/);
  });

  it('a user who may not customise Zoho is 77, with the permission in words', async ({ open }) => {
    const story = await open({ switches: { userPermission: 'denied' } });
    story.declare({ Deals: missing(6) });

    const plan = await story.json(['plan']);
    expect(plan.code).toBe(0);
    const applied = await story.json(['apply', '--yes']);
    hears(story);
    expect(applied.code, applied.stdout).toBe(77);
    expect(applied.report.summary).toMatchObject({ created: 0 });
    expect(applied.stdout).toContain('Crm_Implied_Customize_Zoho_CRM');
    expect(applied.stdout).toMatch(/Customize Zoho CRM/);
    expect(heeded(story)).toHaveLength(1);
  });

  it.for([401, 403] as const)(
    'a scope that is missing for reading is 77 (HTTP %i) and named',
    async (status, { open }) => {
      const story = await open({ scope: 'ZohoCRM.modules.ALL', switches: { scopeMismatchStatus: status } });
      story.declare({ Deals: missing(1) });
      const plan = await story.json(['plan']);
      expect(plan.code, plan.stdout).toBe(77);
      expect(plan.report.kind).toBe('error');
      expect(plan.report.diagnostics[0]?.message).toMatch(/ZohoCRM\.settings\.fields\.READ/);
      expect(plan.report.diagnostics[0]?.remedy).toMatch(/new refresh token/i);
    },
  );

  it('a scope that is missing for creating is 77 and named; so is one missing for labels, or it is 4 where the token does not tell', async ({
    open,
  }) => {
    const reader = await open({ scope: 'ZohoCRM.settings.fields.READ' });
    reader.declare({ Deals: missing(1) });
    const refused = await reader.json(['apply', '--yes']);
    hears(reader);
    expect(refused.code, refused.stdout).toBe(77);
    expect(refused.stdout).toContain('ZohoCRM.settings.fields.CREATE');

    const creator = await open({ scope: 'ZohoCRM.settings.fields.READ,ZohoCRM.settings.fields.CREATE' });
    creator.declare({ Deals: [text('Part_1', { field_label: "The Part's name" })] });
    const half = await creator.json(['apply', '--yes']);
    if (creator.zoho.switches.scopeInToken === 'present') {
      expect(half.code, half.stdout).toBe(77);
      expect(half.stdout).toContain('ZohoCRM.settings.fields.UPDATE');
      expect(creator.wire().posts).toEqual([]);
      return;
    }
    expect(half.code, half.stdout).toBe(4);
    expect(half.report.fields[0]?.outcome).toBe('created_differs');
    expect(half.report.summary).toMatchObject({ created: 1 });
  });

  it('losing the permission half-way is 4, and says what was created', async ({ open }) => {
    const story: Story = await open();
    story.zoho.faults = [meanwhile(story, () => (story.zoho.switches.userPermission = 'denied'), 2)];
    story.declare({ Deals: missing(6) });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(4);
    expect(applied.report.summary).toMatchObject({ created: 5 });
    expect(applied.report.diagnostics[0]?.message).toMatch(/may not do this/);
  });

  it('an unknown module is exit 1 and says where to look its name up', async ({ open }) => {
    const story = await open();
    story.declare({ Dealz: missing(1) });
    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(1);
    expect(plan.report.diagnostics[0]?.message).toContain('Dealz');
    expect(plan.report.diagnostics[0]?.remedy).toMatch(/API name/);
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code).toBe(1);
  });

  it('a token that ends in the middle is renewed once, and nothing is sent twice', async ({ open }) => {
    const story = await open();
    story.zoho.faults = [{ kind: 'expire-tokens', ...creation(story, 2) }];
    story.declare({ Deals: missing(11) });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(story.wire().tokens).toHaveLength(2);
    const carriedOut = heeded(story).filter((post) => post.status !== 401);
    expect(carriedOut.flatMap((post) => fieldsSent(post))).toHaveLength(11);
  });

  it('a token that Zoho will not take even when fresh is 77 after one renewal', async ({ open }) => {
    const story = await open({ faults: [{ kind: 'status', status: 401, path: '/settings/fields' }] });
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(77);
    expect(plan.report.diagnostics[0]?.message).toMatch(/data centre|sandbox/);
    expect(story.wire().tokens).toHaveLength(2);
    expect(story.wire().lists).toHaveLength(2);
  });
});

describe('created, but not as declared, is told as such (contract §6, §7)', () => {
  it('a Zoho that makes something else of a field is created_differs and exit 4', async ({ open }) => {
    const story: Story = await open();
    const GET = { method: 'GET', path: '/settings/fields' } as const;
    const shorten = (): void => void story.zoho.fields('Deals').edit('Part_1', { length: 20 });
    story.zoho.faults = [{ kind: 'run', effect: shorten, ...GET, nth: 2 + lessons(story.zoho.switches) }];
    story.declare({ Deals: missing(2) });

    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(4);
    expect(applied.report.summary).toEqual({
      created: 2,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 0,
    });
    expect(applied.report.fields[0]).toMatchObject({ outcome: 'created_differs' });
    expect(applied.report.fields[0]?.differences).toMatchObject([{ key: 'length', want: 50, live: 20 }]);
    expect(applied.report.fields[1]?.outcome).toBe('created');
  });

  it('a label that Zoho refuses afterwards leaves the field, and says so', async ({ open }) => {
    const story: Story = await open();
    const take = add(() => story, 'Other', { field_label: "The Part's name" });
    story.zoho.faults = [{ kind: 'run', effect: take, method: 'PATCH', times: 1 }];
    story.declare({ Deals: [text('Part_1', { field_label: "The Part's name" })] });

    const applied = await story.json(['apply', '--yes']);
    story.endsWhere(story.zoho.switches.duplicates !== 'refuse', 'this Zoho lets two fields bear one label');
    expect(applied.code, applied.stdout).toBe(4);
    expect(applied.report.fields[0]).toMatchObject({ outcome: 'created_differs' });
    expect(applied.report.fields[0]?.reasons[0]?.message).toMatch(/label/);
  });

  it('a read-back that fails is told: the fields are created, whether as declared is not proven', async ({
    open,
  }) => {
    const story = await open();
    const lesson = lessons(story.zoho.switches);
    story.zoho.faults = [2, 3, 4].map((nth) => ({
      kind: 'html',
      method: 'GET',
      path: '/settings/fields',
      nth: nth + lesson,
    }));
    story.declare({ Deals: missing(2) });
    const applied = await story.json(['apply', '--yes']);
    story.endsWhere(isSilent(story.zoho.switches), 'without answers and without reads nothing is known');
    expect(applied.code, applied.stdout).toBe(4);
    expect(applied.report.summary).toMatchObject({ created: 2 });
    expect(applied.report.fields[0]?.reasons[0]?.message).toMatch(/reading it back failed/);
  });

  it('reads that lag behind writes are waited for', async ({ open }) => {
    const story = await open({ switches: { readLag: 700 } });
    story.declare({ Deals: missing(1) });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.report.fields[0]?.outcome).toBe('created');
    expect(story.wire().posts).toHaveLength(1 + lessons(story.zoho.switches));
  });
});
