import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { text, type Declared, type Story } from '../../support/story.ts';
import { isSilent, lessons } from '../../support/switch-expectations.ts';
import { fieldsSent } from '../../support/wire.ts';

const { chapter, describe, it } = openChapter('data types');

export const dataTypes = chapter;

const field = (api_name: string, data_type: string, more: Declared = {}): Declared => ({
  api_name,
  field_label: api_name.replaceAll('_', ' '),
  data_type,
  ...more,
});

/** A field of every data type that Zoho creates, with keys of its own (sheet §3.2, §3.4). */
const EVERY_TYPE: readonly Declared[] = [
  field('A_Text', 'text', { length: 50, unique: true, tooltip: 'Words of help' }),
  field('A_Secret', 'text', { length: 30, crypt: { mode: 'encryption' } }),
  field('A_External', 'text', { length: 30, external: { type: 'user', show: true } }),
  field('A_Note', 'textarea', { textarea: 'small' }),
  field('A_Long_Note', 'textarea', {
    textarea: { type: 'large' },
    tooltip: { name: 'static_text', value: 'Be brief' },
  }),
  field('A_Rich_Note', 'textarea', { textarea: 'rich_text' }),
  field('An_Email', 'email'),
  field('A_Phone', 'phone', { length: 20 }),
  field('A_Picklist', 'picklist', { pick_list_values: ['Low', 'Medium', 'High'] }),
  field('A_Global_Picklist', 'picklist', { global_picklist: 'Source' }),
  field('A_Multi', 'multiselectpicklist', { pick_list_values: ['Red', 'Green'] }),
  field('A_Date', 'date'),
  field('A_Time', 'datetime'),
  field('A_Count', 'integer', { length: 5 }),
  field('A_Number', 'autonumber', { auto_number: { start_number: 100, prefix: 'D-' } }),
  field('A_Price', 'currency', { length: 12, decimal_place: 2, currency: 'normal' }),
  field('A_Share', 'percent', { length: 5 }),
  field('A_Big_Count', 'bigint', { length: 12 }),
  field('A_Double', 'double', { length: 10, decimal_place: 3 }),
  field('A_Site', 'website', { length: 200 }),
  field('A_Flag', 'boolean'),
  field('A_File', 'fileupload', { length: 1 }),
  field('An_Image', 'imageupload', { length: 3 }),
  field('A_Lookup', 'lookup', { lookup: 'Products' }),
  field('Many_Contacts', 'multiselectlookup', {
    multiselectlookup: {
      connected_details: { module: { api_name: 'Contacts' }, field: { field_label: 'Their Deals' } },
      linking_details: { module: { plural_label: 'Deals of Contacts' } },
    },
  }),
  field('A_User', 'userlookup'),
  field('Many_Users', 'multiuserlookup'),
  field('A_Formula', 'formula', { formula: { return_type: 'double', expression: '${Deals.Amount}*2' } }),
  field('A_Sum', 'rollup_summary', {
    rollup_summary: {
      return_type: 'integer',
      expression: { function: 'COUNT' },
      based_on_module: { api_name: 'Contacts' },
      related_list: { api_name: 'Contact_Roles' },
    },
  }),
  field('An_Address', 'address'),
];

describe('every data type that Zoho creates (contract §2)', () => {
  it.for(['honour', 'ignore', 'reject'] as const)(
    'is created as declared and in sync at once, in a Zoho that would %s api_name',
    async (apiNameInBody, { open }) => {
      const story = await open({ switches: { apiNameInBody } });
      story.declare({ Deals: EVERY_TYPE });
      const applied = await story.json(['apply', '--yes']);
      const untaught = apiNameInBody === 'reject' && isSilent(story.zoho.switches);
      story.endsWhere(untaught, 'the refusal of api_name is never heard');
      const others = applied.report.fields.filter((one) => one.outcome !== 'created');
      expect(others, applied.stderr).toEqual([]);
      expect(applied.code).toBe(0);
      const plan = await story.json(['plan', '--detailed-exitcode']);
      expect(plan.report.fields.filter((one) => one.action !== 'in_sync')).toEqual([]);
      expect(plan.code).toBe(0);
    },
  );

  it('also where the list leaves options out', async ({ open }) => {
    const story = await open({ switches: { listOmitsPicklistValues: true } });
    story.declare({ Deals: [field('A_Picklist', 'picklist', { pick_list_values: ['Low', 'High'] })] });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(story.wire().singles).toHaveLength(1);
  });
});

