import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { PlanEntry } from '../../../src/model/plan.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';

/** Plans one wish against what is there. */
function plan(wish: DesiredField, ...live: readonly LiveField[]): PlanEntry {
  return planAll([wish], live)[0]!;
}

function planAll(wishes: readonly DesiredField[], live: readonly LiveField[]): readonly PlanEntry[] {
  const directory = { profiles: new Map(), globalPicklists: new Map() };
  return makePlan(manifestOf(...wishes), [{ module: 'Deals', fields: live }], directory).modules[0]!.entries;
}

function codes(entry: PlanEntry): readonly string[] {
  return entry.reasons.map((reason) => reason.code);
}

describe('a field that is not there', () => {
  it('is created when the manifest may create it', () => {
    expect(plan(want('Risk'), has('Amount'))).toMatchObject({
      action: 'create',
      reasons: [],
      differences: [],
    });
  });

  it('is a conflict when someone else should have made it', () => {
    const entry = plan(want('Partner', { create: false }));
    expect(entry.action).toBe('conflict');
    expect(codes(entry)).toEqual(['missing']);
  });

  it('points at the lookalike when an owned field goes by another name', () => {
    const byLabel = plan(
      want('StrategicPartnerId', { create: false, label: 'Strategic Partner ID' }),
      has('Strategic_Partner_ID'),
    );
    expect(byLabel.reasons[0]?.message).toContain('Strategic_Partner_ID');
    const byCase = plan(want('partner', { create: false }), has('Partner'));
    expect(byCase.reasons[0]?.message).toContain('Partner');
  });

  it('is a conflict when its label is held by another field, in any case and in either label', () => {
    for (const holder of [
      has('Other', { label: 'risk LEVEL' }),
      has('Other', { label: 'Niveau', display: 'Risk Level' }),
      has('Other', { label: ' Risk Level ' }),
    ]) {
      const entry = plan(want('Risk_X', { label: 'Risk Level' }), holder);
      expect(entry.action).toBe('conflict');
      expect(codes(entry)).toEqual(['label-taken']);
    }
  });

  it('says that an unused holder still holds its label', () => {
    const entry = plan(want('Risk_X', { label: 'Risk' }), has('Risk', { used: false }));
    expect(entry.reasons[0]?.message).toContain('unused');
  });

  it('is a conflict when its API name differs from another one in case only', () => {
    expect(
      codes(plan(want('STRATEGIC', { label: 'Something' }), has('Strategic', { label: 'Else' }))),
    ).toEqual(['api-name-taken']);
  });

  it('names a case twin once, although it holds the label too', () => {
    expect(codes(plan(want('RISK', { label: 'Risk' }), has('Risk')))).toEqual(['api-name-taken']);
  });

  it('is a conflict when the label that it must be created under is held', () => {
    const entry = plan(
      want('StrategicPartnerId', { label: 'Partner of ours' }),
      has('Other', { label: 'StrategicPartnerId' }),
    );
    expect(codes(entry)).toEqual(['working-label-taken']);
  });

  it('does not mind that label when its own label gives the API name', () => {
    expect(
      plan(want('Risk_Level', { label: 'Risk Level' }), has('Other', { label: 'Risk_Level' })).action,
    ).toBe('create');
  });
});

describe('the related list of a new lookup', () => {
  const lookup = (module: string, display_label?: string) => ({
    type: 'lookup',
    lookup: { module: { api_name: module }, ...(display_label === undefined ? {} : { display_label }) },
  });

  it('needs a title that no custom lookup to the same module has; its default is the name of this module', () => {
    const holder = has('Maker', lookup('Contacts', 'deals'));
    expect(codes(plan(want('Buyer', lookup('Contacts')), holder))).toEqual(['related-list-taken']);
    expect(codes(plan(want('Buyer', lookup('Contacts', 'Deals')), holder))).toEqual(['related-list-taken']);
    expect(plan(want('Buyer', lookup('Contacts', 'Bought')), holder).action).toBe('create');
    expect(plan(want('Buyer', lookup('Accounts')), holder).action).toBe('create');
    expect(plan(want('Buyer', lookup('Contacts')), { ...holder, custom: false }).action).toBe('create');
  });

  it.each([null, 'odd', {}, { module: 'Contacts' }, { module: { api_name: 7 } }])(
    'is not in the way where Zoho tells %j of a lookup',
    (odd) => {
      expect(
        plan(want('Buyer', lookup('Contacts')), has('Maker', { type: 'lookup', lookup: odd })).action,
      ).toBe('create');
      expect(plan(want('Buyer', { type: 'lookup', lookup: odd }), has('Other')).action).toBe('create');
    },
  );
});

