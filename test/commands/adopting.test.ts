import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { it, manifest, onlyDocument, text, type Story } from '../support/story.ts';
import { examples } from '../support/organisation.ts';
import { isSplice } from '../unit/import/splice.ts';
import { parseSeedFile } from '../../src/emulator/state/new-organisation.ts';

/** Through the built command, as a user would. */

const EMPTY = { seed: { modules: { Deals: 'stock', Leads: 'stock' } } } as const;
const read = (story: Story, name: string): string => readFileSync(join(story.folder.path, name), 'utf8');

/** Whether a manifest is valid, and what plan says of it. */
async function verdict(story: Story, name: string) {
  const validated = await story.run(['validate', '-f', name]);
  const planned = await story.json(['plan', '-f', name, '--detailed-exitcode']);
  return { validate: validated.code, plan: planned.code, ...planned.report.summary };
}

const IN_SYNC = { validate: 0, plan: 0, create: 0, drift: 0, conflict: 0 };

describe('import', () => {
  it('leads an editor to the schema where there is one, and nowhere otherwise', async ({ open }) => {
    const story = await open();
    const first = async (...words: readonly string[]): Promise<string> => {
      const { stdout } = await story.run(['import', '--all', ...words]);
      return (words.length === 0 ? stdout : read(story, words.at(-1) ?? '')).split('\n')[0] ?? '';
    };
    expect(await first()).toBe('module: Deals');
    // As "init" makes it, and as npm does.
    story.folder.write('fields.schema.json', (await story.run(['schema'])).stdout);
    expect(await first()).toBe('# yaml-language-server: $schema=./fields.schema.json');
    mkdirSync(join(story.folder.path, 'crm'));
    expect(await first('--out', 'crm/one.yaml')).toBe('module: Deals');
    const home = 'node_modules/zoho-fields/dist';
    mkdirSync(join(story.folder.path, home), { recursive: true });
    story.folder.write(`${home}/fields.schema.json`, '{}');
    expect(await first('--out', 'crm/two.yaml')).toBe(
      `# yaml-language-server: $schema=../${home}/fields.schema.json`,
    );
  });

  it('prints a manifest that is valid and in sync, from an organisation as documented', async ({ open }) => {
    // No module is without a field of Zoho's own: a list without one would not be believed.
    const own = {
      ...examples[0],
      api_name: 'Deal_Name',
      field_label: 'Deal Name',
      display_label: 'Deal Name',
    };
    const wires = [...examples, { ...own, custom_field: false }].map((wire, index) => ({
      ...wire,
      id: `60842170000025${String(index).padStart(5, '0')}`,
    }));
    const story = await open({ seed: parseSeedFile(JSON.stringify({ fields: wires })) });
    for (const switches of [{ listOmitsPicklistValues: false }, { listOmitsPicklistValues: true }]) {
      Object.assign(story.zoho.switches, switches);
      const { code, stdout } = await story.run(['import', '--all']);
      expect(code).toBe(0);
      story.folder.write('fields.yaml', stdout);
      expect(await verdict(story, 'fields.yaml')).toMatchObject({ ...IN_SYNC, in_sync: wires.length });
      expect(stdout).toContain('pick_list_values: [Gold, Silver]');
    }
  });

  it('says nothing of an organisation of some age, in which nothing would be allowed today', async ({
    open,
  }) => {
    const like = (data_type: string): JsonObject =>
      examples.find((example) => example['data_type'] === data_type) ?? {};
    const odd = (api_name: string, label: string, more: JsonObject = like('text')): JsonObject => ({
      ...more,
      api_name,
      field_label: label,
      display_label: label,
    });
    const options = ['Gold ', 'gold', 'Caf\u00e9', 'Cafe\u0301'].map((actual_value, index) => ({
      display_value: index === 0 ? 'Renamed  since' : actual_value,
      actual_value,
      type: 'used',
    }));
    const recent = { return_type: 'datetime', expression: { function: 'RECENT' } };
    const fields = [
      odd('Onboarding_Link', 'Link to Schedule the Onboarding'),
      odd('Cover_Letter_URL', 'Cover Letter  URL'),
      odd('Remind Participants', 'Remind: Participants?!'),
      odd('Revenue(First_Touch)', 'Revenue (first touch)', { ...like('text'), length: 64000 }),
      odd('Region', 'Sales Region'),
      odd('Region_Name', 'Region'),
      odd('Renewal_Date', 'Renewal Date', { ...like('text'), length: null }),
      odd('Renewal_Date1', 'renewal date'),
      odd('Last_Call', 'Last Call', { ...like('rollup_summary'), rollup_summary: recent }),
      odd('Tier', 'Tier', { ...like('picklist'), pick_list_values: options }),
      odd('Deal_Name', 'Deal Name', { ...like('text'), custom_field: false }),
    ].map((wire, index) => ({ ...wire, id: `60842170000026${String(index).padStart(5, '0')}` }));
    const story = await open({ seed: parseSeedFile(JSON.stringify({ fields })) });
    const { stdout } = await story.run(['import', '--all']);
    story.folder.write('fields.yaml', stdout);
    const validated = await story.run(['validate']);
    const planned = await story.run(['plan', '--detailed-exitcode']);
    expect([validated.code, validated.stderr, planned.code, planned.stderr]).toEqual([0, '', 0, '']);
    expect(planned.stdout).toContain(`${fields.length} in sync`);
    expect(stdout).not.toContain('not declared here');
  });

  it('imports standard fields with --all, and begins with one of them where there is no other', async ({
    open,
  }) => {
    const story = await open(EMPTY);
    await story.run(['import', '--all', '--out', 'all.yaml']);
    expect(await verdict(story, 'all.yaml')).toMatchObject({ ...IN_SYNC, in_sync: 33 });
    const alone = await story.run(['import', '--out', 'none.yaml']);
    expect(alone.stderr).toContain('--all');
    expect(await verdict(story, 'none.yaml')).toMatchObject({ ...IN_SYNC, in_sync: 1 });
    await story.run(['import', '--module', 'Leads', '--all', '--out', 'leads.yaml']);
    expect(await verdict(story, 'leads.yaml')).toMatchObject(IN_SYNC);
  });

  it('never overwrites a file, and says so before it asks Zoho', async ({ open }) => {
    const story = await open();
    story.folder.write('fields.yaml', '# mine\n');
    const run = await story.run(['import', '--out', 'fields.yaml']);
    expect([run.code, read(story, 'fields.yaml'), story.zoho.requests.length]).toEqual([64, '# mine\n', 0]);
  });

  it('adds what is missing to a manifest, and leaves every byte of it', async ({ open }) => {
    const story = await open();
    for (const [name, before] of [
      [
        'a.yaml',
        '\ufeff# ours\r\nmodule: Deals\r\nfields:\r\n- api_name: Amount # the sum\r\n  data_type: currency\r\n  create: false\r\n\r\n# end',
      ],
      ['b.yaml', manifest({ Deals: [text('Later', { length: 9 })] })],
      ['c.yaml', 'module: Leads\nfields:\n  - {api_name: Company, data_type: text, create: false}\n'],
    ] as const) {
      story.folder.write(name, before);
      const run = await story.run(['import', '--module', 'Deals', '--into', name]);
      expect(run.code).toBe(0);
      const after = read(story, name);
      expect(isSplice(before, after)).toBe(true);
      expect(after.length).toBeGreaterThan(before.length);
      expect((await story.json(['plan', '-f', name])).report.summary).toMatchObject({
        conflict: 0,
        drift: 0,
        unmanaged: 0,
      });
      const again = await story.run(['import', '--module', 'Deals', '--into', name]);
      expect([again.code, read(story, name)]).toEqual([0, after]);
    }
  });

  it('leaves a link a link, and a file its rights', async ({ open }) => {
    const story = await open();
    const file = story.folder.write('real.yaml', manifest({ Deals: [text('Later', { length: 9 })] }));
    chmodSync(file, 0o640);
    symlinkSync(file, join(story.folder.path, 'fields.yaml'));
    expect((await story.run(['import', '--into', 'fields.yaml'])).code).toBe(0);
    expect(lstatSync(join(story.folder.path, 'fields.yaml')).isSymbolicLink()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(read(story, 'real.yaml')).toContain('"api_name":"Partner"');
  });

  it('repairs nothing: into a manifest that is not valid it adds nothing', async ({ open }) => {
    const story = await open();
    story.folder.write('fields.yaml', 'module: Deals\nfields:\n  - api_nam: x\n');
    const run = await story.run(['import', '--into', 'fields.yaml', '--json']);
    expect([run.code, onlyDocument(run).kind]).toEqual([65, 'error']);
    expect(read(story, 'fields.yaml')).toBe('module: Deals\nfields:\n  - api_nam: x\n');
  });

  it('tells scripts what it did, in one document', async ({ open }) => {
    const story = await open();
    const { report, code } = await story.json(['import']);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      kind: 'import',
      summary: { imported: 1, create_false: 0, left_out: 0 },
      requests: { read: 2, write: 0 },
    });
    expect((await story.json(['import', '--out', 'x.yaml', '--into', 'y.yaml'])).code).toBe(64);
  });

  it('fails like plan for a module that does not exist', async ({ open }) => {
    const story = await open();
    expect((await story.run(['import', '--module', 'Nowhere'])).code).toBe(1);
    expect((await story.run(['audit', '--module', 'Nowhere'])).code).toBe(1);
  });
});

