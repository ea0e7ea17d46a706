import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/start.ts';
import { it, text, type Declared, type Story } from '../support/story.ts';
import { forgeries } from './forged-plans.ts';

type Open = (options?: EmulatorOptions) => Promise<Story>;

const deals = (story: Story) => story.zoho.fields('Deals');
const leads = (story: Story) => story.zoho.fields('Leads');
const planFile = (story: Story): string => join(story.folder.path, 'deals.plan');

/** A manifest with a field of every verdict, and of everything that a verdict can rest on. */
const DEALS: readonly Declared[] = [
  text('Part_1'),
  text('Part_2', { profiles: { Standard: 'read_only' } }),
  text('RiskId', { field_label: 'Risk ID' }),
  text('Key_1', { unique: true }),
  {
    api_name: 'Number_1',
    field_label: 'Number 1',
    data_type: 'autonumber',
    auto_number: { start_number: 1 },
  },
  {
    api_name: 'Agency',
    field_label: 'Agency',
    data_type: 'lookup',
    lookup: { module: { api_name: 'Accounts' }, display_label: 'Agencies' },
  },
  { api_name: 'Next_Step', data_type: 'text', length: 100, create: false },
  text('Code'),
  {
    api_name: 'Level',
    field_label: 'Level',
    data_type: 'picklist',
    pick_list_values: ['Low', 'Medium', 'High'],
  },
  { api_name: 'Partner', data_type: 'lookup', lookup: 'Accounts', create: false },
  text('Shorter', { length: 90 }),
  text('Amount_2'),
  text('Final'),
];
const LEADS: readonly Declared[] = [
  text('Region'),
  { api_name: 'Company', data_type: 'text', create: false },
];

/** The organisation that the plan was made for: some of the fields are there, one differs, one is of another type. */
async function organisation(open: Open, options: EmulatorOptions = {}): Promise<Story> {
  const story = await open(options);
  const { zoho } = story;
  const options_ = ['Low', 'Medium', 'High'].map((name) => ({ display_value: name, actual_value: name }));
  const fields = zoho.fields('Deals');
  fields.add({ ...text('Code') } as Parameters<typeof fields.add>[0]);
  fields.add({ api_name: 'Level', field_label: 'Level', data_type: 'picklist', pick_list_values: options_ });
  fields.add({ api_name: 'Shorter', field_label: 'Shorter', data_type: 'text', length: 80 });
  fields.add({ api_name: 'Amount_2', field_label: 'Amount 2', data_type: 'integer', length: 9 });
  fields.add({ api_name: 'Stray', field_label: 'Stray', data_type: 'text', length: 20 });
  fields.add({ api_name: 'Final', field_label: 'Final', data_type: 'text', length: 50 });
  story.declare({ Deals: DEALS, Leads: LEADS });
  return story;
}

let reviewed: Promise<string> | undefined;

/** The plan that was reviewed: made once, by the command, in an organisation of these very ids. */
function reviewedPlan(open: Open): Promise<string> {
  reviewed ??= organisation(open).then(async (story) => {
    const plan = await story.json(['plan', '--out', 'deals.plan']);
    expect(plan.report.summary).toMatchObject({ create: 7, in_sync: 6, drift: 1, conflict: 1 });
    return readFileSync(planFile(story), 'utf8');
  });
  return reviewed;
}

/** Everything as it was when the plan was reviewed. */
async function lateMorning(open: Open, options: EmulatorOptions = {}): Promise<Story> {
  const [plan, story] = await Promise.all([reviewedPlan(open), organisation(open, options)]);
  writeFileSync(planFile(story), plan, { mode: 0o600 });
  return story;
}

const APPLY = ['apply', 'deals.plan', '--yes', '--allow-conflicts'];
const everything = (story: Story): string => JSON.stringify([deals(story).all(), leads(story).all()]);

/** What someone did between planning and applying. */
interface Move {
  readonly name: string;
  readonly move: (story: Story) => void;
  readonly options?: EmulatorOptions;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** 75 unless said otherwise. */
  readonly code?: number;
}

