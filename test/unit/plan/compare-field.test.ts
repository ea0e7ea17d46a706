import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import { compareField, permanentKeys } from '../../../src/plan/compare.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';
import { agrees } from '../../../src/plan/option-values.ts';

/** What differs about one key, as a person is shown it. */
function difference(key: string, wanted: Json, live: Json, type = 'text') {
  const found = compareField(want('F', { type, [key]: wanted }), has('F', { type, [key]: live }));
  return found.map(({ key: _key, ...rest }) => rest);
}

describe('a difference', () => {
  it('shows of a live object what was declared, and leaves the rest out', () => {
    expect(
      difference('tooltip', { name: 'info_icon', value: 'a' }, { name: 'info_icon', value: 'b', id: '7' }),
    ).toStrictEqual([
      {
        want: { name: 'info_icon', value: 'a' },
        live: { name: 'info_icon', value: 'b' },
        permanent: false,
      },
    ]);
  });

  it('invents no key that Zoho does not tell', () => {
    expect(difference('tooltip', { name: 'info_icon', value: 'a' }, { value: 'b' })).toStrictEqual([
      { want: { name: 'info_icon', value: 'a' }, live: { value: 'b' }, permanent: false },
    ]);
  });

  it('tells a profile by its name and its permission, whatever else is known of it', () => {
    expect(
      difference(
        'profiles',
        [{ name: 'Standard', id: '1', permission_type: 'hidden' }],
        [
          { name: 'Administrator', id: '2', permission_type: 'hidden' },
          { name: 'Standard', id: '1', permission_type: 'read_only' },
        ],
      ),
    ).toStrictEqual([
      {
        want: [{ name: 'Standard', permission_type: 'hidden' }],
        live: [{ name: 'Standard', permission_type: 'read_only' }],
        permanent: false,
      },
    ]);
  });

  it('tells a profile by its id where no name was declared', () => {
    const live = [{ name: 'Standard', id: '1', permission_type: 'read_only' }];
    expect(difference('profiles', [{ id: '1', permission_type: 'read_only' }], live)).toEqual([]);
    expect(difference('profiles', [{ id: '1', permission_type: 'hidden', seen: true }], live)).toStrictEqual([
      {
        want: [{ id: '1', permission_type: 'hidden' }],
        live: [{ id: '1', permission_type: 'read_only' }],
        permanent: false,
      },
    ]);
  });

  it('asks a profile that was declared without a permission to have none', () => {
    expect(
      difference('profiles', [{ name: 'A' }], [{ name: 'A', permission_type: 'hidden' }])[0]?.want,
    ).toStrictEqual([{ name: 'A', permission_type: null }]);
  });

  it('tells a global picklist by its name, else by its id', () => {
    const live = { api_name: 'Source', id: '77', display_label: 'Origin' };
    expect(difference('global_picklist', { api_name: 'Source', id: '9' }, live)).toEqual([]);
    expect(difference('global_picklist', { id: '77', display_label: 'Old' }, live)).toEqual([]);
    expect(difference('global_picklist', { api_name: 'Region', id: '77' }, live)[0]).toMatchObject({
      want: { api_name: 'Region' },
      live: { api_name: 'Source' },
    });
  });

  it('of any other object or list is one in any of its keys', () => {
    expect(
      difference('lookup', { api_name: 'L', display_label: 'A' }, { api_name: 'L', display_label: 'B' }),
    ).toHaveLength(1);
    expect(difference('layouts', [{ name: 'L', tab: 1 }], [{ name: 'L', tab: 2 }])).toHaveLength(1);
    expect(difference('global_picklist', { other: 1 }, { other: 2 })).toHaveLength(1);
    expect(difference('layouts', ['A'], ['A', 'B'])).toHaveLength(1);
    expect(difference('layouts', ['A', 'B'], ['A', 'C'])).toHaveLength(1);
  });
});