/** Contract §2: what is written, and what travels. */
const SHORTHANDS: readonly { readonly name: string; readonly declared: Declared; readonly sent: Declared }[] =
  [
    {
      name: 'tooltip: text',
      declared: field('A', 'text', { tooltip: 'Help' }),
      sent: { tooltip: { name: 'info_icon', value: 'Help' } },
    },
    {
      name: 'pick_list_values: [A, B]',
      declared: field('A', 'picklist', { pick_list_values: ['X', 'Y'] }),
      sent: {
        pick_list_values: [
          { display_value: 'X', actual_value: 'X' },
          { display_value: 'Y', actual_value: 'Y' },
        ],
      },
    },
    {
      name: 'lookup: Products',
      declared: field('A', 'lookup', { lookup: 'Products' }),
      sent: { lookup: { module: { api_name: 'Products' }, display_label: 'Deals' } },
    },
    {
      name: 'unique: true',
      declared: field('A', 'text', { unique: true }),
      sent: { unique: { case_sensitive: false } },
    },
    {
      name: 'currency: normal',
      declared: field('A', 'currency', { currency: 'normal' }),
      sent: { currency: { rounding_option: 'normal' } },
    },
    {
      name: 'textarea: large',
      declared: field('A', 'textarea', { textarea: 'large' }),
      sent: { textarea: { type: 'large' } },
    },
    {
      name: 'global_picklist: Source',
      declared: field('A', 'picklist', { global_picklist: 'Source' }),
      sent: { global_picklist: { id: expect.stringMatching(/^\d+$/) as unknown } },
    },
    {
      name: 'profiles by name',
      declared: field('A', 'text', { profiles: { Standard: 'read_only' } }),
      sent: { profiles: [{ id: expect.stringMatching(/^\d+$/) as unknown, permission_type: 'read_only' }] },
    },
  ];

/** The first body that was sent; where Zoho refuses `api_name`, the one that counts. */
const firstSent = (story: Story) => fieldsSent(story.wire().posts[lessons(story.zoho.switches)])[0] ?? {};

describe('what is declared is what travels (contract §2)', () => {
  it.for(SHORTHANDS)('$name', async ({ declared, sent }, { open }) => {
    const story = await open();
    story.declare({ Deals: [declared] });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    const body = firstSent(story);
    for (const [key, value] of Object.entries(sent)) expect(body[key]).toEqual(value);
    const plan = await story.json(['plan', '--detailed-exitcode']);
    expect(plan.code, plan.stdout).toBe(0);
  });

  it('a description is for people and never sent; neither are create, line or shorthands', async ({
    open,
  }) => {
    const story = await open();
    story.declare({ Deals: [text('Part_1', { description: 'For people', create: true })] });
    await story.run(['apply', '--yes']);
    const name = lessons(story.zoho.switches) === 0 ? ['api_name'] : [];
    expect(Object.keys(firstSent(story)).sort()).toEqual([...name, 'data_type', 'field_label', 'length']);
  });

  it('a title of the related list may be given', async ({ open }) => {
    const story = await open();
    const lookup = { module: { api_name: 'Contacts' }, display_label: 'Deals of theirs' };
    story.declare({ Deals: [field('A', 'lookup', { lookup })] });
    await story.run(['apply', '--yes']);
    expect(firstSent(story)['lookup']).toEqual(lookup);
  });
});
