import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fieldKeys } from '../../../src/manifest/schema/keys.ts';
import { expandShorthands } from '../../../src/manifest/shorthands.ts';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import { comparable } from '../../../src/plan/comparable.ts';
import { compareField, NOT_COMPARED } from '../../../src/plan/compare.ts';
import { examples } from '../../support/organisation.ts';
import { has } from '../../support/field.ts';

/**
 * Everything that a manifest can declare, and how it is held against what Zoho tells: nobody can add a key and forget to
 * say so here. Shapes of GET are those of sheet §2.3 and its examples.
 */

/** Keys that say which field is meant and how this tool treats it. */
const APART: Readonly<Record<string, string>> = {
  api_name: 'by it the field is found',
  create: 'whether this tool may create the field',
  description: 'for people only',
  maps_from: 'held against the field of leads, see conversion.test.ts',
};

interface Comparison {
  readonly declared: Json;
  /** The live value that agrees, as GET shapes it, and one that does not. */
  readonly same: JsonObject;
  readonly other: JsonObject;
}

const reference = (api_name: string): JsonObject => ({ api_name, id: '6084217000000002177' });

const option = (rest: JsonObject): readonly JsonObject[] => [
  { display_value: '-None-', actual_value: '-None-', type: 'used' },
  {
    display_value: 'High',
    actual_value: 'hi',
    reference_value: 'H',
    colour_code: '#9cb5ff',
    type: 'used',
    ...rest,
  },
];

const optionWish = (rest: JsonObject): Json => [{ actual_value: 'hi', display_value: 'High', ...rest }];

const lookup = (rest: JsonObject): JsonObject => ({
  lookup: {
    display_label: 'Deals',
    revalidate_filter_during_edit: true,
    api_name: 'Deals1',
    module: { ...reference('Accounts'), crypt: false },
    id: '6084217000002510006',
    query_details: { criteria: { comparator: 'equal', value: 'A' } },
    ...rest,
  },
});

const connected = (module: string, label: string): JsonObject => ({
  multiselectlookup: {
    connected_details: {
      module: { plural_label: module, ...reference(module) },
      field: { ...reference('Back'), field_label: label },
      layouts: [],
    },
  },
});

const rollup = (rest: JsonObject, expression: JsonObject = {}): JsonObject => ({
  rollup_summary: {
    return_type: 'integer',
    expression: {
      function_parameters: [reference('id'), reference('Amount')],
      criteria: { comparator: 'equal' },
      function: 'COUNT',
      ...expression,
    },
    based_on_module: reference('Notes'),
    related_list: reference('Notes'),
    rollup_based_on: 'related_list',
    ...rest,
  },
});

const formula = (rest: JsonObject): JsonObject => ({
  formula: {
    return_type: 'double',
    sub_return_type: 'small',
    dynamic: true,
    stop_compute_conditionally: true,
    ...rest,
  },
});

const profiles = (permission_type: string, id = '6084217000000026011'): JsonObject => ({
  profiles: [
    { permission_type: 'read_write', name: 'Administrator', id: '6084217000000026014' },
    { permission_type, name: 'Standard', id },
  ],
});

const flag = (key: string): Comparison => ({
  declared: true,
  same: { [key]: true },
  other: { [key]: false },
});

const inside = (key: string, part: string, want: Json, other: Json): Comparison => ({
  declared: { [part]: want },
  same: { [key]: { more: 1, [part]: want } },
  other: { [key]: { more: 1, [part]: other } },
});

const association = (lookup_field: string, related_field: string): JsonObject => ({
  association_details: { lookup_field: reference(lookup_field), related_field: reference(related_field) },
});

const history = (rest: JsonObject): JsonObject => ({
  history_tracking: {
    related_list_name: 'History',
    duration_configuration: 'days',
    followed_fields: [reference('Stage'), reference('Amount')],
    ...rest,
  },
});

