import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { type FieldReport } from '../../support/report-shapes.ts';
import { text, type Declared, type Story } from '../../support/story.ts';

const { chapter, describe, it } = openChapter('actions');

export const actions = chapter;

const deals = (story: Story) => story.zoho.fields('Deals');

async function planned(story: Story, ...fields: readonly Declared[]): Promise<readonly FieldReport[]> {
  story.declare({ Deals: fields });
  const plan = await story.json(['plan']);
  return plan.report.fields;
}

interface Conflict {
  readonly name: string;
  readonly arrange?: (story: Story) => void;
  readonly declared: readonly Declared[];
  readonly code: string;
  /** A word that tells the reader what the matter is. */
  readonly says: RegExp;
}

const CONFLICTS: readonly Conflict[] = [
  {
    name: 'the field has another data type',
    declared: [text('Amount', { field_label: 'Amount' })],
    code: 'data-type-differs',
    says: /currency/,
  },
  {
    name: 'another field holds the label',
    arrange: (story) =>
      deals(story).add({ api_name: 'Old_Part', field_label: 'Part One', data_type: 'text' }),
    declared: [text('New_Part', { field_label: 'Part One' })],
    code: 'label-taken',
    says: /Old_Part/,
  },
  {
    name: 'another field holds the label in another case',
    arrange: (story) =>
      deals(story).add({ api_name: 'Old_Part', field_label: 'PART one', data_type: 'text' }),
    declared: [text('New_Part', { field_label: 'Part One' })],
    code: 'label-taken',
    says: /Old_Part/,
  },
  {
    name: 'another field holds the label as its untranslated label',
    arrange: (story) => {
      deals(story).add({ api_name: 'Old_Part', field_label: 'Altteil', data_type: 'text' });
      deals(story).edit('Old_Part', { display_label: 'Part One' });
    },
    declared: [text('New_Part', { field_label: 'Part One' })],
    code: 'label-taken',
    says: /Old_Part/,
  },
  {
    name: 'an unused field holds the label',
    arrange: (story) => {
      deals(story).add({ api_name: 'Old_Part', field_label: 'Part One', data_type: 'text' });
      deals(story).markUnused('Old_Part');
    },
    declared: [text('New_Part', { field_label: 'Part One' })],
    code: 'label-taken',
    says: /unused/,
  },
  {
    name: 'the field exists but is unused',
    arrange: (story) => {
      deals(story).add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'text', length: 50 });
      deals(story).markUnused('Part_1');
    },
    declared: [text('Part_1')],
    code: 'unused',
    says: /layout/,
  },
  {
    name: 'it is nobody to create and missing',
    declared: [{ api_name: 'Part_1', data_type: 'text', create: false }],
    code: 'missing',
    says: /create: false/,
  },
  {
    name: 'a field has the API name but for upper and lower case',
    arrange: (story) => deals(story).add({ api_name: 'PART_1', field_label: 'Something', data_type: 'text' }),
    declared: [text('Part_1')],
    code: 'api-name-taken',
    says: /PART_1/,
  },
  {
    name: 'the module has two unique fields already',
    arrange: (story) => {
      for (const api_name of ['Key_1', 'Key_2']) {
        deals(story).add({
          api_name,
          field_label: api_name,
          data_type: 'text',
          unique: { case_sensitive: false },
        });
      }
    },
    declared: [text('Key_3', { unique: true })],
    code: 'limit-unique',
    says: /2/,
  },
  {
    name: 'the module has its auto-number already',
    arrange: (story) =>
      deals(story).add({
        api_name: 'Deal_No',
        field_label: 'Deal No',
        data_type: 'autonumber',
        auto_number: { start_number: 1 },
      }),
    declared: [
      { api_name: 'No_2', field_label: 'No 2', data_type: 'autonumber', auto_number: { start_number: 1 } },
    ],
    code: 'limit-autonumber',
    says: /auto-number/,
  },
  {
    name: 'no module has the name that a lookup gives',
    declared: [{ api_name: 'Buyer', field_label: 'Buyer', data_type: 'lookup', lookup: 'Acounts' }],
    code: 'unknown-module',
    says: /Acounts/,
  },
  {
    name: 'no field has the name that a formula gives',
    declared: [
      {
        api_name: 'Net',
        field_label: 'Net',
        data_type: 'formula',
        formula: { expression: '${Amuont}*2', return_type: 'double' },
      },
    ],
    code: 'unknown-field',
    says: /Amuont/,
  },
  {
    name: 'no profile has the name',
    declared: [text('Part_1', { profiles: { Nobody: 'read_only' } })],
    code: 'unknown-profile',
    says: /Nobody/,
  },
  {
    name: 'no global picklist has the name',
    declared: [
      { api_name: 'Part_1', field_label: 'Part 1', data_type: 'picklist', global_picklist: 'Nothing' },
    ],
    code: 'unknown-global-picklist',
    says: /Nothing/,
  },
  {
    name: 'it is another kind of text area',
    arrange: (story) =>
      deals(story).add({
        api_name: 'Notes_1',
        field_label: 'Notes 1',
        data_type: 'textarea',
        textarea: { type: 'small' },
      }),
    declared: [{ api_name: 'Notes_1', field_label: 'Notes 1', data_type: 'textarea', textarea: 'large' }],
    code: 'textarea-differs',
    says: /textarea/,
  },
  {
    name: 'another lookup has given its related list the same title',
    arrange: (story) =>
      deals(story).add({
        api_name: 'Maker',
        field_label: 'Maker',
        data_type: 'lookup',
        lookup: { module: { api_name: 'Contacts' }, display_label: 'DEALS' },
      }),
    declared: [{ api_name: 'Buyer', field_label: 'Buyer', data_type: 'lookup', lookup: 'Contacts' }],
    code: 'related-list-taken',
    says: /Maker/,
  },
  {
    name: 'it looks up another module',
    declared: [
      {
        api_name: 'Account_Name',
        data_type: 'lookup',
        lookup: { module: { api_name: 'Contacts' } },
        create: false,
      },
    ],
    code: 'lookup-differs',
    says: /lookup/,
  },
  {
    name: 'it is external in another way',
    arrange: (story) =>
      deals(story).add({
        api_name: 'Ext_1',
        field_label: 'Ext 1',
        data_type: 'text',
        length: 50,
        external: { type: 'user', show: true },
      }),
    declared: [text('Ext_1', { external: { type: 'org', show: true } })],
    code: 'external-differs',
    says: /external/,
  },
];