describe("Zoho's limits that hold in every edition", () => {
  const unique = { unique: { case_sensitive: false } } as const;

  it('lets a module have two unique fields and no third', () => {
    const entries = planAll([want('A', unique), want('B', unique)], [has('X', unique)]);
    expect(entries.map((entry) => entry.action)).toEqual(['create', 'conflict']);
    expect(codes(entries[1]!)).toEqual(['limit-unique']);
  });

  it('counts unused fields and both spellings of the key, but not what is only the empty object', () => {
    const live = [
      has('X', { unique: { casesensitive: 'false' }, used: false }),
      has('Y', { unique: {} }),
      has('Z', { ...unique, custom: false }),
    ];
    expect(planAll([want('A', unique), want('B', unique)], live).map((entry) => entry.action)).toEqual([
      'create',
      'conflict',
    ]);
  });

  it('lets a module have one auto-number', () => {
    const entry = plan(
      want('No', { type: 'autonumber', auto_number: { start_number: 1 } }),
      has('Nr', { type: 'autonumber' }),
    );
    expect(codes(entry)).toEqual(['limit-autonumber']);
    expect(plan(want('No', { type: 'autonumber' })).action).toBe('create');
  });

  it('does not count fields that exist already', () => {
    expect(
      planAll([want('A', unique), want('B', unique)], [has('A', unique), has('B', unique)]).map(
        (e) => e.action,
      ),
    ).toEqual(['in_sync', 'in_sync']);
  });
});

describe('a field that is there', () => {
  it('is in sync when every declared key agrees, whatever else Zoho knows about it', () => {
    expect(
      plan(
        want('Risk', { length: 50 }),
        has('Risk', { length: 50, tooltip: { name: 'info_icon', value: 'x' } }),
      ),
    ).toMatchObject({
      action: 'in_sync',
      differences: [],
    });
  });

  it('drifts with both values', () => {
    expect(plan(want('Risk', { length: 50 }), has('Risk', { length: 40 }))).toMatchObject({
      action: 'drift',
      differences: [{ key: 'length', want: 50, live: 40, permanent: false }],
    });
  });

  it('carries its id, for the saved plan', () => {
    expect(plan(want('Risk'), has('Risk', { id: '42' })).id).toBe('42');
  });

  it('is a conflict when its data type is another one', () => {
    const entry = plan(want('Risk', { type: 'picklist' }), has('Risk'));
    expect(entry).toMatchObject({
      action: 'conflict',
      differences: [{ key: 'data_type', want: 'picklist', live: 'text' }],
    });
    expect(codes(entry)).toEqual(['data-type-differs']);
  });

  it('says when the field of that name is one of the standard fields', () => {
    expect(
      plan(want('Next_Step', { type: 'email' }), has('Next_Step', { custom: false })).reasons[0]?.message,
    ).toContain('standard');
  });

  it('is a conflict when it is unused', () => {
    expect(codes(plan(want('Risk'), has('Risk', { used: false })))).toEqual(['unused']);
  });

  it('tells every obstacle in one run', () => {
    expect(codes(plan(want('Risk', { type: 'email' }), has('Risk', { used: false })))).toEqual([
      'unused',
      'data-type-differs',
    ]);
  });

  it.each([
    ['textarea', 'textarea', { type: 'large' }, { type: 'small' }],
    ['lookup', 'lookup', { module: { api_name: 'Accounts' } }, { module: { api_name: 'Contacts', id: '1' } }],
    ['formula', 'formula', { return_type: 'double', expression: '1' }, { return_type: 'text' }],
    ['external', 'text', { type: 'user', show: true }, { type: 'org', show: true }],
    ['external', 'text', { type: 'user', show: true }, null],
    [
      'multiselectlookup',
      'multiselectlookup',
      { connected_details: { module: { api_name: 'Contacts' } } },
      { connected_details: { module: { api_name: 'Leads' } } },
    ],
  ])('is a conflict when %s, which nobody can change, is another one', (key, type, wanted, live) => {
    const entry = plan(want('F', { type, [key]: wanted }), has('F', { type, [key]: live }));
    expect(entry.action).toBe('conflict');
    expect(entry.differences).toMatchObject([{ key, permanent: true }]);
    expect(codes(entry)).toEqual([`${key}-differs`]);
  });

  it('only drifts when the title of a lookup is another one', () => {
    const entry = plan(
      want('F', { type: 'lookup', lookup: { module: { api_name: 'Accounts' }, display_label: 'Deals' } }),
      has('F', {
        type: 'lookup',
        lookup: { module: { api_name: 'Accounts', id: '7' }, display_label: 'Partner Deals', id: '8' },
      }),
    );
    expect(entry).toMatchObject({
      action: 'drift',
      differences: [
        { key: 'lookup', live: { module: { api_name: 'Accounts' }, display_label: 'Partner Deals' } },
      ],
    });
  });

  it('drifts when its label is another one, unless the untranslated label agrees', () => {
    expect(plan(want('Risk', { label: 'Risk' }), has('Risk', { label: 'Risiko' }))).toMatchObject({
      action: 'drift',
      differences: [{ key: 'field_label', want: 'Risk', live: 'Risiko' }],
    });
    expect(
      plan(want('Risk', { label: 'Risk' }), has('Risk', { label: 'Risiko', display: 'Risk' })).action,
    ).toBe('in_sync');
    expect(plan(want('Risk', { label: 'Risk' }), has('Risk', { label: 'Risk ' })).action).toBe('in_sync');
  });

  it('is a conflict when the declared label is held by another field', () => {
    const entry = plan(want('Risk', { label: 'Danger' }), has('Risk'), has('Other', { label: 'danger' }));
    expect(codes(entry)).toEqual(['label-taken']);
  });

  it('is a conflict when Zoho lists it twice', () => {
    expect(codes(plan(want('Risk'), has('Risk'), has('Risk')))).toEqual(['ambiguous']);
  });
});