const COMPARED: Readonly<Record<string, Comparison>> = {
  length: { declared: 50, same: { length: 50 }, other: { length: 40 } },
  'tooltip.name': inside('tooltip', 'name', 'info_icon', 'static_text'),
  'tooltip.value': {
    declared: 'Help',
    same: { tooltip: { name: 'info_icon', value: 'Help' } },
    other: { tooltip: null },
  },
  'pick_list_values.actual_value': {
    declared: [{ actual_value: 'hi' }],
    same: { pick_list_values: option({}) },
    other: { pick_list_values: option({ actual_value: 'low' }) },
  },
  'pick_list_values.display_value': {
    declared: optionWish({}),
    same: { pick_list_values: option({}) },
    other: { pick_list_values: option({ display_value: 'Higher' }) },
  },
  'pick_list_values.reference_value': {
    declared: optionWish({ reference_value: 'H' }),
    same: { pick_list_values: option({}) },
    other: { pick_list_values: option({ reference_value: 'hi' }) },
  },
  'pick_list_values.colour_code': {
    declared: optionWish({ colour_code: '#9CB5FF' }),
    same: { pick_list_values: option({}) },
    other: { pick_list_values: option({ colour_code: null }) },
  },
  'global_picklist.api_name': {
    declared: 'Source',
    same: { global_picklist: reference('Source') },
    other: { global_picklist: null },
  },
  'global_picklist.id': {
    declared: { id: '6084217000000002177' },
    same: { global_picklist: reference('Source') },
    other: { global_picklist: { ...reference('Source'), id: '1' } },
  },
  pick_list_values_sorted_lexically: flag('pick_list_values_sorted_lexically'),
  enable_colour_code: flag('enable_colour_code'),
  history_tracking_enabled: flag('history_tracking_enabled'),
  'history_tracking.related_list_name': {
    declared: { related_list_name: 'History' },
    same: history({}),
    other: { history_tracking: null },
  },
  'history_tracking.duration_configuration': {
    declared: { duration_configuration: 'days' },
    same: history({}),
    other: history({ duration_configuration: 'time' }),
  },
  'history_tracking.followed_fields.api_name': {
    declared: { followed_fields: [{ api_name: 'Amount' }, { api_name: 'Stage' }] },
    same: history({}),
    other: history({ followed_fields: [reference('Stage')] }),
  },
  'history_tracking.followed_fields.id': {
    declared: { followed_fields: [{ id: '1' }] },
    same: history({ followed_fields: [{ api_name: 'Stage', id: '1' }] }),
    other: history({ followed_fields: [{ api_name: 'Stage', id: '2' }] }),
  },
  'lookup.module.api_name': {
    declared: 'Accounts',
    same: lookup({}),
    other: lookup({ module: reference('Contacts') }),
  },
  'lookup.module.id': {
    declared: { module: { id: '6084217000000002177' } },
    same: lookup({}),
    other: lookup({ module: { ...reference('Accounts'), id: '1' } }),
  },
  'lookup.display_label': {
    declared: { display_label: 'Deals' },
    same: lookup({}),
    other: lookup({ display_label: 'Offers' }),
  },
  display_label: { declared: 'Deals', same: lookup({}), other: lookup({ display_label: 'Offers' }) },
  'lookup.revalidate_filter_during_edit': {
    declared: { revalidate_filter_during_edit: true },
    same: lookup({}),
    other: lookup({ revalidate_filter_during_edit: false }),
  },
  'lookup.query_details.criteria': {
    declared: { query_details: { criteria: { comparator: 'equal', value: 'A' } } },
    same: lookup({}),
    other: lookup({ query_details: {} }),
  },
  'multiselectlookup.connected_details.module.api_name': {
    declared: { connected_details: { module: { api_name: 'Contacts' } } },
    same: connected('Contacts', 'Deals'),
    other: { multiselectlookup: { connected_module: 'Leads', linking_module: 'X' } },
  },
  'multiselectlookup.connected_details.module.id': {
    declared: { connected_details: { module: { id: '6084217000000002177' } } },
    same: connected('Contacts', 'Deals'),
    other: { multiselectlookup: { connected_details: { module: { api_name: 'Contacts', id: '1' } } } },
  },
  'multiselectlookup.connected_details.field.field_label': {
    declared: { connected_details: { field: { field_label: 'Deals' } } },
    same: connected('Contacts', 'Deals'),
    other: connected('Contacts', 'Offers'),
  },
  'sharing_properties.share_preference_enabled': inside(
    'sharing_properties',
    'share_preference_enabled',
    true,
    false,
  ),
  'sharing_properties.share_permission': inside(
    'sharing_properties',
    'share_permission',
    'read-only',
    'full-access',
  ),
  'textarea.type': inside('textarea', 'type', 'small', 'large'),
  'currency.rounding_option': inside('currency', 'rounding_option', 'normal', 'round_up'),
  'currency.precision': inside('currency', 'precision', 2, 1),
  rounding_option: {
    declared: 'normal',
    same: { currency: { rounding_option: 'normal', precision: 2 } },
    other: { currency: { rounding_option: 'round_up', precision: 2 } },
  },
  precision: { declared: 2, same: { currency: { precision: 2 } }, other: { currency: { precision: 3 } } },
  decimal_place: { declared: 2, same: { decimal_place: 2 }, other: { decimal_place: null } },
  separator: flag('separator'),
  'auto_number.start_number': inside('auto_number', 'start_number', 1000, 1),
  'auto_number.prefix': inside('auto_number', 'prefix', 'PD-', ''),
  'auto_number.suffix': inside('auto_number', 'suffix', '-X', ''),
  'formula.return_type': {
    declared: { return_type: 'double' },
    same: formula({}),
    other: formula({ return_type: 'text' }),
  },
  'formula.sub_return_type': {
    declared: { sub_return_type: 'small' },
    same: formula({}),
    other: formula({ sub_return_type: 'large' }),
  },
  'formula.dynamic': { declared: { dynamic: true }, same: formula({}), other: formula({ dynamic: false }) },
  'formula.stop_compute_conditionally': {
    declared: { stop_compute_conditionally: true },
    same: formula({}),
    other: formula({ stop_compute_conditionally: false }),
  },
  'rollup_summary.return_type': {
    declared: { return_type: 'integer' },
    same: rollup({}),
    other: rollup({ return_type: 'double' }),
  },
  'rollup_summary.expression.function': {
    declared: { expression: { function: 'COUNT' } },
    same: rollup({}),
    other: rollup({}, { function: 'SUM' }),
  },
  'rollup_summary.expression.function_parameters.api_name': {
    declared: { expression: { function_parameters: [{ api_name: 'Amount' }, { api_name: 'id' }] } },
    same: rollup({}),
    other: rollup({}, { function_parameters: [reference('id'), reference('Stage')] }),
  },
  'rollup_summary.expression.function_parameters.id': {
    declared: { expression: { function_parameters: [{ id: '1' }] } },
    same: rollup({}, { function_parameters: [{ api_name: 'a', id: '1' }] }),
    other: rollup({}, { function_parameters: [{ api_name: 'a', id: '2' }] }),
  },
  'rollup_summary.expression.criteria': {
    declared: { expression: { criteria: { comparator: 'equal' } } },
    same: rollup({}),
    other: rollup({}, { criteria: null }),
  },
  'rollup_summary.based_on_module.api_name': {
    declared: { based_on_module: { api_name: 'Notes' } },
    same: rollup({}),
    other: rollup({ based_on_module: reference('Calls') }),
  },
  'rollup_summary.based_on_module.id': {
    declared: { based_on_module: { id: '6084217000000002177' } },
    same: rollup({}),
    other: rollup({ based_on_module: { ...reference('Notes'), id: '1' } }),
  },
  'rollup_summary.related_list.api_name': {
    declared: { related_list: { api_name: 'Notes' } },
    same: rollup({}),
    other: rollup({ related_list: reference('Calls') }),
  },
  'rollup_summary.related_list.id': {
    declared: { related_list: { id: '6084217000000002177' } },
    same: rollup({}),
    other: rollup({ related_list: { ...reference('Notes'), id: '1' } }),
  },
  'unique.case_sensitive': {
    declared: true,
    same: { unique: { case_sensitive: false } },
    other: { unique: {} },
  },
  filterable: flag('filterable'),
  'crypt.mode': {
    declared: { mode: 'encryption' },
    same: { crypt: { mode: 'encryption' } },
    other: { crypt: null },
  },
  encrypt_case: {
    declared: 'uppercase',
    same: { crypt: { mode: 'encryption', encrypt_case: 'uppercase' } },
    other: { crypt: { mode: 'encryption', encrypt_case: 'lowercase' } },
  },
  'external.type': inside('external', 'type', 'user', 'org'),
  'external.show': inside('external', 'show', true, false),
  'private.type': inside('private', 'type', 'High', 'Low'),
  hipaa_compliance_enabled: flag('hipaa_compliance_enabled'),
  'profiles.name': {
    declared: [{ name: 'Standard', permission_type: 'hidden' }],
    same: profiles('hidden'),
    other: { profiles: [{ name: 'Administrator', permission_type: 'hidden' }] },
  },
  'profiles.id': {
    declared: [{ id: '6084217000000026011', permission_type: 'hidden' }],
    same: profiles('hidden'),
    other: profiles('hidden', '1'),
  },
  'profiles.permission_type': {
    declared: { Standard: 'hidden' },
    same: profiles('hidden'),
    other: profiles('read_only'),
  },
  'association_details.lookup_field.api_name': {
    declared: { lookup_field: { api_name: 'Account_Name' } },
    same: association('Account_Name', 'Phone'),
    other: { association_details: null },
  },
  'association_details.lookup_field.id': {
    declared: { lookup_field: { id: '6084217000000002177' } },
    same: association('Account_Name', 'Phone'),
    other: { association_details: { lookup_field: { id: '1' } } },
  },
  'association_details.related_field.api_name': {
    declared: { related_field: { api_name: 'Phone' } },
    same: association('Account_Name', 'Phone'),
    other: association('Account_Name', 'Fax'),
  },
  'association_details.related_field.id': {
    declared: { related_field: { id: '6084217000000002177' } },
    same: association('Account_Name', 'Phone'),
    other: { association_details: { related_field: { id: '1' } } },
  },
};

