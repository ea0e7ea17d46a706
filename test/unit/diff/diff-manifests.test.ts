import { describe, expect, it } from 'vitest';
import { type Changes, type FieldChange, alteredKeys, compareOptions } from '../../../src/diff/changes.ts';
import { diffManifests, findRenames, compareFields } from '../../../src/diff/diff-manifests.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import { manifestOf, want, has } from '../../support/field.ts';
import type { Json } from '../../../src/model/json.ts';
import { compareField } from '../../../src/plan/compare.ts';

function version(text: string, path = 'fields.yaml'): Manifest {
  const { manifest, diagnostics } = loadManifest({ path, bytes: new TextEncoder().encode(text) });
  if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
  return manifest;
}

/** A manifest of Deals with these fields, each written in one line. */
function deals(...fields: readonly string[]): Manifest {
  return version(
    `module: Deals\nfields:${fields.length === 0 ? ' []' : ''}\n${fields.map((one) => `  - {${one}}\n`).join('')}`,
  );
}

function only(changes: Changes): FieldChange {
  const [change, ...others] = changes.changes;
  if (change === undefined || others.length > 0) throw new Error(`${changes.changes.length} changes`);
  return change;
}

const REGION = 'api_name: Region, field_label: Region, data_type: text, length: 40';
const RISK = (options: string): string =>
  `api_name: Risk, field_label: Risk, data_type: picklist, pick_list_values: [${options}]`;

describe('two versions of a manifest', () => {
  it('are the same whatever their comments, order, quoting, layout and shorthands', () => {
    const flow = deals(
      'api_name: Region, field_label: Region, data_type: text, tooltip: Where, length: 40, unique: true',
      RISK('Low, High'),
      'api_name: Deal, field_label: Deal, data_type: lookup, lookup: Deals, profiles: {A: read_only, B: hidden}',
    );
    const block = version(`# a comment
module: 'Deals'
fields:
  - profiles: {B: hidden, A: read_only}
    lookup: {module: {api_name: "Deals"}}
    data_type: lookup
    api_name: Deal
    field_label: Deal
  - api_name: Risk
    data_type: picklist
    field_label: "Risk"
    pick_list_values:
      - {actual_value: Low, display_value: Low}
      - High
  - api_name: "Region"
    unique: {case_sensitive: false}
    length: 40
    data_type: text
    field_label: Region
    create: true
    tooltip: {value: Where, name: info_icon}
`);
    expect(diffManifests(flow, block).changes).toEqual([]);
    expect(diffManifests(block, flow).summary).toEqual({ added: 0, removed: 0, changed: 0 });
  });

  it('tell added and removed fields, and that nothing is ever deleted in Zoho', () => {
    const changes = diffManifests(deals(REGION), deals(RISK('Low')));
    expect(changes.summary).toEqual({ added: 1, removed: 1, changed: 0 });
    expect(changes.changes.map(({ api_name, change }) => [api_name, change])).toEqual([
      ['Risk', 'added'],
      ['Region', 'removed'],
    ]);
    expect(changes.changes[1]?.notes.map((note) => note.code)).toEqual(['stays-in-zoho']);
  });

  it('tell every attribute that changed, with both values', () => {
    const after = 'api_name: Region, field_label: Sales region, data_type: text, length: 60, tooltip: Where';
    const change = only(diffManifests(deals(REGION), deals(after)));
    expect(change.differences).toEqual([
      { key: 'field_label', before: 'Region', after: 'Sales region', permanent: false },
      { key: 'length', before: 40, after: 60, permanent: false },
      { key: 'tooltip', after: { name: 'info_icon', value: 'Where' }, permanent: false },
    ]);
    expect(change.notes.map((note) => note.code)).toEqual(['not-changed-in-zoho']);
    const back = only(diffManifests(deals(after), deals(REGION)));
    expect(back.differences.at(-1)).toMatchObject({ key: 'tooltip', before: { value: 'Where' } });
    expect(back.differences.at(-1)).not.toHaveProperty('after');
  });

  it('say of another type, and of other permanent choices, that Zoho cannot do it', () => {
    const retyped = only(
      diffManifests(deals(REGION), deals('api_name: Region, field_label: Region, data_type: integer')),
    );
    expect(retyped.notes.filter((note) => note.grave).map((note) => note.code)).toEqual([
      'type-is-permanent',
    ]);
    const lookup = (module: string): Manifest =>
      deals(`api_name: Deal, field_label: Deal, data_type: lookup, lookup: ${module}`);
    const moved = only(diffManifests(lookup('Deals'), lookup('Leads')));
    expect(moved.differences).toMatchObject([{ key: 'lookup', permanent: true }]);
    expect(moved.notes.map((note) => note.code)).toEqual(['choice-is-permanent']);
  });

  it('recognise a renamed field, and keep it an added and a removed one', () => {
    const changes = diffManifests(
      deals(REGION),
      deals('api_name: Sales_Region, field_label: Region, data_type: text, length: 40'),
    );
    expect(changes.summary).toEqual({ added: 1, removed: 1, changed: 0 });
    expect(changes.changes.map((change) => [change.change, change.other])).toEqual([
      ['added', 'Region'],
      ['removed', 'Sales_Region'],
    ]);
    expect(changes.changes[0]?.notes[0]?.code).toBe('renamed-from');
  });

  it('guess no rename where two fields could be meant', () => {
    const base = deals('api_name: aB, field_label: One, data_type: text, length: 4');
    const head = deals(
      'api_name: AB, field_label: Two, data_type: text, length: 4',
      'api_name: C, field_label: One, data_type: text, length: 4',
    );
    expect(diffManifests(base, head).changes.every((change) => change.other === undefined)).toBe(true);
  });

  it('tell when a field stops or starts being created', () => {
    const foreign = deals('api_name: Region, data_type: text, create: false');
    const own = deals('api_name: Region, field_label: Region, data_type: text, length: 4');
    expect(only(diffManifests(foreign, own)).notes.map((note) => note.code)).toContain('now-created');
    expect(only(diffManifests(own, foreign)).notes.map((note) => note.code)).toContain('no-longer-created');
  });

  it('keep modules apart', () => {
    const both = version(
      'module: Deals\nfields:\n  - {api_name: B, data_type: text, create: false}\n---\nmodule: Leads\nfields:\n  - {api_name: A, data_type: text, create: false}\n',
    );
    const changes = diffManifests(deals('api_name: A, data_type: text, create: false'), both);
    expect(changes.changes.map(({ module, change }) => [module, change])).toEqual([
      ['Deals', 'added'],
      ['Deals', 'removed'],
      ['Leads', 'added'],
    ]);
  });
});

