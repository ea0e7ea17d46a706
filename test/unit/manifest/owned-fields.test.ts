import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../../src/manifest/schema/schema.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { load, manifestOf } from './support.ts';

/** Fields of others, as organisations of some age have them: whatever GET can show can be named (contract §2). */

const accepts = new Ajv({ strict: false }).compile(manifestSchema);

const owned = (field: JsonObject): JsonObject => ({
  api_name: 'Old',
  data_type: 'text',
  create: false,
  ...field,
});

const FIELDS: readonly JsonObject[] = [
  { api_name: 'Remind Participants' },
  { api_name: 'Revenue(First_Touch)' },
  { api_name: '1st' },
  { api_name: 'Größe_m²' },
  { api_name: 'Trailing__' },
  { api_name: `Long_${'x'.repeat(90)}` },
  { api_name: 'Owner', field_label: 'Owner' },
  { field_label: 'Any: label; of #any "length" '.repeat(4) },
  { data_type: 'event reminder' },
  { data_type: 'something_new', length: 123456 },
  { length: 0 },
  { data_type: 'textarea', textarea: 'rich_text_v2', length: 64000 },
  { data_type: 'double', length: 18, decimal_place: 18 },
  { data_type: 'currency', currency: 'half_even' },
  { data_type: 'currency', currency: { rounding_option: 'half_even', precision: 9 }, decimal_place: 2 },
  { data_type: 'picklist', pick_list_values: ['Gold', 'gold', 'GOLD '] },
  { data_type: 'picklist', pick_list_values: [{ display_value: 'Same', actual_value: 'a' }, 'Same'] },
  { data_type: 'picklist', pick_list_values: ['x'.repeat(200)], global_picklist: 'Regions (old)' },
  { data_type: 'picklist', history_tracking: { duration_configuration: 'weeks' } },
  { data_type: 'lookup', lookup: '1st Module' },
  { data_type: 'lookup', lookup: { module: { api_name: 'A B' }, display_label: 'x'.repeat(80) } },
  {
    data_type: 'rollup_summary',
    rollup_summary: {
      return_type: 'datetime',
      expression: { function: 'RECENT', function_parameters: [{ api_name: 'Revenue(First_Touch)' }] },
    },
  },
  { data_type: 'formula', formula: { return_type: 'duration' } },
  { tooltip: { name: 'banner', value: 'x'.repeat(500) } },
  { unique: { case_sensitive: true }, crypt: { mode: 'encrypted' }, encrypt_case: 'mixed' },
  { private: { type: 'Medium' }, external: { type: 'partner', show: true } },
  { profiles: { Standard: 'masked' } },
  { profiles: [{ name: 'Standard', permission_type: 'masked' }] },
  { data_type: 'autonumber', auto_number: { start_number: 'A-17' } },
  { data_type: 'userlookup', sharing_properties: { share_permission: 'none' } },
];

describe('a field of others', () => {
  it.each(FIELDS)('may be %j, for the command and for editors', (field) => {
    const text = manifestOf(owned(field));
    expect(load(text).diagnostics).toEqual([]);
    expect(accepts(JSON.parse(text))).toBe(true);
  });

  it.each(FIELDS.filter((field) => !('field_label' in field) || 'api_name' in field))(
    'that is %j cannot be created',
    (field) => {
      const text = manifestOf({ field_label: 'New', ...owned(field), create: true });
      expect(load(text).manifest).toBeUndefined();
    },
  );

  it('may have a label that another one has, and an API name that differs in case only', () => {
    const two = [owned({ field_label: 'Region' }), owned({ api_name: 'OLD', field_label: 'Region' })];
    expect(load(manifestOf(...two)).diagnostics).toEqual([]);
    expect(load(manifestOf(owned({}), owned({}))).diagnostics.map(({ code }) => code)).toEqual([
      'duplicate-api-name',
    ]);
  });

  it('keeps its names from a field that is to be created', () => {
    const created = { api_name: 'old', field_label: 'REGION', data_type: 'text' };
    const taken = ['duplicate-api-name', 'duplicate-label'];
    const other = owned({ field_label: 'Region' });
    for (const fields of [
      [created, other],
      [other, created],
    ]) {
      const { diagnostics } = load(manifestOf(...fields));
      expect(diagnostics.map(({ code }) => code)).toEqual(taken);
      expect(diagnostics[1]?.frame?.split('\n').at(-1)).toContain('^'.repeat('"REGION"'.length));
    }
  });

  it('has no key that no field has, and no id that is none', () => {
    for (const wrong of [
      { lenght: 5 },
      { lookup: { module: { id: 'x' } } },
      { maps_from: 'Contacts.A' },
      { length: '5' },
      { api_name: '' },
    ]) {
      const text = manifestOf(owned(wrong));
      expect(load(text).manifest).toBeUndefined();
      expect(accepts(JSON.parse(text))).toBe(false);
    }
  });
});