describe('conflict: what cannot be satisfied, why, and what to do (contract §5)', () => {
  it.for(CONFLICTS)('$name', async ({ arrange, declared, code, says }, { open }) => {
    const story = await open();
    arrange?.(story);
    story.declare({ Deals: [...declared, text('Innocent')] });

    const plan = await story.json(['plan', '--detailed-exitcode']);
    expect(plan.code, plan.stderr + plan.stdout).toBe(3);
    const [field, innocent] = plan.report.fields;
    expect(field?.action).toBe('conflict');
    expect(innocent?.action).toBe('create');
    const reason = field?.reasons.find((one) => one.code === code);
    expect(reason, JSON.stringify(field?.reasons)).toBeDefined();
    expect(reason?.message).toMatch(says);
    expect(reason?.remedy?.length).toBeGreaterThan(20);
  });

  it('keeps apply from creating anything', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: CONFLICTS.slice(0, 1).flatMap(({ declared }) => [...declared, text('Innocent')]),
    });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code).toBe(3);
    expect(applied.report.kind).toBe('apply');
    expect(applied.report.fields.map((one) => one.outcome)).toEqual(['not_attempted', 'not_attempted']);
    expect(story.wire().posts).toEqual([]);
  });

  it('is told on the screen with why and what to do', async ({ open }) => {
    const story = await open();
    deals(story).add({ api_name: 'Old_Part', field_label: 'Part One', data_type: 'text' });
    story.declare({ Deals: [text('New_Part', { field_label: 'Part One' })] });

    const plan = await story.run(['plan']);
    expect(plan.code).toBe(3);
    expect(plan.stdout).toMatch(/! +New_Part/);
    expect(plan.stdout).toContain('Old_Part');
    expect(plan.stdout).toMatch(/choose another field_label/i);
  });

  it('the third of three new unique fields is the one too many', async ({ open }) => {
    const story = await open();
    deals(story).add({
      api_name: 'Key_0',
      field_label: 'Key 0',
      data_type: 'text',
      unique: { case_sensitive: false },
    });
    const fields = await planned(story, text('Key_1', { unique: true }), text('Key_2', { unique: true }));
    expect(fields.map((field) => field.action)).toEqual(['create', 'conflict']);
  });
});

interface Drift {
  readonly key: string;
  readonly declared: Declared;
  readonly live: Readonly<Record<string, unknown>>;
  readonly want: unknown;
  readonly found: unknown;
}