const otherOptions = (...names: readonly string[]) => ({
  pick_list_values: names.map((name) => ({ display_value: name, actual_value: name, type: 'used' })),
});

const MOVES: readonly Move[] = [
  {
    name: 'a planned field was created shorter',
    move: (story) => deals(story).add({ ...PART_1, length: 20 }),
  },
  {
    name: 'a planned field was created with another type',
    move: (story) => deals(story).add({ ...PART_1, data_type: 'email' }),
  },
  {
    name: 'a planned field was created with another label',
    move: (story) => deals(story).add({ ...PART_1, field_label: 'Part One' }),
  },
  {
    name: 'a planned field was created and removed from all layouts',
    move: (story) => {
      deals(story).add(PART_1);
      deals(story).markUnused('Part_1');
    },
  },
  {
    name: 'a planned API name was taken in another case',
    move: (story) => deals(story).add({ api_name: 'PART_1', field_label: 'Other', data_type: 'text' }),
  },
  { name: 'a planned label was taken', move: (story) => deals(story).add(labelled('Part 1')) },
  {
    name: 'a planned label was taken in another case, by a field that nobody uses any more',
    move: (story) => {
      deals(story).add(labelled('PART 1'));
      deals(story).markUnused('Other');
    },
  },
  {
    name: 'the label that a planned field needs for a moment was taken',
    move: (story) => deals(story).add(labelled('RiskId')),
  },
  {
    name: 'a planned label was taken by renaming a field',
    move: (story) => deals(story).edit('Stray', { field_label: 'Part 1', display_label: 'Part 1' }),
  },
  {
    name: 'the planned title of a related list was taken',
    move: (story) =>
      deals(story).add({
        api_name: 'Other',
        field_label: 'Other',
        data_type: 'lookup',
        lookup: { module: { api_name: 'Accounts' }, display_label: 'Agencies' },
      }),
  },
  {
    name: 'two unique fields turned up',
    move: (story) => {
      for (const api_name of ['Key_8', 'Key_9']) {
        const unique = { case_sensitive: false };
        deals(story).add({ api_name, field_label: api_name, data_type: 'text', unique });
      }
    },
  },
  {
    name: 'the one auto-number field turned up',
    move: (story) =>
      deals(story).add({
        api_name: 'Serial',
        field_label: 'Serial',
        data_type: 'autonumber',
        auto_number: { start_number: 1 },
      }),
  },
  { name: 'a field that was in sync is gone', move: (story) => deals(story).remove('Code') },
  {
    name: 'a field that was in sync was deleted and made anew',
    move: (story) => {
      const code = deals(story).remove('Code');
      deals(story).put({ ...code, id: '6084217000009999001' });
    },
  },
  {
    name: 'a field that was in sync has another API name',
    move: (story) => deals(story).edit('Code', { api_name: 'Code_Old' }),
  },
  {
    name: 'a field that was in sync has another label',
    move: (story) => deals(story).edit('Code', { field_label: 'Codes', display_label: 'Codes' }),
  },
  {
    name: 'a field that was in sync has another type',
    move: (story) => deals(story).edit('Code', { data_type: 'email' }),
  },
  {
    name: 'a field that was in sync has another length',
    move: (story) => deals(story).edit('Code', { length: 40 }),
  },
  { name: 'a field that was in sync is unused', move: (story) => deals(story).markUnused('Code') },
  {
    name: 'a field that was in sync is listed twice',
    move: ({ zoho }) => {
      zoho.faults = [{ kind: 'results', change: 'long', path: '/settings/fields', method: 'GET' }];
    },
  },
  {
    name: 'a standard field that was in sync is shorter',
    move: (story) => deals(story).edit('Next_Step', { length: 80 }),
  },
  {
    name: 'an option was added',
    move: (story) => deals(story).edit('Level', otherOptions('Low', 'Medium', 'High', 'Extreme')),
  },
  {
    name: 'an option was taken away',
    move: (story) => deals(story).edit('Level', otherOptions('Low', 'High')),
  },
  {
    name: 'an option was renamed',
    move: (story) => deals(story).edit('Level', otherOptions('Low', 'Middle', 'High')),
  },
  {
    name: 'an option was put into the unused section',
    move: (story) => {
      const options = otherOptions('Low', 'Medium', 'High').pick_list_values;
      const unused = options.map((option, index) => ({ ...option, type: index === 1 ? 'unused' : 'used' }));
      deals(story).edit('Level', { pick_list_values: unused });
    },
  },
  {
    name: 'a lookup points to another module',
    move: (story) => deals(story).edit('Partner', { lookup: { module: { api_name: 'Contacts', id: '1' } } }),
  },
  {
    name: 'a field that differed differs otherwise',
    move: (story) => deals(story).edit('Shorter', { length: 81 }),
  },
  { name: 'a field that differed agrees', move: (story) => deals(story).edit('Shorter', { length: 90 }) },
  { name: 'a field that differed is gone', move: (story) => deals(story).remove('Shorter') },
  { name: 'what was in conflict is out of the way', move: (story) => deals(story).remove('Amount_2') },
  {
    name: 'what was in conflict agrees',
    move: (story) => deals(story).edit('Amount_2', { data_type: 'text', length: 50 }),
  },
  {
    name: 'a planned label was taken in the second module',
    move: (story) => leads(story).add(labelled('Region')),
  },
  { name: 'a field of the second module is gone', move: (story) => leads(story).remove('Company') },
  {
    name: 'a field that tells the organisation is gone',
    move: (story) => deals(story).remove('Owner'),
  },
  {
    name: 'nothing is told of the module',
    move: ({ zoho }) => {
      zoho.faults = [{ kind: 'status', status: 204, body: '', path: '/settings/fields' }];
    },
    code: 69,
  },
  {
    name: 'it is another organisation',
    move: () => undefined,
    options: { organisation: { idPrefix: '7770001' } },
  },
  {
    name: 'it is another organisation in another data centre',
    move: () => undefined,
    options: { organisation: { idPrefix: '7770002' } },
    env: { ZOHO_DC: 'eu' },
  },
  {
    name: '-f names a manifest with one more comment',
    move: (story) => {
      const before = readFileSync(join(story.folder.path, 'fields.yaml'), 'utf8');
      story.folder.write('fields.yaml', `# reviewed\n${before}`);
    },
    args: ['-f', 'fields.yaml'],
  },
  {
    name: '-f names a manifest that is invalid by now',
    move: (story) => story.folder.write('fields.yaml', 'module: Deals\n'),
    args: ['-f', 'fields.yaml'],
    code: 65,
  },
  {
    name: 'the module is not there any more',
    move: ({ zoho }) => {
      const body = '{"code":"INVALID_MODULE","details":{},"message":"invalid module","status":"error"}';
      zoho.faults = [{ kind: 'status', status: 400, body, path: '/settings/fields' }];
    },
  },
];