describe('audit', () => {
  it('needs no manifest', async ({ open }) => {
    const story = await open();
    const { report, code } = await story.json(['audit']);
    expect([code, report.kind, report.fields.length]).toEqual([0, 'audit', 34]);
    expect(report.fields.find((field) => field.api_name === 'Partner')).toMatchObject({
      data_type: 'lookup',
      custom: true,
      required: false,
      missing: false,
    });
  });

  it('exits 0 whatever it finds, and finds what is missing, different and unused', async ({ open }) => {
    const story = await open();
    story.zoho.fields('Deals').add({ api_name: 'Old', field_label: 'Old', data_type: 'text', length: 9 });
    story.zoho.fields('Deals').markUnused('Old');
    story.declare({
      Deals: [
        text('Missing'),
        { api_name: 'Partner', data_type: 'text', create: false },
        text('Old', { length: 9 }),
      ],
    });
    const { report, code } = await story.json(['audit']);
    expect(code).toBe(0);
    const of = (name: string) => report.fields.find((field) => field.api_name === name);
    expect(of('Missing')).toMatchObject({ required: true, missing: true, custom: true, line: 3 });
    expect(of('Partner')).toMatchObject({ status: 'conflict', differences: [{ key: 'data_type' }] });
    expect(of('Old')).toMatchObject({ used: false, status: 'conflict' });
    expect((await story.json(['audit', '--missing'])).report.fields.map((one) => one.api_name)).toEqual([
      'Missing',
    ]);
    expect((await story.json(['audit', '--unused'])).report.fields.map((one) => one.api_name)).toEqual([
      'Old',
    ]);
    expect(
      (await story.json(['audit', '--type', 'lookup', '--custom'])).report.fields.map((one) => one.api_name),
    ).toEqual(['Partner']);
    expect((await story.run(['audit', '-f', 'nowhere.yaml'])).code).toBe(66);
  });

  it('looks at every module of the manifest, or at one', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [text('One')], Leads: [text('Two')] });
    const modules = (report: object) =>
      (report as { modules: readonly { module: string }[] }).modules.map((one) => one.module);
    expect(modules((await story.json(['audit'])).report)).toEqual(['Deals', 'Leads']);
    expect(modules((await story.json(['audit', '--module', 'Leads'])).report)).toEqual(['Leads']);
    expect(modules((await story.json(['audit', '--module', 'Contacts'])).report)).toEqual(['Contacts']);
    expect((await story.run(['audit', '-f', 'fields.yaml', '--module', 'Contacts'])).code).toBe(64);
  });

  it('knows the limits of the edition where the credentials may ask', async ({ open }) => {
    const story = await open({
      scope: 'ZohoCRM.settings.ALL ZohoCRM.org.READ',
      organisation: { edition: 'professional' },
    });
    const { stdout } = await story.run(['audit', '--custom']);
    expect(stdout).toContain('1 of 155 custom fields');
    expect(stdout).toContain('edition professional');
  });

  it('writes all its formats in one run', async ({ open }) => {
    const story = await open();
    story.zoho.fields('Deals').add({ api_name: 'Evil', field_label: '=1+1', data_type: 'text', length: 9 });
    const run = await story.run([
      'audit',
      '--format',
      'csv',
      '--format',
      'html=a.html',
      '--format',
      'markdown=a.md',
      '--format',
      'json=a.json',
    ]);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("Deals,Evil,'=1+1,text,9,");
    expect(read(story, 'a.html')).toContain('<!doctype html>');
    expect(read(story, 'a.md').startsWith('<!-- zoho-fields audit')).toBe(true);
    expect((JSON.parse(read(story, 'a.json')) as JsonObject)['kind']).toBe('audit');
    for (const format of ['csv', 'csv=b.csv'])
      expect((await story.run(['audit', '--format', format, '-f', 'nowhere.yaml'])).code).toBe(66);
  });
});

