import { readFileSync, statSync, writeFileSync, chmodSync, symlinkSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { manifest, missing, secretsOf, text, type Declared, type Story } from '../../support/story.ts';
import { leaks } from '../../support/secrets.ts';
import { expectCost } from '../../support/switch-expectations.ts';

const { chapter, describe, it } = openChapter('saved plans');

export const savedPlans = chapter;

const deals = (story: Story) => story.zoho.fields('Deals');
const planFile = (story: Story): string => join(story.folder.path, 'deals.plan');
const nobodys: Declared = { api_name: 'Next_Step', data_type: 'text', length: 100, create: false };

/** A reviewed plan: two fields to create, one that someone else owns. */
async function reviewed(story: Story, fields: readonly Declared[] = [...missing(2), nobodys]): Promise<void> {
  story.declare({ Deals: fields });
  const plan = await story.json(['plan', '--out', 'deals.plan']);
  expect([0, 3], plan.stdout).toContain(plan.code);
  story.turnPage();
}

describe('a saved plan is a value (contract §8)', () => {
  it('is readable by its owner alone, holds no secret and no manifest text, and is one JSON document', async ({
    open,
  }) => {
    const story = await open();
    story.folder.write(
      'fields.yaml',
      `# Thoughts of ours\n${manifest({ Deals: [text('Part_1'), nobodys] })}`,
    );
    await story.json(['plan', '--out', 'deals.plan']);
    const saved = readFileSync(planFile(story), 'utf8');

    expect(statSync(planFile(story)).mode & 0o777).toBe(0o600);
    expect(leaks(saved, secretsOf(story.zoho))).toEqual([]);
    expect(saved).not.toContain('Thoughts of ours');
    expect(saved).not.toContain('1000.');
    const value = JSON.parse(saved) as { format_version: string };
    expect(value.format_version).toMatch(/^1\./);
    const ids = deals(story)
      .all()
      .filter((field) => field['custom_field'] !== true);
    expect(
      ids.some(({ id }) => saved.includes(id)),
      'ids of existing fields',
    ).toBe(true);
  });

  it('holds ids of existing fields even where it only creates', async ({ open }) => {
    const story = await open();
    await reviewed(story, missing(1));
    const saved = readFileSync(planFile(story), 'utf8');
    expect(
      deals(story)
        .all()
        .some(({ id }) => saved.includes(id)),
    ).toBe(true);
  });

  it('is executed as it is: what the manifest says by then does not count', async ({ open }) => {
    const story = await open();
    await reviewed(story);
    story.declare({ Deals: [text('Something_Else')] });

    const applied = await story.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(Object.keys(story.custom())).toEqual(['Partner', 'Part_1', 'Part_2']);
    const { plan_id } = JSON.parse(readFileSync(planFile(story), 'utf8')) as { plan_id: string };
    expect(applied.report.plan_id).toBe(plan_id);
    expectCost(story, { tokens: 1, lists: 2, posts: 1 });
  });

  it('creates with the ids of this organisation that were looked up when it was made', async ({ open }) => {
    const story = await open();
    await reviewed(story, [text('Part_1', { profiles: { Standard: 'read_only' } })]);
    const applied = await story.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(JSON.stringify(deals(story).find('Part_1')?.['profiles'])).toContain('read_only');
  });

  it('applied twice does nothing the second time', async ({ open }) => {
    const story = await open();
    await reviewed(story);
    await story.run(['apply', 'deals.plan', '--yes']);
    story.turnPage();
    const again = await story.json(['apply', 'deals.plan', '--yes']);
    expect(again.code, again.stdout).toBe(0);
    expect(again.report.summary).toEqual({
      created: 0,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 3,
    });
    expect(story.wire().posts).toEqual([]);
  });

  it('counts as done what was meanwhile created exactly as planned', async ({ open }) => {
    const story = await open();
    await reviewed(story);
    deals(story).add({ ...(missing(1)[0] as Readonly<Record<string, string>>) });

    const applied = await story.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(applied.report.fields.map((field) => field.outcome)).toEqual(['in_sync', 'created', 'in_sync']);
  });

  it('is the same file for the same plan, and another organisation makes another one', async ({ open }) => {
    const story = await open();
    await reviewed(story);
    const first = readFileSync(planFile(story), 'utf8');
    await reviewed(story);
    expect(readFileSync(planFile(story), 'utf8')).toBe(first);

    const other = await open({ organisation: { idPrefix: '7770001' } });
    await reviewed(other);
    expect(readFileSync(planFile(other), 'utf8')).not.toBe(first);
  });
});

const MOVES: readonly {
  readonly name: string;
  readonly fields?: readonly Declared[];
  readonly move: (story: Story) => void;
}[] = [
  {
    name: 'a planned field was created otherwise',
    move: (story) =>
      deals(story).add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'text', length: 20 }),
  },
  {
    name: 'a planned field was created with another type',
    move: (story) => deals(story).add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'email' }),
  },
  {
    name: 'a planned field was created and removed from all layouts',
    move: (story) => {
      deals(story).add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'text', length: 50 });
      deals(story).markUnused('Part_1');
    },
  },
  {
    name: 'a planned label was taken',
    move: (story) => deals(story).add({ api_name: 'Other', field_label: 'Part 1', data_type: 'text' }),
  },
  {
    name: 'a planned API name was taken in another case',
    move: (story) => deals(story).add({ api_name: 'PART_1', field_label: 'Other', data_type: 'text' }),
  },
  {
    name: 'a field that was in sync differs',
    move: (story) => deals(story).edit('Next_Step', { length: 80 }),
  },
  { name: 'a field that was in sync is unused', move: (story) => deals(story).markUnused('Next_Step') },
  { name: 'a field that was in sync is gone', move: (story) => deals(story).remove('Next_Step') },
  {
    name: 'a field that was in sync was deleted and made anew',
    fields: [text('Part_1'), { api_name: 'Partner', data_type: 'lookup', create: false }],
    move: (story) => {
      const partner = deals(story).remove('Partner');
      deals(story).put({ ...partner, id: '6084217000009999001' });
    },
  },
  {
    name: 'a field that differed differs otherwise',
    fields: [text('Part_1'), { ...nobodys, length: 90 }],
    move: (story) => deals(story).edit('Next_Step', { length: 80 }),
  },
  {
    name: 'a field that differed agrees',
    fields: [text('Part_1'), { ...nobodys, length: 90 }],
    move: (story) => deals(story).edit('Next_Step', { length: 90 }),
  },
  {
    name: 'two unique fields turned up',
    fields: [text('Part_1', { unique: true })],
    move: (story) => {
      for (const api_name of ['Key_1', 'Key_2'])
        deals(story).add({
          api_name,
          field_label: api_name,
          data_type: 'text',
          unique: { case_sensitive: false },
        });
    },
  },
];

