import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { DesiredField } from '../../src/model/manifest.ts';
import type { ModulePlan, Plan, PlanEntry } from '../../src/model/plan.ts';
import { assemblePlan, planDigest, planId } from '../../src/plan/make-plan.ts';
import { parsePlan, serialisePlan } from '../../src/plan/saved-plan.ts';
import { it, text, type Story } from '../support/story.ts';

/*
 * The file of a plan can come from anywhere, and anyone can compute its digests: what it holds is only believed where a
 * manifest could have said it, and only as long as nobody else can write the file (contract §8).
 */

const FILE = 'deals.plan';

async function planned(open: () => Promise<Story>): Promise<Story> {
  const story = await open();
  story.declare({ Deals: [text('Part_1')] });
  expect((await story.run(['plan', '--out', FILE])).code).toBe(0);
  story.turnPage();
  return story;
}

/** The file with another plan in it, under digests that are right. */
function forge(story: Story, change: (plan: Plan) => Pick<Plan, 'manifest' | 'modules'>): void {
  const file = join(story.folder.path, FILE);
  const { manifest, modules } = change(parsePlan(readFileSync(file, 'utf8'), FILE));
  writeFileSync(file, serialisePlan(assemblePlan(manifest, modules)));
}

/** The file as JSON. */
type Saved = Record<string, unknown> & { readonly modules: readonly ModulePlan[]; readonly sha256: string };

const inModule =
  (change: (module: ModulePlan) => Partial<ModulePlan>) =>
  (plan: Plan): Plan => ({ ...plan, modules: plan.modules.map((one) => ({ ...one, ...change(one) })) });
const inEntry = (change: (entry: PlanEntry) => Partial<PlanEntry>) =>
  inModule(({ entries }) => ({ entries: entries.map((one) => ({ ...one, ...change(one) })) }));
const inField = (change: (field: DesiredField) => Partial<DesiredField>) =>
  inEntry(({ field }) => ({ field: { ...field, ...change(field) } }));
const declares = (more: DesiredField['declared']) =>
  inField(({ declared }) => ({ declared: { ...declared, ...more } }));

const FORGERIES: readonly (readonly [string, (plan: Plan) => Plan])[] = [
  ['another API name among what is declared', declares({ api_name: 'Other' })],
  ['another label among what is declared', declares({ field_label: 'Other' })],
  ['another type among what is declared', declares({ data_type: 'email' })],
  ['a key that nobody knows', declares({ sudo: true })],
  ['a control character in the label', inField(() => ({ field_label: 'Part\u001b[31m 1' }))],
  ['a line break in the label', inField(() => ({ field_label: 'Part\n1' }))],
  ['an invisible character in a tooltip', declares({ tooltip: { name: 'info_icon', value: 'a\u200bb' } })],
  ['the same field twice', inModule(({ entries }) => ({ entries: [...entries, ...entries] }))],
  ['the same module twice', (plan) => ({ ...plan, modules: [...plan.modules, ...plan.modules] })],
  ['a field of another module', inEntry(() => ({ module: 'Leads' }))],
  ['an id that is none', inModule(() => ({ anchors: ['../1'] }))],
];

describe.concurrent('a plan that no manifest could have led to is 65 (contract §6)', () => {
  it.for(FORGERIES)('with %s', async ([, change], { open }) => {
    const story = await planned(open);
    forge(story, change);
    const run = await story.json(['apply', FILE, '--yes']);
    expect(run.code, run.stdout).toBe(65);
    expect(run.report.diagnostics[0]?.message).toMatch(
      /^deals\.plan (?:holds what no manifest|does not hold)/,
    );
    expect(run.report.diagnostics[0]?.remedy).toMatch(/Plan again/);
    expect(story.zoho.requests.slice(2)).toEqual([]);
  });

  it('with no id of an existing field: it would fit every organisation', async ({ open }) => {
    const story = await planned(open);
    const file = join(story.folder.path, FILE);
    const { sha256: _sha256, ...body } = JSON.parse(readFileSync(file, 'utf8')) as Saved;
    const modules = body.modules.map((module) => ({ ...module, anchors: [] }));
    const digest = planDigest(modules);
    const loose = { ...body, plan_id: planId(digest), digest, modules };
    const sha256 = createHash('sha256').update(JSON.stringify(loose)).digest('hex');
    writeFileSync(file, `${JSON.stringify({ ...loose, sha256 }, null, 2)}\n`);
    const run = await story.json(['apply', FILE, '--yes']);
    expect(run.code, run.stdout).toBe(65);
    expect(run.report.diagnostics[0]?.message).toContain('holds no id of an existing field of Deals');
    expect(story.zoho.requests.slice(2)).toEqual([]);
  });
});

describe.concurrent('where a plan says its manifest is, nothing is written', () => {
  it('no folder is made there, and the plan is applied all the same', async ({ open }) => {
    const story = await planned(open);
    const elsewhere = join(story.folder.path, 'elsewhere');
    forge(story, (plan) => ({
      ...plan,
      manifest: { ...plan.manifest, path: join(elsewhere, 'fields.yaml') },
    }));
    const run = await story.json(['apply', FILE, '--yes']);
    expect(run.code, run.stdout).toBe(0);
    expect(existsSync(elsewhere)).toBe(false);

    mkdirSync(elsewhere);
    expect((await story.json(['apply', FILE, '--yes'])).code).toBe(0);
    expect(existsSync(join(elsewhere, '.zoho-fields'))).toBe(false);
  });

  it('with --emulator the folder has to be named', async ({ open }) => {
    const story = await open();
    mkdirSync(join(story.folder.path, 'sub'));
    story.declare({ Deals: [text('Part_1')] }, 'sub/fields.yaml');
    const planned = await story.json(['plan', '-f', 'sub/fields.yaml', '--emulator', '--out', FILE]);
    expect(planned.code, planned.stdout).toBe(0);
    const unnamed = await story.json(['apply', FILE, '--emulator', '--yes']);
    expect(unnamed.code, unnamed.stdout).toBe(64);
    expect(unnamed.report.diagnostics[0]?.remedy).toContain('-f sub/fields.yaml');
    expect(existsSync(join(story.folder.path, '.zoho-fields'))).toBe(false);
    const named = await story.json(['apply', FILE, '-f', 'sub/fields.yaml', '--emulator', '--yes']);
    expect(named.code, named.stdout).toBe(0);
    expect(named.report.summary).toMatchObject({ created: 1 });
  });
});

describe.concurrent('a plan file that others can write is 65 (contract §8)', () => {
  it.for([0o620, 0o602, 0o660, 0o664, 0o666, 0o777])('mode %o', async (mode, { open }) => {
    const story = await planned(open);
    chmodSync(join(story.folder.path, FILE), mode);
    const run = await story.json(['apply', FILE, '--yes']);
    expect(run.code, run.stdout).toBe(65);
    expect(run.report.diagnostics[0]).toMatchObject({
      code: 'plan-of-others',
      remedy: expect.stringContaining('chmod 600 deals.plan'),
    });
    expect(story.zoho.requests.slice(2)).toEqual([]);
  });

  it.for([0o600, 0o400, 0o640, 0o644])('mode %o can only be read by others', async (mode, { open }) => {
    const story = await planned(open);
    chmodSync(join(story.folder.path, FILE), mode);
    const run = await story.json(['apply', FILE, '--yes']);
    expect(run.code, run.stdout).toBe(0);
  });
});
