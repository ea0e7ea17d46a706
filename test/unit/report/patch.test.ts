import { describe, expect, it } from 'vitest';
import { diffManifests } from '../../../src/diff/diff-manifests.ts';
import { normalisedText } from '../../../src/report/diff/patch.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import { manifestOf, want } from '../../support/field.ts';

const RISK = {
  ...want('Risk', {
    type: 'picklist',
    unique: {},
    tooltip: { value: 'Why', name: 'info_icon' },
    pick_list_values: [
      { display_value: 'Low', actual_value: 'low', colour_code: null },
      { display_value: 'High', actual_value: 'high', codes: [1, true] },
    ],
    length: 5,
    layouts: [],
    'odd key': 'x',
  }),
  maps_from: 'Leads.Risk',
  description: 'Two\nlines',
};
const AMOUNT = want('Amount', { type: 'currency', create: false });

const two = (first: Manifest, second: Manifest): Manifest => ({
  ...first,
  modules: [...first.modules, ...second.modules.map((one) => ({ ...one, module: 'Accounts' }))],
});

const TEXT = `module: "Accounts"
fields: []
---
module: "Deals"
fields:
  - api_name: "Amount"
    data_type: "currency"
    create: false
  - api_name: "Risk"
    field_label: "Risk"
    data_type: "picklist"
    description: "Two\\nlines"
    layouts: []
    length: 5
    maps_from: "Leads.Risk"
    "odd key": "x"
    pick_list_values:
      - { "actual_value": "low", "colour_code": null, "display_value": "Low" }
      - { "actual_value": "high", "codes": [1, true], "display_value": "High" }
    tooltip:
      name: "info_icon"
      value: "Why"
    unique: {  }
`;

describe('the normalised text of a manifest', () => {
  it('has everything in one order, however the manifest was written', () => {
    expect(normalisedText(two(manifestOf(RISK, AMOUNT), manifestOf()))).toBe(TEXT);
    const declared = Object.fromEntries(Object.entries(RISK.declared).reverse());
    const other = two(manifestOf(AMOUNT, { ...RISK, declared }), manifestOf());
    const turned = { ...other, modules: [...other.modules].reverse() };
    expect(normalisedText(turned)).toBe(TEXT);
  });

  it('writes colours in one case', () => {
    const coloured = (colour_code: string): string =>
      normalisedText(manifestOf(want('A', { pick_list_values: [{ colour_code }] })));
    expect(coloured('#9CB5FF')).toBe(coloured('#9cb5ff'));
    expect(coloured('#9CB5FF')).not.toBe(coloured('#9cb5fe'));
  });

  it('leaves the order of options alone: it is one that people see', () => {
    const list = (...names: readonly string[]): string =>
      normalisedText(
        manifestOf(want('A', { pick_list_values: names.map((name) => ({ display_value: name })) })),
      );
    expect(list('a', 'b')).not.toBe(list('b', 'a'));
  });

  it('means the same when it is read as a manifest', () => {
    const source = `module: Deals
fields:
  - {api_name: Deal, field_label: "Deal's (a)", data_type: lookup, lookup: Contacts, profiles: {A: read_only}}
  - {api_name: Region, field_label: Region, data_type: text, length: 40, unique: true, tooltip: "yes"}
  - {api_name: Amount, data_type: currency, create: false}
`;
    const read = (text: string): Manifest => {
      const { manifest, diagnostics } = loadManifest({ path: 'x', bytes: new TextEncoder().encode(text) });
      if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
      return manifest;
    };
    const before = read(source);
    expect(diffManifests(before, read(normalisedText(before))).changes).toEqual([]);
  });

  it('has an item of a list on each line', () => {
    const listed = { ...want('A', { create: false, list: ['b', 1, null] }) };
    expect(normalisedText(manifestOf(listed))).toBe(
      [
        'module: "Deals"',
        'fields:',
        '  - api_name: "A"',
        '    data_type: "text"',
        '    create: false',
        '    list:',
        '      - "b"',
        '      - 1',
        '      - null',
        '',
      ].join('\n'),
    );
  });
});
