import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/model/json.ts';
import { load, manifestOf, onlyField } from './support.ts';

/** Contract §2: what is written short means exactly what is written long. */

const declared = (keys: JsonObject): JsonObject =>
  onlyField(manifestOf({ api_name: 'Risk', field_label: 'Risk', ...keys })).declared;

describe('a shorthand equals its long form', () => {
  const stories: readonly (readonly [string, JsonObject, JsonObject])[] = [
    [
      'tooltip',
      { data_type: 'text', tooltip: 'Help' },
      { data_type: 'text', tooltip: { name: 'info_icon', value: 'Help' } },
    ],
    [
      'pick_list_values',
      {
        data_type: 'picklist',
        pick_list_values: ['A', { display_value: 'B' }, { display_value: 'C', actual_value: 'c' }],
      },
      {
        data_type: 'picklist',
        pick_list_values: [
          { display_value: 'A', actual_value: 'A' },
          { display_value: 'B', actual_value: 'B' },
          { display_value: 'C', actual_value: 'c' },
        ],
      },
    ],
    [
      'lookup',
      { data_type: 'lookup', lookup: 'Contacts' },
      { data_type: 'lookup', lookup: { module: { api_name: 'Contacts' } } },
    ],
    ['unique', { data_type: 'text', unique: true }, { data_type: 'text', unique: { case_sensitive: false } }],
    ['unique: false', { data_type: 'text', unique: false }, { data_type: 'text', unique: false }],
    [
      'currency',
      { data_type: 'currency', currency: 'round_up' },
      { data_type: 'currency', currency: { rounding_option: 'round_up' } },
    ],
    [
      'what stands beside currency',
      { data_type: 'currency', currency: 'normal', precision: 1, decimal_place: 2 },
      { data_type: 'currency', currency: { precision: 1, rounding_option: 'normal' }, decimal_place: 2 },
    ],
    [
      'what stands alone where currency could be',
      { data_type: 'currency', create: false, rounding_option: 'normal', precision: 1 },
      { data_type: 'currency', currency: { rounding_option: 'normal', precision: 1 } },
    ],
    [
      'what stands beside lookup',
      { data_type: 'lookup', lookup: 'Contacts', display_label: 'Partner Deals' },
      { data_type: 'lookup', lookup: { display_label: 'Partner Deals', module: { api_name: 'Contacts' } } },
    ],
    [
      'textarea',
      { data_type: 'textarea', textarea: 'large' },
      { data_type: 'textarea', textarea: { type: 'large' } },
    ],
    [
      'global_picklist',
      { data_type: 'picklist', global_picklist: 'Source' },
      { data_type: 'picklist', global_picklist: { api_name: 'Source' } },
    ],
    [
      'profiles',
      { data_type: 'text', profiles: { Standard: 'read_only', 'Sales Team': 'hidden' } },
      {
        data_type: 'text',
        profiles: [
          { name: 'Standard', permission_type: 'read_only' },
          { name: 'Sales Team', permission_type: 'hidden' },
        ],
      },
    ],
  ];

  it.each(stories)('%s', (_key, short, long) => {
    expect(declared(short)).toEqual(declared(long));
    const { data_type: _type, ...keys } = long;
    expect(declared(long)).toEqual(keys);
    expect(load(manifestOf({ api_name: 'Risk', create: false, ...short })).diagnostics).toEqual([]);
  });
});

describe('a field', () => {
  it('keeps the order of its keys, and what is not for Zoho apart', () => {
    const field = onlyField(`# the portal's field
module: Deals
fields:
  - separator: false
    description: For people.
    data_type: integer
    length: 5
    api_name: Risk
    create: true
    field_label: Risk
    tooltip: Help
`);
    expect(field).toEqual({
      api_name: 'Risk',
      data_type: 'integer',
      create: true,
      field_label: 'Risk',
      description: 'For people.',
      declared: { separator: false, length: 5, tooltip: { name: 'info_icon', value: 'Help' } },
      line: 4,
      column: 5,
    });
    expect(Object.keys(field.declared)).toEqual(['separator', 'length', 'tooltip']);
  });

  it('of someone else needs no label, and limits of creation do not bind', () => {
    const field = onlyField(`module: Deals
fields:
  - api_name: Owner
    field_label: Owner
    data_type: text
    length: 99999
    create: false
    pick_list_values: [-None-, A]
    tooltip: { name: static_text, value: "${'a'.repeat(300)}" }
    unique: { case_sensitive: true }
    decimal_place: 99
`);
    expect(field.create).toBe(false);
    expect(field.declared['length']).toBe(99999);
  });

  it('of someone else still has no unknown keys and no wrong shapes', () => {
    const codes = (keys: JsonObject) =>
      load(manifestOf({ api_name: 'a', data_type: 'x', create: false, ...keys })).diagnostics.map(
        (one) => one.code,
      );
    expect(codes({ lenght: 5 })).toEqual(['unknown-key']);
    expect(codes({ length: '5' })).toEqual(['wrong-type']);
    expect(codes({ tooltip: { nam: 'x' } })).toEqual(['unknown-key']);
  });

  it('is an ordinary object that no key can turn into something else', () => {
    const text = `module: Deals
fields:
  - api_name: A
    field_label: A
    data_type: lookup
    lookup: { module: { api_name: X }, query_details: { criteria: { constructor: { prototype: { evil: true } } } } }
`;
    const field = onlyField(text);
    expect(Object.getPrototypeOf(field.declared)).toBe(Object.prototype);
    expect(load(text.replace('constructor', '__proto__')).diagnostics.map((one) => one.code)).toEqual([
      'unknown-key',
    ]);
    expect(({} as { evil?: boolean }).evil).toBeUndefined();
  });
});

describe('a manifest', () => {
  it('is one document per module, and knows its bytes', () => {
    const { manifest, diagnostics } = load(
      'module: Deals\nfields:\n  - { api_name: a, data_type: text, create: false }\n---\nmodule: Leads\nfields:\n  - { api_name: a, data_type: text, create: false }\n',
    );
    expect(diagnostics).toEqual([]);
    expect(manifest?.path).toBe('fields.yaml');
    expect(manifest?.sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(manifest?.modules.map(({ module, fields }) => [module, fields[0]?.line])).toEqual([
      ['Deals', 3],
      ['Leads', 7],
    ]);
  });

  it('is there exactly when nothing is an error', () => {
    expect(load('module: Deals\nfields:\n  - { api_name: a, data_type: text }\n').manifest).toBeUndefined();
  });
});