describe('plan', () => {
  it('warns of lookalikes, and creates all the same', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [text('Partners', { field_label: 'Partners' })] });
    const { report } = await story.json(['plan']);
    expect(report.fields[0]).toMatchObject({
      action: 'create',
      reasons: [
        {
          code: 'lookalike',
          stanza: '- {api_name: Partner, field_label: Partner, data_type: lookup, create: false}',
        },
      ],
    });
    const { stdout } = await story.run(['plan']);
    expect(stdout).toContain('looks like existing `Partner`');
    const comment = (await story.run(['plan', '--format', 'markdown'])).stdout;
    expect(comment).toContain('looks like existing');
    expect(comment).toContain(
      '`- {api_name: Partner, field_label: Partner, data_type: lookup, create: false}`',
    );
    expect((await story.run(['apply', '--yes'])).code).toBe(0);
  });

  it('gives unmanaged fields a stanza that can be pasted', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [{ api_name: 'Amount', data_type: 'currency', create: false }] });
    const { stdout } = await story.run(['plan', '--unmanaged']);
    const stanza = /paste below "fields:":\n((?: {2}.*\n)+)/u.exec(stdout)?.[1] ?? '';
    writeFileSync(join(story.folder.path, 'fields.yaml'), `${read(story, 'fields.yaml')}${stanza}`);
    expect(await verdict(story, 'fields.yaml')).toMatchObject({ ...IN_SYNC, in_sync: 2, unmanaged: 0 });
    const unmanaged = await story.json(['plan', '--unmanaged', '-f', 'fields.yaml']);
    expect(unmanaged.report.fields.filter((field) => field.action === 'unmanaged')).toEqual([]);
  });

  it('says whether a lead fills a field: one token, one look at each module', async ({ open }) => {
    const story = await open();
    const deal = text('StrategicPartnerId', {
      field_label: 'Strategic Partner ID',
      maps_from: 'Leads.Partner_ID',
    });
    story.declare({ Deals: [deal], Leads: [text('Partner_ID', { field_label: 'Partner ID' })] });
    expect((await story.run(['apply', '--yes'])).code).toBe(0);
    story.turnPage();
    const before = await story.json(['plan', '--out', 'later.plan']);
    expect(before.report.requests.read).toBe(3);
    expect(before.report.fields[0]).toMatchObject({
      action: 'drift',
      differences: [{ key: 'maps_from', want: 'Leads.Partner_ID', live: null }],
      reasons: [{ code: 'lead-mapping-missing' }],
    });
    const mapping = { Contacts: null, Accounts: null, Deals: 'StrategicPartnerId' };
    story.zoho.fields('Leads').edit('Partner_ID', { convert_mapping: mapping });
    expect((await story.json(['plan'])).report.summary).toMatchObject({ in_sync: 2, drift: 0 });
    // What an admin did in between is no reason to refuse the saved plan.
    expect((await story.run(['apply', 'later.plan', '--yes'])).code).toBe(0);
    story.declare({ Deals: [deal] });
    expect((await story.json(['plan'])).report).toMatchObject({
      summary: { in_sync: 1 },
      requests: { read: 3 },
    });
  });

  it('refuses maps_from where no lead is converted, and anything that is no field of leads', async ({
    open,
  }) => {
    const story = await open();
    story.declare({
      Leads: [text('A', { maps_from: 'Leads.B' })],
      Deals: [text('C', { maps_from: 'Contacts.B' })],
    });
    const { report } = await story.json(['validate']);
    expect(report.diagnostics.map((one) => one.code)).toEqual(['maps-from-module', 'maps-from']);
  });
});