const DRIFTS: readonly Drift[] = [
  { key: 'length', declared: { data_type: 'text', length: 50 }, live: { length: 40 }, want: 50, found: 40 },
  {
    key: 'field_label',
    declared: { data_type: 'text', field_label: 'Wanted' },
    live: { field_label: 'Found', display_label: 'Found' },
    want: 'Wanted',
    found: 'Found',
  },
  {
    key: 'tooltip',
    declared: { data_type: 'text', tooltip: 'New words' },
    live: { tooltip: { name: 'info_icon', value: 'Old words' } },
    want: { name: 'info_icon', value: 'New words' },
    found: { name: 'info_icon', value: 'Old words' },
  },
  {
    key: 'unique',
    declared: { data_type: 'text', unique: true },
    live: { unique: {} },
    want: { case_sensitive: false },
    found: null,
  },
  {
    key: 'decimal_place',
    declared: { data_type: 'double', length: 10, decimal_place: 3 },
    live: { decimal_place: 2, length: 10 },
    want: 3,
    found: 2,
  },
  {
    key: 'currency',
    declared: { data_type: 'currency', currency: 'round_up' },
    live: { currency: { rounding_option: 'normal', precision: 2 } },
    want: { rounding_option: 'round_up' },
    found: { rounding_option: 'normal' },
  },
  {
    key: 'pick_list_values',
    declared: { data_type: 'picklist', pick_list_values: ['A', 'C'] },
    live: {
      pick_list_values: ['-None-', 'A', 'B'].map((name) => ({
        display_value: name,
        actual_value: name,
        type: 'used',
      })),
    },
    want: ['A', 'C'],
    found: ['A', 'B'],
  },
  {
    key: 'crypt',
    declared: { data_type: 'text', crypt: { mode: 'encryption' } },
    live: { crypt: null },
    want: { mode: 'encryption' },
    found: { mode: 'decryption' },
  },
  {
    key: 'filterable',
    declared: { data_type: 'integer', filterable: false },
    live: { filterable: true },
    want: false,
    found: true,
  },
  {
    key: 'profiles',
    declared: { data_type: 'text', profiles: { Standard: 'read_only' } },
    live: {},
    want: [{ name: 'Standard', permission_type: 'read_only' }],
    found: [{ name: 'Standard', permission_type: 'read_write' }],
  },
  {
    key: 'global_picklist',
    declared: { data_type: 'picklist', global_picklist: 'Source' },
    live: { global_picklist: { api_name: 'Regions', id: '1' } },
    want: { api_name: 'Source' },
    found: { api_name: 'Regions' },
  },
];

describe('drift: reported with both values, never changed (contract §5)', () => {
  it.for(DRIFTS)('$key', async ({ key, declared, live, want, found }, { open }) => {
    const story = await open();
    const { data_type } = declared as { data_type: string };
    deals(story).add({ api_name: 'Part_1', field_label: 'Part 1', data_type });
    deals(story).edit('Part_1', live as Readonly<Record<string, never>>);
    story.declare({ Deals: [{ api_name: 'Part_1', field_label: 'Part 1', ...declared }] });

    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(0);
    const [field] = plan.report.fields;
    // Who may see a field is hidden from a user who may not customise Zoho; what is hidden is not compared.
    const isHidden = key === 'profiles' && story.zoho.switches.userPermission === 'denied';
    expect(field?.action, plan.stdout).toBe(isHidden ? 'in_sync' : 'drift');
    if (isHidden) return;
    expect(field?.differences.find((one) => one.key === key)).toMatchObject({ want, live: found });
    expect(field?.differences).toHaveLength(1);
  });

  it('is left alone by apply', async ({ open }) => {
    const story = await open();
    deals(story).add({ api_name: 'Part_1', field_label: 'Other', data_type: 'text', length: 40 });
    story.declare({ Deals: [text('Part_1'), text('Part_2')] });
    const before = JSON.stringify(deals(story).find('Part_1'));

    const applied = await story.json(['apply', '--yes']);
    expect(applied.code).toBe(0);
    expect(applied.report.summary).toMatchObject({ created: 1, finished: 0, failed: 0 });
    expect(JSON.stringify(deals(story).find('Part_1'))).toBe(before);
    expect(story.wire().patches).toEqual([]);
  });

  it('is told with both values on the screen', async ({ open }) => {
    const story = await open();
    deals(story).add({ api_name: 'Part_1', field_label: 'Part 1', data_type: 'text', length: 40 });
    story.declare({ Deals: [text('Part_1')] });

    const plan = await story.run(['plan']);
    expect(plan.stdout).toMatch(/~ +Part_1/);
    expect(plan.stdout).toMatch(/length/);
    expect(plan.stdout).toContain('50');
    expect(plan.stdout).toContain('40');
  });
});