const PART_1 = { api_name: 'Part_1', field_label: 'Part 1', data_type: 'text', length: 50 } as const;

function labelled(field_label: string) {
  return { api_name: 'Other', field_label, data_type: 'text', length: 10 } as const;
}

describe.concurrent('a saved plan that no longer fits is refused as a whole (contract §6, §8: 75)', () => {
  it.for(MOVES)('because $name', async ({ move, options, args = [], env = {}, code = 75 }, { open }) => {
    const story = await lateMorning(open, options);
    move(story);
    const before = everything(story);

    const applied = await story.json([...APPLY, ...args], { env });
    expect(applied.code, applied.stdout).toBe(code);
    expect(applied.report.kind).toBe('error');
    if (code === 75) {
      expect(applied.report.diagnostics[0]?.remedy).toMatch(/plan again|leave -f out/i);
    }
    expect([story.wire().posts, story.wire().patches]).toEqual([[], []]);
    expect(everything(story)).toBe(before);
  });

  it('in at least thirty different ways', () => {
    expect(new Set(MOVES.map(({ name }) => name)).size).toBeGreaterThanOrEqual(30);
  });
});

describe.concurrent('a plan that is not the one that was written cannot be read (contract §6: 65)', () => {
  it.for(forgeries)('with $name', async ({ forge, says }, { open }) => {
    const story = await lateMorning(open);
    writeFileSync(planFile(story), forge(readFileSync(planFile(story), 'utf8')));

    const applied = await story.json(APPLY);
    expect(applied.code, applied.stdout).toBe(65);
    expect(applied.report.kind).toBe('error');
    expect(applied.report.diagnostics[0]?.message).toMatch(says);
    expect(applied.report.diagnostics[0]?.remedy).toMatch(/plan|version/i);
    expect(story.zoho.requests, 'not even a token was asked for').toEqual([]);
  });
});