describe('comparing options', () => {
  const wanted = [
    { display_value: 'Low', actual_value: 'Low' },
    { display_value: 'High', actual_value: 'High' },
  ];

  it('is by set: order, -None- and unused options do not matter', () => {
    const live = [
      ...(options('High', 'Low') as object[]),
      { display_value: 'Old', actual_value: 'Old', type: 'unused' },
    ];
    expect(
      plan(
        want('R', { type: 'picklist', pick_list_values: wanted }),
        has('R', { type: 'picklist', pick_list_values: live as never }),
      ).action,
    ).toBe('in_sync');
  });

  it('shows both sets by their stored values', () => {
    const entry = plan(
      want('R', { type: 'picklist', pick_list_values: wanted }),
      has('R', { type: 'picklist', pick_list_values: options('Low', 'Medium') }),
    );
    expect(entry.differences).toEqual([
      { key: 'pick_list_values', want: ['Low', 'High'], live: ['Low', 'Medium'], permanent: false },
    ]);
  });

  it('is by stored value, and tells where another text is displayed', () => {
    const live = [
      { display_value: 'Niedrig', actual_value: 'Low' },
      { display_value: 'Hoch', actual_value: 'High' },
    ];
    const shown = (options: Json) =>
      plan(
        want('R', { type: 'picklist', pick_list_values: options }),
        has('R', { type: 'picklist', pick_list_values: live }),
      ).action;
    expect(shown(wanted)).toBe('drift');
    expect(shown([{ actual_value: 'High' }, { actual_value: 'Low' }])).toBe('in_sync');
  });
});

