import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { missing, text, type Declared } from '../../support/story.ts';

const { chapter, describe, it } = openChapter('exit codes');

export const exitCodes = chapter;

const OK: Declared = { api_name: 'Stage', data_type: 'picklist', create: false };
const DRIFT: Declared = { api_name: 'Next_Step', data_type: 'text', length: 90, create: false };
const CONFLICT: Declared = text('Amount');
const NEW: Declared = text('Part_1');

/** Contract §6, one row each: what the manifest holds, and the codes of the two commands. */
const ROWS: readonly {
  readonly name: string;
  readonly fields: readonly Declared[];
  readonly plan: number;
  readonly detailed: number;
  readonly apply: number;
  readonly allowed: number;
}[] = [
  { name: 'in sync', fields: [OK], plan: 0, detailed: 0, apply: 0, allowed: 0 },
  { name: 'drift', fields: [OK, DRIFT], plan: 0, detailed: 2, apply: 0, allowed: 0 },
  { name: 'conflict', fields: [OK, CONFLICT], plan: 3, detailed: 3, apply: 3, allowed: 0 },
  { name: 'conflict and drift', fields: [DRIFT, CONFLICT], plan: 3, detailed: 3, apply: 3, allowed: 0 },
  { name: 'something new', fields: [NEW], plan: 0, detailed: 2, apply: 0, allowed: 0 },
  {
    name: 'something new and a conflict',
    fields: [NEW, CONFLICT],
    plan: 3,
    detailed: 3,
    apply: 3,
    allowed: 0,
  },
];

describe('exit codes of plan and apply (contract §6)', () => {
  it.for(ROWS)('$name', async ({ fields, plan, detailed, apply, allowed }, { open }) => {
    const story = await open();
    story.declare({ Deals: fields });
    expect((await story.run(['plan'])).code).toBe(plan);
    expect((await story.run(['plan', '--detailed-exitcode'])).code).toBe(detailed);
    expect((await story.run(['apply', '--yes'])).code).toBe(apply);
    expect((await story.run(['apply', '--yes', '--allow-conflicts'])).code).toBe(allowed);
  });

  it('--allow-conflicts creates the rest and leaves the conflict alone', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [NEW, CONFLICT] });
    const before = JSON.stringify(story.zoho.fields('Deals').find('Amount'));
    const applied = await story.json(['apply', '--yes', '--allow-conflicts']);
    expect(applied.code).toBe(0);
    expect(applied.report.summary).toEqual({
      created: 1,
      finished: 0,
      failed: 0,
      not_attempted: 1,
      in_sync: 0,
    });
    expect(JSON.stringify(story.zoho.fields('Deals').find('Amount'))).toBe(before);
  });

  it('nothing to do is 0 and no write, said in words', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [OK] });
    const applied = await story.run(['apply', '--yes']);
    expect(applied.code).toBe(0);
    expect(applied.stdout).toMatch(/[Nn]othing/);
    expect(story.wire().posts).toEqual([]);
  });

  it('with --allow-conflicts a partial success is still 4', async ({ open }) => {
    const story = await open({ switches: { customFieldLimit: 6 } });
    story.declare({ Deals: [...missing(6), CONFLICT] });
    const applied = await story.json(['apply', '--yes', '--allow-conflicts']);
    expect(applied.code, applied.stdout).toBe(4);
    expect(applied.report.summary['created']).toBe(5);
  });
});

describe('where several apply, the precedence of contract §6 decides', () => {
  it('65 of the manifest comes before 78, and 64 before everything', async ({ open }) => {
    const story = await open();
    story.folder.write('fields.yaml', 'nonsense');
    expect((await story.run(['plan'], { env: { ZOHO_CLIENT_ID: '' } })).code).toBe(65);
    expect((await story.run(['apply'], { env: { ZOHO_CLIENT_ID: '' } })).code).toBe(64);
  });

  it('78, 77 and 69 come before 75 of a saved plan', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    await story.run(['plan', '--out', 'deals.plan']);
    story.zoho.fields('Deals').add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'email' });
    const words = ['apply', 'deals.plan', '--yes'];
    expect((await story.run(words, { env: { ZOHO_DC: 'mars' } })).code).toBe(78);
    expect((await story.run(words, { env: { ZOHO_REFRESH_TOKEN: '1000.another' } })).code).toBe(77);
    expect((await story.run(words, { env: { ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:9' } })).code).toBe(69);
    expect((await story.run(words)).code).toBe(75);
  });

  it('75 comes before 3 of a saved plan with conflicts', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [NEW, CONFLICT] });
    await story.run(['plan', '--out', 'deals.plan']);
    story.zoho.fields('Deals').add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'email' });
    expect((await story.run(['apply', 'deals.plan', '--yes'])).code).toBe(75);
  });

  it('3 comes before 2', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [NEW, DRIFT, CONFLICT] });
    expect((await story.run(['plan', '--detailed-exitcode'])).code).toBe(3);
  });
});
