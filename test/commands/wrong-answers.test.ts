import { describe, expect } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/start.ts';
import { it, text, type Story } from '../support/story.ts';
import { CREATION } from '../support/switch-expectations.ts';
import { fieldsSent } from '../support/wire.ts';

/*
 * Answers to a creation that are not true, through the built command (contract §9): what live shows decides. All of each
 * kind is tried in `test/unit/apply/only-ours.test.ts` and in the simulation.
 */

type Fault = NonNullable<EmulatorOptions['faults']>[number];

const PARTNER = { api_name: 'StrategicPartnerId', label: 'Strategic Partner ID' };
const wish = text(PARTNER.api_name, { field_label: PARTNER.label });

/** Every field that was there, as it is. */
const others = (story: Story, ...but: readonly string[]): readonly unknown[] =>
  story.zoho
    .fields('Deals')
    .all()
    .filter((field) => !but.includes(field.api_name));

describe("a creation's answer that names another field's id", () => {
  it.for(['Partner', 'Deal_Name', 'Stage', 'Modified_Time'])(
    'such as that of %s touches nothing but the new field',
    async (name, { open }) => {
      const story = await open();
      const before = others(story);
      const id = story.zoho.fields('Deals').find(name)?.id;
      const success = { code: 'SUCCESS', details: { id }, message: 'field created', status: 'success' };
      story.zoho.faults = [{ kind: 'body', body: JSON.stringify({ fields: [success] }), ...CREATION }];
      story.declare({ Deals: [wish] });

      const applied = await story.json(['apply', '--yes']);
      expect(applied.code, applied.stdout).toBe(0);
      expect(applied.report.summary).toMatchObject({ created: 1, failed: 0 });
      expect(story.custom()).toMatchObject({ [PARTNER.api_name]: PARTNER.label });
      expect(others(story, PARTNER.api_name)).toEqual(before);
      expect(story.wire().posts).toHaveLength(1);
      expect(
        story
          .wire()
          .patches.flatMap((patch) => fieldsSent(patch))
          .map((one) => one['id']),
      ).toEqual([story.zoho.fields('Deals').find(PARTNER.api_name)?.id]);
    },
  );
});

describe('results in another order', () => {
  it.for([1, 2, 3, 4, 5, 6])(
    '(number %i) are told of the fields that they belong to',
    async (seed, { open }) => {
      const story = await open({ switches: { optionLimits: 'published' } });
      story.zoho.faults = [{ kind: 'results', change: 'shuffled', seed, times: 1, ...CREATION }];
      const options = ['An option of more than twenty-five characters'];
      story.declare({
        Deals: [
          text('Part_1', { field_label: 'First (part)' }),
          { api_name: 'Refused', field_label: 'Refused', data_type: 'picklist', pick_list_values: options },
          text('Part_2', { field_label: 'Second (part)' }),
        ],
      });

      const applied = await story.json(['apply', '--yes']);
      expect(applied.code, applied.stdout).toBe(4);
      expect(applied.report.fields.map(({ outcome, code }) => [outcome, code])).toEqual([
        ['created', undefined],
        ['failed', 'INVALID_DATA'],
        ['created', undefined],
      ]);
      expect(story.custom()).toMatchObject({ Part_1: 'First (part)', Part_2: 'Second (part)' });
      expect(story.custom()).not.toHaveProperty('Refused');
    },
  );
});

describe('a creation that was done, and then denied', () => {
  const envelope = (code: string): string =>
    JSON.stringify({ code, details: {}, message: 'no', status: 'error' });
  const denials: readonly Fault[] = [
    ...[400, 404, 408, 409, 413, 422].flatMap((status) =>
      ['INVALID_DATA', 'SOMETHING_NEW'].map((code) => ({ status, body: envelope(code) })),
    ),
    { status: 400, body: envelope('LIMIT_EXCEEDED') },
    { status: 401, body: envelope('INVALID_TOKEN') },
    { status: 401, body: envelope('SOMETHING_NEW') },
    { status: 403, body: '<html></html>' },
    { status: 429, body: envelope('TOO_MANY_REQUESTS') },
    { status: 429, body: '' },
  ].map((answer) => ({ kind: 'status', commit: 'all', times: 1, ...answer, ...CREATION }));

  it.for(denials)('with %j is there once, and told as created', async (denial, { open }) => {
    // A Zoho that takes a second field of one label: nothing but this tool keeps it from being there twice.
    const story = await open({ faults: [denial], switches: { duplicates: 'accept' } });
    story.declare({ Deals: [wish, text('Part_1')] });

    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.report.summary).toMatchObject({ created: 2, failed: 0 });
    expect(story.custom()).toMatchObject({ [PARTNER.api_name]: PARTNER.label, Part_1: 'Part 1' });
    expect(Object.keys(story.custom())).toHaveLength(3);
    expect(story.wire().posts).toHaveLength(1);
  });

  it('was not done after all where live does not show it: then it is sent again, once it was looked for', async ({
    open,
  }) => {
    const story = await open({
      faults: [{ kind: 'status', status: 408, body: envelope('REQUEST_TIMEOUT'), times: 1, ...CREATION }],
    });
    story.declare({ Deals: [text('Part_1')] });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    const order = story.zoho.requests.filter((one) => one.path.endsWith('/settings/fields'));
    expect(order.map((one) => one.method)).toEqual(['GET', 'POST', 'GET', 'POST', 'GET']);
  });
});

describe("a refusal of another key's api_name", () => {
  it('is no reason to send anything without an API name', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: [
        { api_name: 'Maker', field_label: 'Maker', data_type: 'lookup', lookup: 'Vendors' },
        text('Ref_Code'),
      ],
    });
    const details = { api_name: 'api_name', json_path: '$.fields[0].lookup.module.api_name' };
    const body = JSON.stringify({ code: 'INVALID_DATA', details, message: 'no', status: 'error' });
    story.zoho.faults = [{ kind: 'status', status: 400, body, times: 1, ...CREATION }];
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(4);
    const posts = story.wire().posts.map((post) => fieldsSent(post).map((field) => field['api_name']));
    expect(posts).toEqual([['Maker', 'Ref_Code'], ['Ref_Code']]);
  });
});
