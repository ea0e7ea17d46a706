import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/emulator/json.ts';
import type { EmulatorOptions } from '../../src/emulator/start.ts';
import { essence, first, visit } from './support.ts';

const PLACE = ['api_name', 'json_path'];
const option = (value: string): JsonObject => ({ display_value: value, actual_value: value });
const own = (...values: string[]): JsonObject => ({ pick_list_values: values.map(option) });
const lookup = (module: string, display_label = 'Deals here', id?: string): JsonObject => ({
  data_type: 'lookup',
  lookup: { module: { api_name: module, ...(id === undefined ? {} : { id }) }, display_label },
});
const formula = (expression: string, more: JsonObject = {}): JsonObject => ({
  data_type: 'formula',
  formula: { return_type: 'double', expression, ...more },
});
const links = (module: string, plural_label = 'My Links'): JsonObject => ({
  data_type: 'multiselectlookup',
  multiselectlookup: {
    connected_details: { module: { api_name: module }, field: { field_label: 'Back' } },
    linking_details: { module: { plural_label } },
  },
});
const rollup = (module: string, fn = 'COUNT'): JsonObject => ({
  data_type: 'rollup_summary',
  rollup_summary: {
    return_type: 'integer',
    expression: { function: fn, function_parameters: [{ api_name: 'id' }] },
    based_on_module: { api_name: module },
    related_list: { api_name: 'Notes' },
  },
});

/** A body (label and type are added), the code, and the keys of details beside the place. */
type Row = readonly [why: string, body: JsonObject, code: string, details?: readonly string[], key?: string];

