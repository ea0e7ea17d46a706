import { describe, expect } from 'vitest';
import { it, missing, text, type Declared } from '../support/story.ts';

const field = (api_name: string, data_type: string, more: Declared = {}): Declared => ({
  api_name,
  field_label: api_name.replaceAll('_', ' '),
  data_type,
  ...more,
});

/** Contract §2: what the manifest alone shows is an error of `validate`. */
const ERRORS: readonly {
  readonly name: string;
  readonly fields: readonly Declared[];
  readonly says: RegExp;
}[] = [
  { name: 'an unknown key', fields: [text('A', { lenght: 5 })], says: /lenght[\s\S]*length/ },
  { name: 'an unknown type', fields: [field('A', 'txt')], says: /txt[\s\S]*text/ },
  { name: 'a type that is not created', fields: [field('A', 'ownerlookup')], says: /create: false/ },
  { name: 'no label', fields: [{ api_name: 'A', data_type: 'text' }], says: /field_label/ },
  { name: 'no data type', fields: [{ api_name: 'A', field_label: 'A' }], says: /data_type/ },
  { name: 'no API name', fields: [{ field_label: 'A', data_type: 'text' }], says: /api_name/ },
  { name: 'an API name that is none', fields: [text('1_A')], says: /API name/ },
  { name: 'a text too long', fields: [text('A', { length: 256 })], says: /255/ },
  { name: 'a label of 51 characters', fields: [text('A', { field_label: 'x'.repeat(51) })], says: /50/ },
  { name: 'a label with a sign that Zoho refuses', fields: [text('A', { field_label: 'A#B' })], says: /#/ },
  { name: 'a reserved label', fields: [text('A', { field_label: 'Notes' })], says: /Notes/ },
  {
    name: 'the same label in another case',
    fields: [text('A', { field_label: 'X' }), text('B', { field_label: 'x' })],
    says: /label/,
  },
  {
    name: 'the same API name in another case',
    fields: [text('Ab'), text('AB', { field_label: 'Other' })],
    says: /AB/,
  },
  {
    name: 'three unique fields',
    fields: ['A', 'B', 'C'].map((name) => text(name, { unique: true })),
    says: /unique/,
  },
  {
    name: 'two auto-numbers',
    fields: ['A', 'B'].map((name) => field(name, 'autonumber', { auto_number: { start_number: 1 } })),
    says: /auto-?number/i,
  },
  {
    name: 'the same option twice',
    fields: [field('A', 'picklist', { pick_list_values: ['X', 'x'] })],
    says: /[xX]/,
  },
  {
    name: '-None- as an option',
    fields: [field('A', 'picklist', { pick_list_values: ['-None-', 'x'] })],
    says: /-None-/,
  },
  { name: 'a picklist without options', fields: [field('A', 'picklist')], says: /pick_list_values/ },
  {
    name: 'options of two kinds',
    fields: [field('A', 'picklist', { pick_list_values: ['x'], global_picklist: 'Source' })],
    says: /global_picklist/,
  },
  {
    name: 'decimals without room',
    fields: [field('A', 'double', { length: 3, decimal_place: 5 })],
    says: /decimal_place/,
  },
  { name: 'a tooltip too long', fields: [text('A', { tooltip: 'x'.repeat(256) })], says: /255/ },
  {
    name: 'a tooltip form that the type has not',
    fields: [field('A', 'date', { tooltip: { name: 'static_text', value: 'x' } })],
    says: /info_icon/,
  },
  {
    name: 'encryption where a type has none',
    fields: [field('A', 'boolean', { crypt: { mode: 'encryption' } })],
    says: /crypt/,
  },
  {
    name: 'external where a type has none',
    fields: [field('A', 'email', { external: { type: 'user', show: true } })],
    says: /external/,
  },
  {
    name: 'unique: case-sensitive',
    fields: [text('A', { unique: { case_sensitive: true } })],
    says: /case_sensitive/,
  },
  {
    name: 'a formula without an expression',
    fields: [field('A', 'formula', { formula: { return_type: 'double' } })],
    says: /expression/,
  },
  {
    name: 'a roll-up of nothing',
    fields: [field('A', 'rollup_summary', { rollup_summary: {} })],
    says: /related_list/,
  },
  {
    name: 'a formula with brackets that stay open',
    fields: [field('A', 'formula', { formula: { return_type: 'double', expression: 'Sqrt(((${Amount})' } })],
    says: /"\(" at character 6 .* is never closed/,
  },
  {
    name: 'one profile with two permissions',
    fields: [
      text('A', {
        profiles: [
          { name: 'Standard', permission_type: 'hidden' },
          { name: 'Standard', permission_type: 'read_only' },
        ],
      }),
    ],
    says: /"Standard" stands in the list twice/,
  },
];

describe.concurrent('what Zoho would refuse and the manifest alone shows is found offline (contract §2)', () => {
  it.for(ERRORS)('$name', async ({ fields, says }, { open }) => {
    const story = await open();
    story.declare({ Deals: fields });
    const run = await story.json(['validate'], { env: { ZOHO_CLIENT_ID: '', ZOHO_ACCOUNTS_URL: '' } });
    expect(run.code, run.stdout).toBe(65);
    const told = run.report.diagnostics.find((one) => says.test(`${one.message} ${one.remedy}`));
    expect(told, run.stdout).toMatchObject({
      severity: 'error',
      file: 'fields.yaml',
      line: expect.any(Number) as unknown,
    });
    expect(told?.column).toBeGreaterThan(0);
    expect(story.zoho.requests).toEqual([]);
  });

  it('all problems of a file are told in one run, in the order of the file', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: ERRORS.slice(0, 5).flatMap(({ fields }, index) =>
        fields.map((one) => ({ ...one, api_name: `A_${index}` })),
      ),
    });
    const run = await story.json(['validate']);
    const lines = run.report.diagnostics.map((one) => one.line ?? 0);
    expect(new Set(lines).size).toBeGreaterThanOrEqual(4);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    const plan = await story.json(['plan']);
    expect(plan.report.diagnostics).toEqual(run.report.diagnostics);
  });

  it('a label above 25 characters is a warning only', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [text('A', { field_label: 'x'.repeat(26) })] });
    const run = await story.json(['validate']);
    expect(run.code).toBe(0);
    expect(run.report.diagnostics).toMatchObject([{ severity: 'warning' }]);
  });

  it('with create: false limits of creation do not bind', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: [
        { api_name: 'Description', data_type: 'textarea', length: 32_000, create: false },
        { api_name: 'Owner', data_type: 'ownerlookup', create: false },
        { api_name: 'Notes_1', data_type: 'text', field_label: 'Notes', length: 900, create: false },
      ],
    });
    const run = await story.json(['validate']);
    expect(run.code, run.stdout).toBe(0);
  });
});

describe.concurrent('validate and schema need nothing (contract §3)', () => {
  it('validate says yes in a sentence, and asks nobody', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(2), Leads: missing(1) });
    const run = await story.run(['validate'], { env: { ZOHO_CLIENT_ID: '', ZOHO_DC: 'mars' } });
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/fields\.yaml is valid: 3 fields in 2 modules/);
    expect(story.zoho.requests).toEqual([]);
  });

  it('validate reads standard input', async ({ open }) => {
    const story = await open();
    const run = await story.json(['validate', '-f', '-'], {
      input: 'module: Deals\nfields:\n  - api_name: A\n    data_type: text\n    create: false\n',
    });
    expect(run.code, run.stdout).toBe(0);
    expect(run.report.manifest.path).toBe('-');
  });

  it('schema prints the JSON Schema, draft 7, and knows the keys of the manifest', async ({ open }) => {
    const story = await open();
    const run = await story.run(['schema']);
    expect(run.code).toBe(0);
    const schema = JSON.parse(run.stdout) as { $schema: string };
    expect(schema.$schema).toContain('draft-07');
    for (const key of ['api_name', 'field_label', 'pick_list_values', 'create'])
      expect(run.stdout).toContain(`"${key}"`);
  });
});