/** Every path below the field's keys that holds a value, without the numbers of lists. */
function leaves(shape: object, path = ''): readonly string[] {
  const properties = 'properties' in shape ? (shape.properties as Record<string, object>) : undefined;
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([key, inner]) =>
      leaves(inner, path === '' ? key : `${path}.${key}`),
    );
  }
  const items = 'items' in shape ? (shape.items as object) : undefined;
  return items !== undefined && 'properties' in items ? leaves(items, path) : [path];
}

const ALL = leaves({ properties: fieldKeys });

/** What differs between a field that declares this much and a live one. */
function differences(key: string, declared: Json, wire: JsonObject): readonly string[] {
  const live = has('F', wire);
  const expanded = expandShorthands({ [key]: declared });
  const desired = {
    api_name: 'F',
    data_type: live.data_type,
    create: false,
    declared: expanded,
    line: 1,
    column: 1,
  };
  return compareField(desired, comparable(live)).map((difference) => difference.key);
}

describe('every declarable key', () => {
  it('is compared, or is said not to be, with the reason', () => {
    const isUnder = (path: string): boolean =>
      Object.keys(NOT_COMPARED).some((key) => path === key || path.startsWith(`${key}.`));
    const names = ['field_label', 'data_type'];
    const known = ALL.filter(
      (path) => Object.hasOwn(COMPARED, path) || Object.hasOwn(APART, path) || names.includes(path),
    );
    expect(ALL.filter((path) => !known.includes(path) && !isUnder(path))).toEqual([]);
    expect(known.filter((path) => isUnder(path))).toEqual([]);
    expect(Object.keys({ ...COMPARED, ...APART }).filter((path) => !ALL.includes(path))).toEqual([]);
    expect(Object.keys(NOT_COMPARED).filter((key) => !ALL.some((path) => path.startsWith(key)))).toEqual([]);
  });

  it.each(Object.entries(COMPARED))(
    '%s is held against what GET tells',
    (path, { declared, same, other }) => {
      const [key = ''] = path.split('.');
      expect(differences(key, declared, same)).toEqual([]);
      expect(differences(key, declared, other)).toHaveLength(1);
    },
  );

  it.each(Object.keys(NOT_COMPARED))('%s is not', (path) => {
    const [key = '', part] = path.split('.');
    const value = (text: string): Json => (part === undefined ? text : { [part]: text });
    expect(differences(key, value('A'), { [key]: value('B') })).toEqual([]);
  });

  it('that is not compared stands in docs/manifest.md with its reason', () => {
    const page = readFileSync(new URL('../../../docs/manifest.md', import.meta.url), 'utf8').replaceAll(
      /\s+/gu,
      ' ',
    );
    for (const [key, reason] of Object.entries(NOT_COMPARED)) {
      expect([key, page.includes(`\`${key}\``), page.includes(reason)]).toEqual([key, true, true]);
    }
  });

  it('that GET has in the examples is one of Zoho’s own keys there', () => {
    const told = new Set(examples.flatMap((example) => Object.keys(example)));
    const moved = ['display_label', 'precision', 'rounding_option', 'encrypt_case', 'unique'];
    const keys = new Set(Object.keys(COMPARED).map((path) => path.split('.')[0] ?? ''));
    expect([...keys].filter((key) => !told.has(key) && !moved.includes(key))).toEqual([]);
  });
});