describe('comparing the other keys', () => {
  it.each([
    ['unique', { case_sensitive: false }, { case_sensitive: false }, 'in_sync'],
    ['unique', { case_sensitive: false }, { casesensitive: 'false' }, 'in_sync'],
    ['unique', { case_sensitive: false }, {}, 'drift'],
    ['unique', false, {}, 'in_sync'],
    ['unique', false, null, 'in_sync'],
    ['unique', false, { case_sensitive: false }, 'drift'],
    ['unique', { case_sensitive: false }, null, 'drift'],
    ['tooltip', { name: 'info_icon', value: 'a' }, { name: 'info_icon', value: 'a' }, 'in_sync'],
    ['tooltip', { name: 'info_icon', value: 'a' }, { name: 'static_text', value: 'a' }, 'drift'],
    ['tooltip', { name: 'info_icon', value: 'a' }, null, 'drift'],
    ['crypt', { mode: 'decryption' }, null, 'in_sync'],
    ['crypt', { mode: 'decryption' }, {}, 'in_sync'],
    ['crypt', { mode: 'encryption' }, null, 'drift'],
    ['crypt', { mode: 'encryption' }, { mode: 'encryption', status: 1 }, 'in_sync'],
    ['currency', { rounding_option: 'normal' }, { rounding_option: 'normal', precision: 2 }, 'in_sync'],
    [
      'currency',
      { rounding_option: 'normal', precision: 3 },
      { rounding_option: 'normal', precision: 2 },
      'drift',
    ],
    ['currency', { rounding_option: 'normal' }, {}, 'drift'],
    [
      'auto_number',
      { start_number: 1000, prefix: 'P' },
      { start_number: '1000', prefix: 'P', suffix: '' },
      'in_sync',
    ],
    ['length', 50, '50', 'in_sync'],
    ['decimal_place', 2, null, 'drift'],
    ['filterable', false, true, 'drift'],
    ['separator', true, true, 'in_sync'],
    ['separator', true, 'true', 'drift'],
    ['global_picklist', { api_name: 'Source', id: '9' }, { api_name: 'Source', id: '9' }, 'in_sync'],
    ['global_picklist', { api_name: 'Source' }, { api_name: 'Other', id: '9' }, 'drift'],
    ['global_picklist', { id: '9' }, { api_name: 'Source', id: '9' }, 'in_sync'],
    ['global_picklist', { api_name: 'Source' }, null, 'drift'],
    ['private', { type: 'High' }, { restricted: true, type: 'High', export: false }, 'in_sync'],
    [
      'profiles',
      [{ name: 'Standard', permission_type: 'read_only' }],
      [{ name: 'Standard', id: '1', permission_type: 'read_only' }],
      'in_sync',
    ],
    [
      'profiles',
      [{ id: '1', permission_type: 'hidden' }],
      [{ name: 'Standard', id: '1', permission_type: 'read_only' }],
      'drift',
    ],
    [
      'profiles',
      [{ name: 'Gone', permission_type: 'hidden' }],
      [{ name: 'Standard', id: '1', permission_type: 'hidden' }],
      'drift',
    ],
    ['profiles', [{ name: 'Standard', permission_type: 'hidden' }], null, 'in_sync'],
    [
      'formula',
      { expression: '${Amount}', return_type: 'double' },
      { return_type: 'double', assume_default: false },
      'in_sync',
    ],
    ['formula', { return_type: 'double', dynamic: true }, { return_type: 'double' }, 'in_sync'],
    ['default_value', 'A', 'B', 'in_sync'],
    ['history_tracking', { duration_configuration: 'days' }, null, 'drift'],
    [
      'rollup_summary',
      { expression: { function: 'COUNT', function_parameters: [{ api_name: 'id' }] } },
      { expression: { function: 'COUNT', function_parameters: [{ api_name: 'id', x: 1 }] } },
      'in_sync',
    ],
    [
      'rollup_summary',
      { expression: { function_parameters: [{ api_name: 'id' }] } },
      { expression: { function_parameters: [] } },
      'drift',
    ],
    [
      'multiselectlookup',
      {
        connected_details: { module: { api_name: 'Contacts' } },
        linking_details: { module: { plural_label: 'X' } },
      },
      { connected_module: 'Contacts' },
      'in_sync',
    ],
  ] as const)('%s %j against %j is %s', (key, wanted, live, action) => {
    expect(plan(want('F', { [key]: wanted as never }), has('F', { [key]: live as never })).action).toBe(
      action,
    );
  });

  it('does not compare what this Zoho does not tell', () => {
    expect(plan(want('F', { length: 5, tooltip: { name: 'info_icon', value: 'a' } }), has('F')).action).toBe(
      'in_sync',
    );
  });

  it('reads the case of encryption out of the encryption', () => {
    expect(
      plan(want('F', { encrypt_case: 'lowercase' }), has('F', { crypt: { encrypt_case: 'uppercase' } }))
        .action,
    ).toBe('drift');
    expect(plan(want('F', { encrypt_case: 'lowercase' }), has('F', { crypt: null })).action).toBe('in_sync');
  });
});