const ROWS: readonly Row[] = [
  ['no label', { field_label: null }, 'MANDATORY_NOT_FOUND', PLACE, 'field_label'],
  ['no type', { data_type: null }, 'MANDATORY_NOT_FOUND', PLACE, 'data_type'],
  ['a tooltip without its name', { tooltip: { value: 'x' } }, 'MANDATORY_NOT_FOUND', PLACE, 'name'],
  [
    'an option without actual value',
    { data_type: 'picklist', pick_list_values: [{ display_value: 'A' }] },
    'MANDATORY_NOT_FOUND',
    PLACE,
    'actual_value',
  ],
  ['a tooltip of text', { tooltip: 'text' }, 'INVALID_DATA', [...PLACE, 'expected_data_type'], 'tooltip'],
  ['a length of text', { length: '50' }, 'INVALID_DATA', [...PLACE, 'expected_data_type'], 'length'],
  [
    'options of text',
    { data_type: 'picklist', pick_list_values: ['A'] },
    'INVALID_DATA',
    [...PLACE, 'expected_data_type'],
    'pick_list_values',
  ],
  ['an unknown type', { data_type: 'string' }, 'INVALID_DATA', [...PLACE, 'supported_values'], 'data_type'],
  [
    'a type that only GET knows',
    { data_type: 'subform' },
    'INVALID_DATA',
    [...PLACE, 'supported_values'],
    'data_type',
  ],
  ['an empty label', { field_label: ' ' }, 'INVALID_DATA', [...PLACE, 'minimum_length'], 'field_label'],
  [
    'a long label',
    { field_label: 'x'.repeat(51) },
    'INVALID_DATA',
    [...PLACE, 'maximum_length'],
    'field_label',
  ],
  ['special characters', { field_label: 'Fünf & <b>' }, 'INVALID_DATA', PLACE, 'field_label'],
  ['a taken label in another case', { field_label: 'aMOUNT' }, 'DUPLICATE_DATA', PLACE, 'field_label'],
  [
    'a label that a translation hides',
    { field_label: 'Record Image' },
    'DUPLICATE_DATA',
    PLACE,
    'field_label',
  ],
  ['a reserved label', { field_label: 'Notes' }, 'NOT_ALLOWED', PLACE, 'field_label'],
  ['a taken API name', { api_name: 'deal_name' }, 'DUPLICATE_DATA', PLACE, 'api_name'],
  ['a reserved API name', { api_name: 'Name' }, 'RESERVED_KEYWORD_NOT_ALLOWED', PLACE, 'api_name'],
  ['an API name with a dash', { api_name: 'A-B' }, 'INVALID_DATA', PLACE, 'api_name'],
  ['an API name with two underscores', { api_name: 'A__B' }, 'INVALID_DATA', PLACE, 'api_name'],
  ['a long API name', { api_name: 'A'.repeat(51) }, 'INVALID_DATA', [...PLACE, 'maximum_length'], 'api_name'],
  ['a length out of range', { length: 256 }, 'DEPENDENT_MISMATCH', [...PLACE, 'dependee', 'range'], 'length'],
  [
    'a length of another text area',
    { data_type: 'textarea', length: 2000, textarea: { type: 'large' } },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'supported_values'],
    'length',
  ],
  [
    'two files',
    { data_type: 'fileupload', length: 2 },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'supported_values'],
    'length',
  ],
  [
    'eleven images',
    { data_type: 'imageupload', length: 11 },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'range'],
    'length',
  ],
  [
    'decimals as long as the number',
    { data_type: 'double', length: 4, decimal_place: 4 },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'range'],
    'decimal_place',
  ],
  [
    'a precision beyond the decimals',
    { data_type: 'currency', decimal_place: 2, currency: { rounding_option: 'normal', precision: 2 } },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'range'],
    'precision',
  ],
  [
    'a start that is no number',
    { data_type: 'autonumber', auto_number: { start_number: 'A1' } },
    'INVALID_DATA',
    [...PLACE, 'expected_data_type'],
    'start_number',
  ],
  [
    'a start of 17 digits',
    { data_type: 'autonumber', auto_number: { start_number: '12345678901234567' } },
    'INVALID_DATA',
    [...PLACE, 'maximum_length'],
    'start_number',
  ],
  [
    'a precision that is no number',
    { data_type: 'currency', currency: { rounding_option: 'normal', precision: 'two' } },
    'INVALID_DATA',
    [...PLACE, 'expected_data_type'],
    'precision',
  ],
  [
    'a long static text',
    { tooltip: { name: 'static_text', value: 'x'.repeat(36) } },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'maximum_length'],
    'value',
  ],
  [
    'a long tooltip',
    { tooltip: { name: 'info_icon', value: 'x'.repeat(256) } },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'maximum_length'],
    'value',
  ],
  [
    'static text on a date',
    { data_type: 'date', tooltip: { name: 'static_text', value: 'x' } },
    'DEPENDENT_MISMATCH',
    [...PLACE, 'dependee', 'supported_values'],
    'name',
  ],
  [
    'a currency without its object',
    { data_type: 'currency' },
    'DEPENDENT_FIELD_MISSING',
    [...PLACE, 'dependee'],
    'currency',
  ],
  [
    'a text area without its object',
    { data_type: 'textarea' },
    'DEPENDENT_FIELD_MISSING',
    [...PLACE, 'dependee'],
    'textarea',
  ],
  [
    'a lookup without its object',
    { data_type: 'lookup' },
    'DEPENDENT_FIELD_MISSING',
    [...PLACE, 'dependee'],
    'lookup',
  ],
  [
    'a multi-select without options',
    { data_type: 'multiselectpicklist' },
    'DEPENDENT_FIELD_MISSING',
    [...PLACE, 'dependee'],
    'pick_list_values',
  ],
  [
    'a picklist of nothing',
    { data_type: 'picklist' },
    'EXPECTED_DEPENDENT_FIELD_MISSING',
    ['dependee', 'expected_fields'],
  ],
  [
    'a picklist of two sources',
    { data_type: 'picklist', ...own('A'), global_picklist: { id: '1' } },
    'AMBIGUITY_DURING_PROCESSING',
    ['ambiguity_due_to'],
  ],
  [
    'a foreign global set',
    { data_type: 'picklist', global_picklist: { id: '1' } },
    'INVALID_DATA',
    PLACE,
    'id',
  ],
  [
    'no options',
    { data_type: 'picklist', pick_list_values: [] },
    'INVALID_DATA',
    [...PLACE, 'minimum_length'],
    'pick_list_values',
  ],
  [
    'the same option twice',
    { data_type: 'picklist', ...own('A', 'B', 'a') },
    'DUPLICATE_DATA',
    PLACE,
    'display_value',
  ],
  [
    'a long option',
    { data_type: 'picklist', ...own('x'.repeat(121)) },
    'INVALID_DATA',
    [...PLACE, 'maximum_length'],
    'display_value',
  ],
  [
    'a default that is no option',
    { data_type: 'picklist', ...own('A'), default_value: 'B' },
    'INVALID_DATA',
    PLACE,
    'default_value',
  ],
  ['a foreign profile', { profiles: [{ id: '1', permission_type: 'hidden' }] }, 'INVALID_DATA', PLACE, 'id'],
  [
    'an unknown permission',
    { profiles: [{ id: '6084217000000026014', permission_type: 'write' }] },
    'INVALID_DATA',
    [...PLACE, 'supported_values'],
    'permission_type',
  ],
  [
    'a tooltip of another kind',
    { tooltip: { name: 'bubble', value: 'x' } },
    'INVALID_DATA',
    [...PLACE, 'supported_values'],
    'name',
  ],
  [
    'a case-sensitive unique',
    { unique: { case_sensitive: true } },
    'INVALID_DATA',
    [...PLACE, 'supported_values'],
    'case_sensitive',
  ],
  ['a unique of true', { unique: true }, 'INVALID_DATA', [...PLACE, 'expected_data_type'], 'unique'],
  [
    'a unique auto-number',
    { data_type: 'autonumber', auto_number: { start_number: 1 }, unique: { case_sensitive: false } },
    'NOT_ALLOWED',
    PLACE,
    'unique',
  ],
  [
    'an encrypted unique',
    { unique: { case_sensitive: false }, crypt: { mode: 'encryption' } },
    'NOT_ALLOWED',
    PLACE,
    'crypt',
  ],
  [
    'a filterable text area',
    { data_type: 'textarea', textarea: { type: 'small' }, filterable: true },
    'NOT_ALLOWED',
    PLACE,
    'filterable',
  ],
  [
    'a filterable formula of text',
    { ...formula("Upper('a')", { return_type: 'text' }), filterable: true },
    'NOT_ALLOWED',
    PLACE,
    'filterable',
  ],
  [
    'an external number',
    { data_type: 'integer', external: { type: 'user', show: true } },
    'NOT_ALLOWED',
    PLACE,
    'external',
  ],
  [
    'health data without the setting',
    { hipaa_compliance_enabled: true },
    'FEATURE_NOT_ENABLED',
    PLACE,
    'hipaa_compliance_enabled',
  ],
  [
    'private data without the setting',
    { private: { type: 'High' } },
    'FEATURE_NOT_ENABLED',
    PLACE,
    'private',
  ],
  ['a lookup to nowhere', lookup('Acounts'), 'INVALID_DATA', PLACE, 'api_name'],
  [
    'a lookup whose id is of another module',
    lookup('Accounts', 'Deals here', '6084217000000002179'),
    'AMBIGUITY_DURING_PROCESSING',
    ['ambiguity_due_to'],
  ],
  [
    'a related list of the same name',
    lookup('Accounts', 'partnered deals'),
    'DUPLICATE_DATA',
    PLACE,
    'display_label',
  ],
  ['a link to nowhere', links('Contakts'), 'INVALID_DATA', PLACE, 'api_name'],
  ['a linking module of a taken name', links('Contacts', 'Leads'), 'DUPLICATE_DATA', PLACE, 'plural_label'],
  ['a roll-up of nothing', rollup('Nothing'), 'INVALID_DATA', PLACE, 'api_name'],
  [
    'a roll-up that Zoho cannot compute',
    rollup('Notes', 'MEDIAN'),
    'INVALID_DATA',
    [...PLACE, 'supported_values'],
    'function',
  ],
  ['a formula without brackets', formula('Sqrt(${Amount}'), 'MISSING_BRACES', PLACE, 'expression'],
  [
    'a formula of an unknown field',
    formula('${Amuont}*2'),
    'PARTICIPATING_FIELD_NOT_FOUND',
    PLACE,
    'expression',
  ],
  ['a formula that ends early', formula('${Amount}*'), 'SYNTAX_ERROR', PLACE, 'expression'],
  ['a function of too many', formula('Sqrt(1, 2)'), 'INCORRECT_NUMBER_OF_PARAM', PLACE, 'expression'],
  ['a root of text', formula("Sqrt('four')"), 'INCORRECT_DATA_TYPE_PARAM', PLACE, 'expression'],
  [
    'a dynamic formula without end',
    formula('1' + '+1'.repeat(1200), { dynamic: true }),
    'DYNAMIC_EXPRESSION_LENGTH_EXCEEDED',
    [...PLACE, 'maximum_length'],
    'expression',
  ],
];