describe('what this Zoho does not tell', () => {
  it.each([
    '_update_existing_records',
    'default_value',
    'enable_record_state',
    'number_separator',
    'reference_id',
  ])('%s is not compared, because GET never returns it as it was declared', (key) => {
    expect(difference(key, 1, 2)).toEqual([]);
  });

  it.each([
    ['formula', 'expression'],
    ['formula', 'stop_compute_expression'],
    ['multiselectlookup', 'linking_details'],
  ])('%s.%s is not compared either, nor shown', (key, part) => {
    expect(difference(key, { other: 1, [part]: 'a' }, { other: 1, [part]: 'b' })).toEqual([]);
    expect(difference(key, { other: 1, [part]: 'a' }, { other: 2, [part]: 'a' })[0]?.want).toStrictEqual({
      other: 1,
    });
  });

  it.each([
    ['pick_list_values', [{ display_value: 'A', actual_value: 'A' }]],
    ['unique', { case_sensitive: false }],
    ['crypt', { mode: 'encryption' }],
    ['profiles', [{ name: 'A', permission_type: 'hidden' }]],
  ] as const)('%s is in sync where the answer does not have it', (key, wanted) => {
    expect(compareField(want('F', { [key]: wanted }), has('F'))).toEqual([]);
  });
});

describe('what Zoho does not tell is no difference, and the plan says so:', () => {
  const entryOf = (declared: JsonObject, told: JsonObject) =>
    makePlan(manifestOf(want('F', declared)), [{ module: 'Deals', fields: [has('F', told)] }], {}).modules[0]
      ?.entries[0];

  it.each([
    ['length', 50, { length: null }],
    ['length', 50, {}],
    ['profiles', [{ name: 'Standard', permission_type: 'hidden' }], { profiles: null }],
    ['unique', { case_sensitive: false }, {}],
    ['filterable', true, {}],
  ] as const)('%s, declared as %j, of %j', (key, wanted, told) => {
    expect(entryOf({ [key]: wanted }, told)).toMatchObject({
      action: 'in_sync',
      differences: [],
      reasons: [
        {
          code: 'not-compared',
          notice: true,
          message: `Its "${key}" is not shown, so it is not compared.`,
        },
      ],
    });
  });

  it('several keys, in one sentence, and none that no GET ever tells', () => {
    const { reasons } = entryOf({ length: 50, filterable: true, default_value: 'x' }, {}) ?? {};
    expect(reasons?.map(({ message }) => message)).toEqual([
      'Its "length" and "filterable" are not shown, so they are not compared.',
    ]);
  });
});

describe('a length', () => {
  it('is a difference where Zoho tells another one', () => {
    expect(difference('length', 5, 0)).toEqual([{ want: 5, live: 0, permanent: false }]);
  });
});

describe('options of a field that uses a global list', () => {
  const wish = want('F', { type: 'picklist', pick_list_values: options('A', 'B') });
  const entryFor = (global_picklist: Json, ...values: readonly string[]) => {
    const live = has('F', { type: 'picklist', pick_list_values: options(...values), global_picklist });
    return makePlan(manifestOf(wish), [{ module: 'Deals', fields: [live] }], {}).modules[0]?.entries[0];
  };

  it('differ as that, by the name of the list, and not option by option', () => {
    const entry = entryFor({ api_name: 'Source', id: '7' }, 'North');
    expect(entry?.differences).toEqual([
      { key: 'global_picklist', want: null, live: 'Source', permanent: false },
    ]);
    expect(entry?.reasons).toMatchObject([{ code: 'uses-global-list' }]);
    expect(entry?.reasons[0]?.message).toContain('the global list "Source"');
    expect(entry?.reasons[0]?.remedy).toContain('global_picklist: Source');
    expect(entryFor({ id: '7' }, 'North')?.differences).toMatchObject([{ live: '7' }]);
  });

  it('are in sync where the list has the same ones, which is worth a note', () => {
    const entry = entryFor({ api_name: 'Source', id: '7' }, 'B', 'A');
    expect(entry).toMatchObject({ action: 'in_sync', reasons: [{ code: 'uses-global-list', notice: true }] });
  });

  it('are compared as options where there is no such list', () => {
    for (const none of [null, {}, { api_name: '' }, 'Source']) {
      const entry = entryFor(none, 'North');
      expect(entry?.differences).toMatchObject([{ key: 'pick_list_values' }]);
      expect(entry?.reasons).toEqual([]);
    }
  });
});