describe('odd answers of a Zoho that nobody has seen yet', () => {
  it.each([
    ['pick_list_values', [{ display_value: 'A', actual_value: 'A' }], null, 'drift'],
    ['pick_list_values', [{ display_value: 'A', actual_value: 'A' }], ['A', null, 7], 'drift'],
    ['pick_list_values', [{ display_value: 'A', actual_value: 'A' }], [{ display_value: 'A' }], 'in_sync'],
    ['pick_list_values', [{ display_value: 'A', actual_value: 'A' }], 'A', 'drift'],
    ['unique', { case_sensitive: false }, { something: 1 }, 'drift'],
    ['unique', { case_sensitive: false }, { case_sensitive: true }, 'drift'],
    ['crypt', { mode: 'encryption' }, 'on', 'drift'],
    ['profiles', [{ name: 'A', permission_type: 'hidden' }], [null, 'A'], 'drift'],
    ['profiles', ['odd'], [{ name: 'A' }], 'drift'],
    ['profiles', [{ name: 'A' }], [{ name: 'A' }], 'in_sync'],
    ['profiles', 'odd', [{ name: 'A' }], 'in_sync'],
    ['multiselectlookup', { connected_details: { module: { api_name: 'A' } } }, 'odd', 'conflict'],
    ['multiselectlookup', { connected_details: { module: { api_name: 'A' } } }, { odd: 1 }, 'in_sync'],
    [
      'multiselectlookup',
      { connected_details: { module: { api_name: 'A' } } },
      { connected_details: { module: { api_name: 'A' } } },
      'in_sync',
    ],
    ['global_picklist', 'odd', { api_name: 'A' }, 'drift'],
    ['global_picklist', { other: 1 }, { api_name: 'A' }, 'in_sync'],
    ['tooltip', { name: 'info_icon', value: 'a' }, 'a', 'drift'],
    ['tooltip', { name: 'info_icon', value: 'a' }, ['a'], 'drift'],
    ['length', 5, { value: 5 }, 'drift'],
    ['lookup', { module: { api_name: 'A' } }, { module: 'A' }, 'conflict'],
    ['encrypt_case', 'lowercase', { crypt: 1 }, 'in_sync'],
  ] as const)('%s %j against %j is %s, and no crash', (key, wanted, live, action) => {
    expect(plan(want('F', { [key]: wanted as never }), has('F', { [key]: live as never })).action).toBe(
      action,
    );
  });

  it('are compared without a crash whatever they are', () => {
    const keys = fc.constantFrom(
      'pick_list_values',
      'unique',
      'crypt',
      'profiles',
      'lookup',
      'tooltip',
      'multiselectlookup',
      'formula',
      'length',
      'external',
      '__proto__',
      'constructor',
    );
    const object = fc.dictionary(keys, fc.jsonValue());
    fc.assert(
      fc.property(object, object, (wanted, live) => {
        const desired = { ...want('F'), declared: wanted as JsonObject };
        const entry = plan(desired, { ...has('F'), wire: live as JsonObject });
        expect(['in_sync', 'drift', 'conflict']).toContain(entry.action);
      }),
    );
  });
});