describe('the item-level errors of sheet §5.2', () => {
  it.each(ROWS.map((row) => ({ why: row[0], row })))('$why', async ({ row }) => {
    const [, body, code, details = PLACE, key] = row;
    const { create, zoho } = await visit();
    const before = zoho.fields('Deals').all().length;
    const answer = await create({ field_label: 'Subject', data_type: 'text', ...body });
    expect(essence(answer)).toEqual([400, code, [...details].sort()]);
    expect(detailsOf(answer.body)).toMatchObject(key === undefined ? {} : { api_name: key });
    expect(zoho.fields('Deals').all()).toHaveLength(before);
  });

  it('403 NOT_SUPPORTED for an encrypted picklist, when it stands alone', async () => {
    const { create } = await visit();
    const wrong = { field_label: 'P', data_type: 'picklist', ...own('A'), crypt: { mode: 'encryption' } };
    expect(essence(await create(wrong))).toEqual([403, 'NOT_SUPPORTED', PLACE]);
    expect((await create(wrong, { field_label: 'Amount', data_type: 'text' })).status).toBe(400);
    expect((await create(wrong, { field_label: 'Fine', data_type: 'text' })).status).toBe(207);
  });

  it('external fields are none of Calls', async () => {
    const { post } = await visit();
    const fields = [{ field_label: 'Ref', data_type: 'text', external: { type: 'org', show: true } }];
    expect(essence(await post('/crm/v8/settings/fields?module=Calls', { fields }))[1]).toBe('NOT_ALLOWED');
  });

  it('switches move the disputed ones', async () => {
    const { create, zoho } = await visit();
    const label = (field_label: string) => create({ field_label, data_type: 'text' });
    zoho.switches.reservedLabelCode = 'RESERVED_KEYWORD_NOT_ALLOWED';
    expect(essence(await label('Notes'))[1]).toBe('RESERVED_KEYWORD_NOT_ALLOWED');
    zoho.switches.labelMaxLength = 25;
    expect(essence(await label('x'.repeat(26)))[1]).toBe('INVALID_DATA');
    zoho.switches.labelCaseInsensitive = false;
    expect((await label('AMOUNT')).status).toBe(201);
    expect((await create({ field_label: 'To', ...lookup('Accounts', 'Deals') })).status).toBe(201);
    zoho.switches.relatedListLabels = 'every';
    expect(essence(await create({ field_label: 'Too', ...lookup('Contacts', 'Deals') }))[1]).toBe(
      'DUPLICATE_DATA',
    );
    zoho.switches.relatedListLabels = 'any';
    expect((await create({ field_label: 'Too', ...lookup('Accounts', 'Deals') })).status).toBe(201);
    zoho.switches.optionLimits = 'published';
    const many = own(...Array.from({ length: 11 }, (_, index) => `V${index}`));
    expect(essence(await create({ field_label: 'Many', data_type: 'picklist', ...many }))[1]).toBe(
      'LIMIT_EXCEEDED',
    );
    zoho.switches.duplicates = 'accept';
    expect((await label('Amount')).status).toBe(201);
  });

  it('an unused field holds its label and API name, or not', async () => {
    const { create, zoho } = await visit();
    zoho.fields('Deals').markUnused('Partner');
    const again = { field_label: 'Partner', data_type: 'text', api_name: 'Partner' };
    expect(essence(await create(again))[1]).toBe('DUPLICATE_DATA');
    zoho.switches.unusedHoldsNames = false;
    expect((await create(again)).status).toBe(201);
  });
});