describe('a picklist', () => {
  const change = (before: string, after: string) =>
    only(diffManifests(deals(RISK(before)), deals(RISK(after)))).differences[0];
  const options = (before: string, after: string) => change(before, after)?.options;
  const moved = (before: string, after: string) => names(change(before, after)?.order?.moved);
  const names = (list: readonly { readonly actual_value: string }[] | undefined): readonly string[] =>
    (list ?? []).map((one) => one.actual_value);

  it('is compared as a list: added, removed, renamed, moved', () => {
    const lists = [
      'Low, Medium, High, Extreme',
      'High, Low, {display_value: Middle, actual_value: Medium}, Unknown',
    ] as const;
    const changed = options(...lists);
    expect(names(changed?.added)).toEqual(['Unknown']);
    expect(names(changed?.removed)).toEqual(['Extreme']);
    expect(changed?.renamed.map(({ before, after }) => [before.display_value, after.display_value])).toEqual([
      ['Medium', 'Middle'],
    ]);
    expect(moved(...lists)).toEqual(['High']);
  });

  it('names as few moves as explain the order', () => {
    expect(moved('A, B, C, D, E', 'E, A, B, C, D')).toEqual(['E']);
    expect(moved('A, B, C, D, E', 'B, C, D, E, A')).toEqual(['A']);
    expect(moved('A, B', 'B, A')).toHaveLength(1);
  });

  it('has another order, and no more is said, where nearly everything moved', () => {
    const many = Array.from({ length: 4000 }, (_, index) => `Option ${index}`);
    const order = change(many.join(', '), many.toReversed().join(', '))?.order;
    expect(order).toEqual({ moved: [], isNewOrder: true });
  });

  it('has no order that matters where Zoho sorts it, or where the field is there already', () => {
    for (const more of ['pick_list_values_sorted_lexically: true', 'create: false']) {
      const sorted = (list: string): Manifest => deals(`${RISK(list)}, ${more}`);
      expect(diffManifests(sorted('A, B'), sorted('B, A')).changes).toEqual([]);
      expect(only(diffManifests(sorted('A, B'), sorted('C, B, A'))).differences).not.toHaveProperty(
        '0.order',
      );
    }
  });

  it('is not moved by options that come and go', () => {
    const changed = options('A, B, C', 'X, A, C');
    expect(change('A, B, C', 'X, A, C')).not.toHaveProperty('order');
    expect([names(changed?.added), names(changed?.removed)]).toEqual([['X'], ['B']]);
  });

  it('notices another colour', () => {
    const colour = (code: string): string => `{display_value: A, actual_value: A, colour_code: "${code}"}`;
    const altered = options(colour('#ffffff'), colour('#000000'))?.altered.map((pair) => pair.after);
    expect(names(altered)).toEqual(['A']);
  });
});

const field = (name: string, label: string) => want(name, { label });
const foreign = (name: string) => want(name, { create: false });

describe('a rename', () => {
  it('is guessed where only the label, or only the case of the name, tells it', () => {
    expect(findRenames([field('A', 'Same')], [field('B', 'same')])).toEqual(new Map([['A', 'B']]));
    expect(findRenames([field('AB', 'One')], [field('Ab', 'Two')])).toEqual(new Map([['AB', 'Ab']]));
    expect(findRenames([foreign('AB')], [foreign('Ab')])).toEqual(new Map([['AB', 'Ab']]));
  });

  it('is not guessed where nothing is alike, with or without labels', () => {
    for (const old of [field('A', 'One'), foreign('A')]) {
      for (const now of [field('B', 'Two'), foreign('B')]) expect(findRenames([old], [now]).size).toBe(0);
    }
  });

  it('is not guessed where two old fields could be meant, but beside a third one that could not', () => {
    const now = field('C', 'Same');
    expect(findRenames([field('A', 'Same'), field('B', 'Same')], [now]).size).toBe(0);
    expect(findRenames([field('A', 'Same'), field('B', 'Other')], [now])).toEqual(new Map([['A', 'C']]));
    expect(findRenames([field('B', 'Other'), field('A', 'Same')], [now])).toEqual(new Map([['A', 'C']]));
  });

  it('is no label that was handed on to a field that was there before', () => {
    const before = manifestOf(field('A', 'Same'), field('B', 'Other'));
    const { changes, summary, base, head } = diffManifests(before, {
      ...manifestOf(field('B', 'Same')),
      path: 'new.yaml',
      sha256: 'e',
    });
    expect(changes.map((change) => [change.change, change.other])).toEqual([
      ['changed', undefined],
      ['removed', undefined],
    ]);
    expect(summary).toEqual({ added: 0, removed: 1, changed: 1 });
    expect([base.path, head]).toEqual(['fields.yaml', { path: 'new.yaml', sha256: 'e' }]);
  });
});

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