describe('options', () => {
  const wanted = [{ display_value: 'A', actual_value: 'A' }];

  it('differ where Zoho has one more', () => {
    expect(difference('pick_list_values', wanted, options('A', 'B'))).toMatchObject([
      { want: ['A'], live: ['A', 'B'] },
    ]);
  });

  it.each([['none'], [[{ actual_value: 7, display_value: 'seven' }]]])(
    'are none where Zoho says %j',
    (odd) => {
      expect(difference('pick_list_values', wanted, odd)).toMatchObject([{ live: [] }]);
    },
  );
});

describe('uniqueness', () => {
  it.each([
    [{ case_sensitive: true }, { casesensitive: 'true' }, 0],
    [{ case_sensitive: true }, { case_sensitive: 'false' }, 1],
    [{ case_sensitive: false }, { case_sensitive: 'true' }, 1],
  ])('%j against %j: %i differences', (wanted, live, count) => {
    expect(difference('unique', wanted, live)).toHaveLength(count);
  });
});

describe('the other module of a multi-select lookup', () => {
  const to = (api_name: string) => ({ connected_details: { module: { api_name } } });

  it('is read out of either version of the API', () => {
    expect(difference('multiselectlookup', to('Contacts'), { connected_module: 'Leads' })).toStrictEqual([
      { want: to('Contacts'), live: to('Leads'), permanent: true },
    ]);
  });

  it('is the nested one where Zoho tells both', () => {
    const both = { ...to('Contacts'), connected_module: 'Leads' };
    expect(difference('multiselectlookup', to('Contacts'), both)).toEqual([]);
    expect(difference('multiselectlookup', to('Leads'), both)).toHaveLength(1);
  });

  it('is not known where it is no name', () => {
    expect(difference('multiselectlookup', to('Contacts'), { connected_module: 7 })).toEqual([]);
  });
});

describe('a choice for ever', () => {
  it.each([
    ['formula', { return_type: 'double', dynamic: true }, { return_type: 'double', dynamic: false }],
    ['textarea', { type: 'large', rows: 5 }, { type: 'large', rows: 9 }],
    ['lookup', { module: { api_name: 'A' }, title: 'X' }, { module: { api_name: 'A' }, title: 'Y' }],
    ['lookup', { title: 'X' }, { module: { api_name: 'A' }, title: 'Y' }],
    [
      'multiselectlookup',
      { connected_details: { module: { api_name: 'A' }, title: 'X' } },
      { connected_details: { module: { api_name: 'A' }, title: 'Y' } },
    ],
  ])('is only a part of %s; the rest of it can be changed', (key, wanted, live) => {
    expect(difference(key, wanted, live)).toMatchObject([{ permanent: false }]);
  });

  it('is listed for a field that makes one', () => {
    const field = want('F', { type: 'lookup', lookup: { module: { api_name: 'A' } }, length: 5, unique: {} });
    expect(permanentKeys(field)).toEqual(['lookup']);
  });
});

describe('a label', () => {
  const differs = (wanted: string, live: string, display: string): boolean =>
    compareField(want('F', { label: wanted }), has('F', { label: live, display })).length > 0;

  it('may be the translated one or the other, with blanks around either', () => {
    expect(differs(' Risk ', 'Risk', 'Risiko')).toBe(false);
    expect(differs('Risk', ' Risk ', 'Risiko')).toBe(false);
    expect(differs('Risk', 'Risiko', ' Risk ')).toBe(false);
    expect(differs('Risk', 'Risiko', 'Risque')).toBe(true);
  });

  it('that nobody declared does not matter', () => {
    expect(compareField(want('F', { create: false }), has('F', { label: 'Anything' }))).toEqual([]);
  });
});

describe('agreement', () => {
  it.each([
    [1, '1', true],
    ['1', 1, true],
    [true, 'true', false],
    [null, 'null', false],
    [[1, 2], [1, 2], true],
    [[1, 2], [1, 3], false],
    [[1], [1, 2], false],
    [{ a: 1 }, { b: 2 }, true],
    [{ a: 1 }, {}, false],
    [{}, {}, true],
    [{ a: { b: 1 } }, { a: { b: 2 } }, false],
    [[], {}, false],
  ] as const)('of %j with %j is %s', (wanted, live, expected) => {
    expect(agrees(wanted, live)).toBe(expected);
  });
});