describe('limits (sheet §3.1, §7)', () => {
  const text = (index: number, more: JsonObject = {}) => ({
    field_label: `F${index}`,
    data_type: 'text',
    ...more,
  });

  async function fill(options: EmulatorOptions, wish: (index: number) => JsonObject, most: number) {
    const { create } = await visit(options);
    for (let index = 0; index < most; index += 1) expect((await create(wish(index))).status).toBe(201);
    return create(wish(most));
  }
  const limit = (answer: { readonly body: Json }) => (detailsOf(answer.body) as { limit?: number }).limit;

  it('ten custom fields in Standard, Partner among them', async () => {
    const answer = await fill({ organisation: { edition: 'standard' } }, text, 9);
    expect(essence(answer)).toEqual([400, 'LIMIT_EXCEEDED', ['limit', 'limit_due_to']]);
    expect(limit(answer)).toBe(10);
  });

  it.each([
    ['free', 0],
    ['professional', 155],
    ['enterprise', 300],
    ['ultimate', 500],
  ] as const)('%s has room for %i', async (edition, most) => {
    const { zoho, create } = await visit({ organisation: { edition } });
    for (let index = 1; index < most; index += 1) zoho.fields('Deals').add(text(index));
    if (most === 0) zoho.fields('Deals').remove('Partner');
    expect(limit(await create(text(999)))).toBe(most);
  });

  it('two unique fields in every edition', async () => {
    const answer = await fill({}, (index) => text(index, { unique: { case_sensitive: false } }), 2);
    expect([essence(answer)[1], limit(answer)]).toEqual(['LIMIT_EXCEEDED', 2]);
  });

  it('one auto-number, two multi-select lookups, and any number of what a switch says', async () => {
    const number = (index: number) => ({
      ...text(index),
      data_type: 'autonumber',
      auto_number: { start_number: 1 },
    });
    expect(essence(await fill({}, number, 1))[1]).toBe('FIELD_LIMIT_EXCEEDED');
    const link = (index: number) => ({ ...text(index), ...links('Contacts', `Links ${index}`) });
    expect(limit(await fill({}, link, 2))).toBe(2);
    const few = await fill({ switches: { perTypeLimit: 2 } }, text, 2);
    expect([essence(few)[1], limit(few)]).toEqual(['FIELD_LIMIT_EXCEEDED', 2]);
    expect(limit(await fill({ switches: { customFieldLimit: 3 } }, text, 2))).toBe(3);
  });

  it('what an edition does not have', async () => {
    const { create } = await visit({ organisation: { edition: 'standard' } });
    expect(essence(await create({ field_label: 'F', ...formula('1+1') }))).toEqual([
      400,
      'FEATURE_NOT_SUPPORTED',
      PLACE,
    ]);
    expect(essence(await create({ field_label: 'L', ...links('Contacts') }))[1]).toBe(
      'FEATURE_NOT_SUPPORTED',
    );
  });
});

function detailsOf(body: Json): Json {
  const flat = typeof body === 'object' && body !== null && 'details' in body ? body : undefined;
  return (flat ?? first({ status: 0, headers: new Headers(), body }))['details'] ?? null;
}