describe('a saved plan that no longer fits is refused as a whole (contract §6, §8: 75)', () => {
  it.for(MOVES)('because $name', async ({ fields, move }, { open }) => {
    const story = await open();
    await reviewed(story, fields);
    move(story);
    const before = JSON.stringify(deals(story).all());

    const applied = await story.json(['apply', 'deals.plan', '--yes', '--allow-conflicts']);
    expect(applied.code, applied.stdout).toBe(75);
    expect(applied.report.kind).toBe('error');
    expect(applied.report.diagnostics[0]?.remedy).toMatch(/plan again/i);
    expect(story.wire().posts).toEqual([]);
    expect(JSON.stringify(deals(story).all())).toBe(before);
  });

  it.for([
    { name: 'that only creates', fields: missing(1) },
    { name: 'that relies on fields', fields: [...missing(1), nobodys] },
  ])('because it belongs to another organisation: a plan $name', async ({ fields }, { open }) => {
    const [sandbox, production] = [await open(), await open({ organisation: { idPrefix: '7770001' } })];
    await reviewed(sandbox, fields);
    production.folder.write('deals.plan', readFileSync(planFile(sandbox), 'utf8'));

    const applied = await production.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(75);
    expect(applied.report.diagnostics[0]?.message).toMatch(/another organisation/);
    expect(production.wire().posts).toEqual([]);
  });

  it('because -f names a manifest that is another one by now', async ({ open }) => {
    const story = await open();
    await reviewed(story);
    const fits = await story.json(['apply', 'deals.plan', '-f', 'fields.yaml', '--yes']);
    expect(fits.code, fits.stdout).toBe(0);
    story.declare({ Deals: missing(3) });
    const applied = await story.json(['apply', 'deals.plan', '-f', 'fields.yaml', '--yes']);
    expect(applied.code).toBe(75);
  });

  it('but not because of what it never relied on', async ({ open }) => {
    const story = await open();
    deals(story).add({ api_name: 'Unrelated', field_label: 'Unrelated', data_type: 'text' });
    await reviewed(story);
    deals(story).remove('Unrelated');
    deals(story).add({ api_name: 'New_Stray', field_label: 'New Stray', data_type: 'text' });
    deals(story).edit('Amount', { tooltip: { name: 'info_icon', value: 'changed' } });
    const applied = await story.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
  });

  it('with conflicts in it does what apply would do: 3, or the rest with --allow-conflicts', async ({
    open,
  }) => {
    const story = await open();
    await reviewed(story, [text('Part_1'), text('Amount', { field_label: 'Amount' })]);
    const stopped = await story.json(['apply', 'deals.plan', '--yes']);
    expect(stopped.code).toBe(3);
    expect(stopped.report.kind).toBe('apply');
    const applied = await story.json(['apply', 'deals.plan', '--yes', '--allow-conflicts']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(story.custom()).toMatchObject({ Part_1: 'Part 1' });
  });
});

describe('a plan that cannot be read (contract §6: 65, 66)', () => {
  const DAMAGES: readonly {
    readonly name: string;
    readonly damage: (saved: string) => string;
    readonly says: RegExp;
  }[] = [
    { name: 'cut', damage: (saved) => saved.slice(0, saved.length / 2), says: /not a plan|digest|cut/ },
    { name: 'empty', damage: () => '', says: /not a plan|empty/ },
    { name: 'edited', damage: (saved) => saved.replace('"Part_1"', '"Part_9"'), says: /changed or cut/ },
    {
      name: 'of a newer version',
      damage: (saved) => saved.replace(/"format_version": "1\.\d+"/, '"format_version": "2.0"'),
      says: /version 2\.0/,
    },
    { name: 'a manifest', damage: () => 'module: Deals\nfields: []\n', says: /not a plan/ },
    {
      name: "the plan command's own output",
      damage: () => '{"format_version":"1.0","kind":"plan","fields":[]}',
      says: /not a plan/,
    },
    { name: 'binary', damage: () => '\u0000\u0001\u0002', says: /not a plan/ },
  ];
  it.for(DAMAGES)('$name', async ({ damage, says }, { open }) => {
    const story = await open();
    await reviewed(story);
    writeFileSync(planFile(story), damage(readFileSync(planFile(story), 'utf8')));

    const applied = await story.json(['apply', 'deals.plan', '--yes']);
    expect(applied.code, applied.stdout).toBe(65);
    expect(applied.report.kind).toBe('error');
    expect(applied.report.diagnostics[0]?.message).toMatch(says);
    expect(applied.report.diagnostics[0]?.remedy?.length).toBeGreaterThan(10);
    expect(story.zoho.requests.slice(2)).toEqual([]);
  });

  it('missing, or a folder, is 66', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    expect((await story.json(['apply', 'nowhere.plan', '--yes'])).code).toBe(66);
    expect((await story.json(['apply', '.', '--yes'])).code).toBe(66);
    expect(story.zoho.requests).toEqual([]);
  });
});

