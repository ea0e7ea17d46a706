import { describe, expect, it } from 'vitest';
import { compareFields } from '../../../src/diff/diff-manifests.ts';
import { alteredKeys, compareOptions } from '../../../src/diff/changes.ts';
import type { Json } from '../../../src/model/json.ts';
import { compareField } from '../../../src/plan/compare.ts';
import { has, want } from '../../support/field.ts';

const changed = (key: string, before: Json, after: Json) =>
  compareFields(want('F', { [key]: before }), want('F', { [key]: after }));

describe('two versions of a field', () => {
  it('differ in a key with both values and nothing else', () => {
    expect(changed('length', 40, 60)).toStrictEqual([
      { key: 'length', before: 40, after: 60, permanent: false },
    ]);
    expect(compareFields(want('F'), want('F', { length: 60 }))).toStrictEqual([
      { key: 'length', after: 60, permanent: false },
    ]);
    expect(compareFields(want('F', { length: 40 }), want('F'))).toStrictEqual([
      { key: 'length', before: 40, permanent: false },
    ]);
  });

  it('differ for ever in the type', () => {
    expect(compareFields(want('F'), want('F', { type: 'email' }))).toStrictEqual([
      { key: 'data_type', before: 'text', after: 'email', permanent: true },
    ]);
  });

  it('differ for ever in a choice only where another one is made', () => {
    const lookup = (module: string, title: string) => ({
      module: { api_name: module },
      display_label: title,
    });
    expect(changed('lookup', lookup('A', 'x'), lookup('A', 'y'))).toMatchObject([{ permanent: false }]);
    expect(changed('lookup', lookup('A', 'x'), lookup('B', 'x'))).toMatchObject([{ permanent: true }]);
    const external = want('F', { external: { type: 'user' } });
    expect(compareFields(want('F'), external)).toMatchObject([{ permanent: true }]);
    expect(compareFields(external, want('F'))).toMatchObject([{ permanent: false }]);
  });

  it('differ in what is for people and in the mapping', () => {
    const [plain, told] = [want('F'), { ...want('F'), description: 'Why', maps_from: 'Leads.F' }];
    expect(compareFields(plain, told)).toStrictEqual([
      { key: 'maps_from', after: 'Leads.F', permanent: false },
      { key: 'description', after: 'Why', permanent: false },
    ]);
    expect(compareFields(told, told)).toEqual([]);
  });

  it('do not differ in the order of profiles, by name or by id, but in their permissions', () => {
    const [a, b] = [
      { name: 'A', permission_type: 'hidden' },
      { name: 'B', permission_type: 'hidden' },
    ];
    expect(changed('profiles', [a, b], [b, a])).toEqual([]);
    const [one, two] = [
      { id: '1', permission_type: 'hidden' },
      { id: '2', permission_type: 'hidden' },
    ];
    expect(changed('profiles', [one, two], [two, one])).toEqual([]);
    expect(changed('profiles', ['A', 'B'], ['B', 'A'])).toEqual([]);
    expect(changed('profiles', [a], [{ ...a, permission_type: 'read_only' }])).toStrictEqual([
      {
        key: 'profiles',
        before: [a],
        after: [{ name: 'A', permission_type: 'read_only' }],
        permanent: false,
      },
    ]);
  });

  it('differ in the order of any other list', () => {
    expect(changed('layouts', ['A', 'B'], ['B', 'A'])).toHaveLength(1);
  });
});

const NOTHING = { added: [], removed: [], renamed: [], altered: [] };

describe('two lists of options', () => {
  const option = (name: string, more: Readonly<Record<string, Json>> = {}) => ({
    display_value: name,
    actual_value: name,
    ...more,
  });

  it('are all new where there was none, and all gone where there is none any more', () => {
    const list = [option('A'), option('B')];
    expect(compareOptions(undefined, list)).toMatchObject({
      added: [{ actual_value: 'A' }, { actual_value: 'B' }],
      removed: [],
    });
    expect(compareOptions(list, 'none')).toMatchObject({ added: [], removed: [{}, {}] });
    expect(compareOptions(undefined, undefined)).toStrictEqual(NOTHING);
  });

  it('may be written as names alone', () => {
    expect(compareOptions(['A', 'B'], [option('A'), option('B')])).toStrictEqual(NOTHING);
    expect(compareOptions(['A'], ['B'])).toMatchObject({
      added: [{ actual_value: 'B', display_value: 'B', rest: {} }],
      removed: [{ actual_value: 'A', display_value: 'A', rest: {} }],
    });
  });

  it('have the same colours in any case, as for the planner, and name what else differs', () => {
    const before = [option('A', { colour_code: '#9cb5ff' }), option('B', { reference_value: 'b' })];
    const after = [option('A', { colour_code: '#9CB5FF' }), option('B', { reference_value: 'B' })];
    expect(compareOptions(before, after).altered).toMatchObject([{ after: { actual_value: 'B' } }]);
    const [colour = option('A')] = after;
    expect(changed('pick_list_values', [before[0] ?? {}], [colour])).toEqual([]);
    const both = { ...colour, reference_value: 'a' };
    const [pair] = compareOptions(before, [both]).altered;
    expect(pair === undefined ? [] : alteredKeys(pair.before, pair.after)).toEqual(['reference_value']);
  });

  it('are told apart as the planner does: what agrees alone agrees beside an option that is new', () => {
    const facts = { display_value: 'A', actual_value: 'A', colour_code: '#9cb5ff', reference_value: 7 };
    const wish = option('A', { colour_code: '#9CB5FF', reference_value: '7' });
    const field = has('Rank', { type: 'picklist', pick_list_values: [facts] });
    const differences = (...options: readonly Json[]) =>
      compareField(want('Rank', { type: 'picklist', pick_list_values: options }), field);
    expect(differences(wish)).toEqual([]);
    const [found] = differences(wish, option('C'));
    expect(compareOptions(found?.live, found?.want)).toMatchObject({
      ...NOTHING,
      added: [{ actual_value: 'C' }],
    });
  });

  it('hold of two options with one stored value only the first, as Zoho would', () => {
    const twice = [option('A', { colour_code: '#1' }), option('A', { colour_code: '#2' })];
    expect(compareOptions(twice, [option('A', { colour_code: '#1' })])).toStrictEqual(NOTHING);
    expect(changed('pick_list_values', twice, [option('A', { colour_code: '#1' })])).toEqual([]);
  });
});