/** What happens in every organisation every day, and no plan relied on. */
const HARMLESS: readonly (Move & { readonly created: number })[] = [
  { name: 'nothing happened', move: () => undefined, created: 7 },
  {
    name: 'someone created a planned field exactly as planned',
    move: (story) => deals(story).add(PART_1),
    created: 6,
  },
  {
    name: 'an unrelated field was created',
    move: (story) => deals(story).add(labelled('Nothing Like It')),
    created: 7,
  },
  { name: 'an unrelated field was deleted', move: (story) => deals(story).remove('Stray'), created: 7 },
  {
    name: 'an unrelated field was renamed',
    move: (story) => deals(story).edit('Stray', { field_label: 'Strayed', display_label: 'Strayed' }),
    created: 7,
  },
  {
    name: 'Zoho lists the fields in another order',
    move: ({ zoho }) => {
      zoho.faults = [
        { kind: 'results', change: 'shuffled', seed: 7, path: '/settings/fields', method: 'GET' },
      ];
    },
    created: 7,
  },
  {
    name: 'the options stand in another order',
    move: (story) => deals(story).edit('Level', otherOptions('High', 'Low', 'Medium')),
    created: 7,
  },
  {
    name: 'the list leaves options out',
    move: (story) => Object.assign(story.zoho.switches, { listOmitsPicklistValues: true }),
    created: 7,
  },
  {
    name: 'a key changed that the manifest does not declare',
    move: (story) => deals(story).edit('Code', { tooltip: { name: 'info_icon', value: 'new' } }),
    created: 7,
  },
  {
    name: 'the label is shown in the language of another user',
    move: (story) => deals(story).edit('Code', { display_label: 'Kennzeichen' }),
    created: 7,
  },
  {
    name: 'Zoho calls a key otherwise',
    move: (story) => Object.assign(story.zoho.switches, { uniqueKeyName: 'casesensitive' }),
    created: 7,
  },
  {
    name: 'the file can be read by others, as in a downloaded artifact: it holds no secret',
    move: (story) => chmodSync(planFile(story), 0o644),
    created: 7,
  },
  {
    name: 'the manifest moved on, and -f does not name it',
    move: (story) => story.folder.write('fields.yaml', 'module: Deals\nfields: []\n'),
    created: 7,
  },
];

describe.concurrent('a saved plan is carried out as reviewed (contract §8)', () => {
  it.for(HARMLESS)('when $name', async ({ move, created }, { open }) => {
    const story = await lateMorning(open);
    move(story);
    const applied = await story.json(APPLY);
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(applied.report.summary).toMatchObject({ created, failed: 0 });
    const done = (JSON.parse(readFileSync(planFile(story), 'utf8')) as { plan_id: string }).plan_id;
    expect(applied.report.plan_id).toBe(done);
    expect(story.custom()).toMatchObject({ Part_1: 'Part 1', RiskId: 'Risk ID', Agency: 'Agency' });
    expect(story.custom('Leads')).toMatchObject({ Region: 'Region' });
  });
});