describe('--out never destroys anything (contract §8)', () => {
  it.for(['fields.yaml', 'notes.txt', 'report.json'])('%s is not replaced', async (name, { open }) => {
    const story = await open();
    story.folder.write('notes.txt', 'mine');
    story.folder.write('report.json', '{"kind":"plan"}');
    story.declare({ Deals: missing(1) });
    const before = readFileSync(join(story.folder.path, name), 'utf8');

    const plan = await story.json(['plan', '--out', name]);
    expect(plan.code, plan.stdout).toBe(64);
    expect(plan.report.diagnostics[0]?.message).toContain(name);
    expect(readFileSync(join(story.folder.path, name), 'utf8')).toBe(before);
  });

  it('a folder and a link are not replaced, an earlier plan is', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    symlinkSync('fields.yaml', join(story.folder.path, 'link'));
    expect((await story.json(['plan', '--out', '.'])).code).toBe(64);
    expect((await story.json(['plan', '--out', 'link'])).code).toBe(64);
    expect((await story.json(['plan', '--out', 'deals.plan'])).code).toBe(0);
    chmodSync(planFile(story), 0o644);
    expect((await story.json(['plan', '--out', 'deals.plan'])).code).toBe(0);
    expect(statSync(planFile(story)).mode & 0o777).toBe(0o600);
    expect(readdirSync(story.folder.path).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it('a plan that cannot be written is exit 1 in words', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan', '--out', 'fields.yaml/x.plan']);
    expect(plan.code, plan.stdout).toBe(1);
    expect(plan.report.diagnostics[0]?.remedy).toMatch(/--out/);
  });
});