describe('the whole plan', () => {
  it('counts actions and custom fields that nobody declared', () => {
    const made = makePlan(
      manifestOf(want('A'), want('B', { length: 1 }), want('C', { create: false }), want('D')),
      [
        {
          module: 'Deals',
          fields: [
            has('A'),
            has('B', { length: 2 }),
            has('Z'),
            has('Y', { used: false }),
            has('Amount', { custom: false }),
          ],
        },
      ],
      {},
    );
    expect(made.summary).toEqual({ create: 1, in_sync: 1, drift: 1, conflict: 1, unmanaged: 2 });
    expect(made.modules[0]?.unmanaged.map((field) => field.api_name)).toEqual(['Y', 'Z']);
  });

  it('tells of a field that nobody declared what it is, and all of them by name', () => {
    const fields = [
      has('Z', { id: '4', label: 'The last', type: 'picklist' }),
      has('a', { id: '3' }),
      has('B', { id: '2', used: false }),
    ];
    const made = makePlan(manifestOf(want('A')), [{ module: 'Deals', fields }], {});
    expect(made.modules[0]?.unmanaged).toEqual([
      { id: '2', api_name: 'B', field_label: 'B', data_type: 'text', used: false },
      { id: '4', api_name: 'Z', field_label: 'The last', data_type: 'picklist', used: true },
      { id: '3', api_name: 'a', field_label: 'a', data_type: 'text', used: true },
    ]);
  });

  it('looks at each module by itself, whatever was read before it', () => {
    const modules = ['Deals', 'Contacts'].map((module) => ({ module, fields: [want('A')] }));
    const live = [
      { module: 'Contacts', fields: [has('A', { id: '5' })] },
      { module: 'Deals', fields: [] },
    ];
    const made = makePlan({ ...manifestOf(), modules }, live, {});
    expect(
      made.modules.map(({ module, entries }) => [module, entries[0]?.module, entries[0]?.action]),
    ).toEqual([
      ['Deals', 'Deals', 'create'],
      ['Contacts', 'Contacts', 'in_sync'],
    ]);
    expect(made.manifest).toEqual({ path: 'fields.yaml', sha256: 'f'.repeat(64) });
  });

  it('tells all that stands in the way of a new field in one go', () => {
    const entry = plan(
      want('RISK', {
        label: 'Danger',
        type: 'lookup',
        lookup: { module: { api_name: 'Contacts' } },
        unique: { case_sensitive: false },
        profiles: [{ name: 'Nobody', permission_type: 'hidden' }],
      }),
      has('Risk', { label: 'Else' }),
      has('Other', {
        label: 'Something',
        type: 'lookup',
        lookup: { module: { api_name: 'Contacts' }, display_label: 'Deals' },
      }),
      has('X', { unique: { case_sensitive: false } }),
      has('Y', { unique: { case_sensitive: false } }),
    );
    expect(codes(entry)).toEqual(['api-name-taken', 'related-list-taken', 'unknown-profile', 'limit-unique']);
  });

  it('knows the organisation by five ids at most, the first ones in their order', () => {
    const fields = ['6', '3', '1', '5', '2', '4'].map((id) => has(`F${id}`, { id, custom: false }));
    const made = makePlan(manifestOf(want('A')), [{ module: 'Deals', fields }], {});
    expect(made.modules[0]?.anchors).toEqual(['1', '2', '3', '4', '5']);
  });

  it('keeps ids of standard fields, which nobody can delete, to know the organisation again', () => {
    const made = makePlan(
      manifestOf(want('A')),
      [{ module: 'Deals', fields: [has('B', { id: '2' }), has('Owner', { id: '1', custom: false })] }],
      {},
    );
    expect(made.modules[0]?.anchors).toEqual(['1']);
  });

  it('falls back to any field where there is no standard one', () => {
    expect(
      makePlan(manifestOf(want('A')), [{ module: 'Deals', fields: [has('B', { id: '2' })] }], {}).modules[0]
        ?.anchors,
    ).toEqual(['2']);
  });

  it('has an id that only intent, organisation and verdicts change', () => {
    const live = [has('Amount', { id: '1', custom: false }), has('Risk', { id: '2', length: 5 })];
    const id = (fields: readonly DesiredField[], now: readonly LiveField[]): string =>
      makePlan(manifestOf(...fields), [{ module: 'Deals', fields: now }], {}).plan_id;
    const one = id([want('Risk'), want('New')], live);
    expect(one).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    expect(id([want('Risk', { line: 9 }), want('New', { line: 20 })], [...live].reverse())).toBe(one);
    expect(id([want('Risk'), want('New')], [...live, has('Unrelated', { id: '3' })])).toBe(one);
    expect(id([want('Risk', { length: 6 }), want('New')], live)).not.toBe(one);
    expect(id([want('Risk', { create: false, label: 'Risk' }), want('New')], live)).not.toBe(one);
    expect(id([want('Risk'), want('New', { label: 'Newer' })], live)).not.toBe(one);
    expect(id([want('Risk'), want('New')], [has('Amount', { id: '9', custom: false }), live[1]!])).not.toBe(
      one,
    );
  });
});
