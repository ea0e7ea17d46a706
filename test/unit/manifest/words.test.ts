import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { load, manifestOf } from './support.ts';

/** What people are told to write instead. */

const base = { api_name: 'Risk', field_label: 'Risk', data_type: 'text' };
const remedyOf = (key: string, value: Json = 'x'): string =>
  load(manifestOf({ ...base, [key]: value }))
    .diagnostics.map((one) => `${one.message} ${one.remedy ?? ''}`)
    .join('\n');

describe("a key of another tool, or of Zoho's answers", () => {
  it.each([
    ['name', '"api_name"'],
    ['label', '"field_label"'],
    ['Display Name', '"field_label"'],
    ['type', '"data_type"'],
    ['options', '"pick_list_values"'],
    ['values', '"pick_list_values"'],
    ['picklist_values', '"pick_list_values"'],
    ['max_length', '"length"'],
    ['decimals', '"decimal_place"'],
    ['help_text', '"tooltip"'],
    ['comment', '"description"'],
    ['encrypted', '"crypt"'],
    ['toltip', '"tooltip"'],
    ['field-label', '"field_label"'],
    ['pickListValues', '"pick_list_values"'],
  ])('%s leads to %s', (key, meant) => {
    expect(remedyOf(key)).toContain(meant);
  });

  it.each(['required', 'mandatory', 'system_mandatory', 'Required'])('%s is a property of layouts', (key) => {
    expect(remedyOf(key, true)).toContain('property of the layout');
  });

  it.each(['layout', 'section', 'position'])('%s is decided in Zoho CRM', (key) => {
    expect(remedyOf(key)).toContain('standard layout');
  });

  it.each(['id', 'json_type', 'custom_field', 'visible', 'column_name'])('%s is only reported', (key) => {
    expect(remedyOf(key)).toContain('it cannot be set');
  });

  it('leads nowhere when nobody can guess it', () => {
    expect(remedyOf('zzzzzzzz')).toContain('Known here: api_name, field_label');
    expect(remedyOf('z'.repeat(5000)).length).toBeLessThan(1200);
  });
});

describe('a missing key that is there under another name', () => {
  it('is one problem', () => {
    const codes = (text: string) => load(text).diagnostics.map((one) => one.code);
    expect(codes('module: A\nfields:\n  - { name: a, label: b, type: text }\n')).toEqual([
      'unknown-key',
      'unknown-key',
      'unknown-key',
    ]);
    // What stands under the slip is checked as it was meant.
    expect(codes('Module: A\nfield:\n  - { api_name: a }\n')).toEqual([
      'unknown-key',
      'unknown-key',
      'missing-key',
      'missing-key',
    ]);
  });
});

describe('a key in the wrong place', () => {
  it("is told to move: a field's key inside another key, or beside fields", () => {
    const inner = load(
      manifestOf({ ...base, tooltip: { name: 'info_icon', value: 'x', length: 5 } }),
    ).diagnostics;
    expect(inner[0]?.remedy).toContain('move it to the left');
    expect(load('module: A\nlength: 5\nfields: []\n').diagnostics[0]?.remedy).toContain('below "fields"');
  });
});

describe('a value', () => {
  it.each([
    ['length', '50', 'Remove the quotes: 50.'],
    ['length', 5.5, 'without a decimal point'],
    ['create', 'yes', 'without quotes'],
    ['tooltip', 5, "Put it in quotes: '5'."],
    ['tooltip', ['a'], 'Write the text alone'],
    ['lookup', { module: 'Contacts' }, 'module: { api_name: Contacts }'],
    ['pick_list_values', 'a, b', 'pick_list_values: [First, Second]'],
    ['api_name', 'Größe in cm', '"Gro_e_in_cm"'],
    ['api_name', '2nd__Name_', '"nd_Name"'],
    ['api_name', '商談', 'such as Risk_Level'],
    ['data_type', 'Multi-Select', '"data_type: multiselectpicklist"'],
    ['data_type', 'Pick List', '"data_type: picklist"'],
    ['data_type', 'formla', 'Did you mean "formula"?'],
    ['data_type', 'subform', 'create: false'],
    ['profiles', { Standard: 'readonly' }, 'Did you mean "read_only"?'],
    ['field_label', 'a#b', '"#" (U+0023)'],
    ['field_label', 'a\u3000b', 'the blank U+3000'],
    ['field_label', 'Notes', '"Partner Notes"'],
  ])('%s: %j', (key, value, words) => {
    expect(remedyOf(key, value as Json)).toContain(words);
  });
});