describe('an option', () => {
  const wish = (...options: Json[]): readonly string[] =>
    differences('pick_list_values', options, { pick_list_values: option({}) });

  it('of a shorthand declares what people see as well as what is stored', () => {
    expect(wish('hi')).toEqual(['pick_list_values']);
    expect(wish({ display_value: 'High', actual_value: 'hi' })).toEqual([]);
  });

  it('that nobody declared, or that is missing, is shown with both of its texts', () => {
    const live = has('F', { type: 'picklist', pick_list_values: option({}) });
    const found = compareField(
      {
        api_name: 'F',
        data_type: 'picklist',
        create: false,
        declared: expandShorthands({ pick_list_values: ['Low'] }),
        line: 1,
        column: 1,
      },
      live,
    );
    expect(found).toEqual([
      {
        key: 'pick_list_values',
        want: ['Low'],
        live: [{ display_value: 'High', actual_value: 'hi' }],
        permanent: false,
      },
    ]);
  });

  it('may stand anywhere in the list, and colours in any case', () => {
    const live = {
      pick_list_values: [...option({}), { display_value: 'Low', actual_value: 'Low', type: 'used' }],
    };
    const wishes = ['Low', { display_value: 'High', actual_value: 'hi', colour_code: '#9Cb5fF' }];
    expect(differences('pick_list_values', wishes, live)).toEqual([]);
  });

  it('is not asked for what this Zoho does not tell of it', () => {
    const live = { pick_list_values: [{ display_value: 'A', actual_value: 'A' }] };
    expect(differences('pick_list_values', [{ display_value: 'A', colour_code: '#ffffff' }], live)).toEqual(
      [],
    );
  });
});