describe('in sync: every declared key agrees (contract §2, §5)', () => {
  it('compares options as a set, without -None- and without unused ones', async ({ open }) => {
    const story = await open();
    deals(story).add({
      api_name: 'Risk',
      field_label: 'Risk',
      data_type: 'picklist',
      pick_list_values: ['Low', 'High', 'Gone'].map((name) => ({ display_value: name, actual_value: name })),
    });
    const options = deals(story).find('Risk')?.['pick_list_values'] as readonly Readonly<
      Record<string, string>
    >[];
    const changed = options.map((one) => (one['actual_value'] === 'Gone' ? { ...one, type: 'unused' } : one));
    deals(story).edit('Risk', { pick_list_values: changed });
    expect(JSON.stringify(deals(story).find('Risk'))).toContain('-None-');

    const [field] = await planned(story, {
      api_name: 'Risk',
      field_label: 'Risk',
      data_type: 'picklist',
      pick_list_values: ['High', 'Low'],
    });
    expect(field?.action, JSON.stringify(field)).toBe('in_sync');
  });

  it('compares nothing of a formula that GET never returns', async ({ open }) => {
    const story = await open();
    const formula = { return_type: 'double', expression: '${Deals.Amount}*2' };
    deals(story).add({ api_name: 'Twice', field_label: 'Twice', data_type: 'formula', formula });
    const [field] = await planned(story, {
      api_name: 'Twice',
      field_label: 'Twice',
      data_type: 'formula',
      formula: { return_type: 'double', expression: '${Deals.Amount}*3' },
    });
    expect(field?.action, JSON.stringify(field)).toBe('in_sync');
  });

  it('compares only what is declared; with create: false any type and any length of GET is allowed', async ({
    open,
  }) => {
    const story = await open();
    const fields = await planned(
      story,
      { api_name: 'Owner', data_type: 'ownerlookup', create: false },
      { api_name: 'Layout', data_type: 'layout', create: false },
      { api_name: 'Deal_Name', data_type: 'text', length: 120, create: false },
      { api_name: 'Description', data_type: 'textarea', length: 32000, create: false },
      { api_name: 'Record_Image', data_type: 'profileimage', create: false },
    );
    expect(fields.map((field) => [field.api_name, field.action])).toEqual([
      ['Owner', 'in_sync'],
      ['Layout', 'in_sync'],
      ['Deal_Name', 'in_sync'],
      ['Description', 'in_sync'],
      ['Record_Image', 'in_sync'],
    ]);
  });

  it("accepts the label in the language of the token's user or untranslated", async ({ open }) => {
    const story = await open();
    deals(story).add({ api_name: 'Part_1', field_label: 'Teil 1', data_type: 'text', length: 50 });
    deals(story).edit('Part_1', { display_label: 'Part 1' });
    const [field] = await planned(story, text('Part_1'));
    expect(field?.action).toBe('in_sync');
  });

  it('is one line together, unless each is asked for', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: ['Deal_Name', 'Next_Step'].map((api_name) => ({ api_name, data_type: 'text', create: false })),
    });

    const short = await story.run(['plan']);
    expect(short.stdout.split('\n').filter((line) => /Deal_Name|Next_Step/.test(line))).toHaveLength(1);
    const long = await story.run(['plan', '--in-sync']);
    expect(long.stdout).toMatch(/= +Deal_Name/);
    expect(long.stdout).toMatch(/= +Next_Step/);
  });
});

describe('unmanaged: custom fields that nobody declared (contract §5)', () => {
  it('are counted, listed only on request, and standard fields are none', async ({ open }) => {
    const story = await open();
    deals(story).add({ api_name: 'Stray', field_label: 'Stray', data_type: 'text' });
    story.declare({ Deals: [text('Part_1')] });

    const counted = await story.json(['plan']);
    expect(counted.report.summary['unmanaged']).toBe(2);
    expect(counted.report.fields.map((field) => field.api_name)).toEqual(['Part_1']);
    const listed = await story.json(['plan', '--unmanaged']);
    expect(listed.report.fields.map((field) => [field.api_name, field.action])).toEqual([
      ['Part_1', 'create'],
      ['Partner', 'unmanaged'],
      ['Stray', 'unmanaged'],
    ]);

    const short = await story.run(['plan']);
    expect(short.stdout).not.toContain('Stray');
    expect(short.stdout).toMatch(/2 .*(custom|unmanaged)/);
    const long = await story.run(['plan', '--unmanaged']);
    expect(long.stdout).toContain('Stray');
  });
});
