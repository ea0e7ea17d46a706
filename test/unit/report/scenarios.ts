import { LIVE_FIRST, nextStep } from '../../../src/cli/show-plan.ts';
import { snapshotDoubts } from '../../../src/snapshot/doubts.ts';
import { scopeGaps } from '../../../src/run/scope-gaps.ts';
import { reportWithoutTrying } from '../../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../../src/apply/outcome.ts';
import { failureRenders } from '../../../src/report/failure/formats.ts';
import { receiptOf } from '../../../src/apply/receipt.ts';
import { applyRenders } from '../../../src/report/apply/formats.ts';
import { diffRenders } from '../../../src/report/diff/formats.ts';
import { matrixRenders } from '../../../src/report/matrix/formats.ts';
import { planRenders } from '../../../src/report/plan/formats.ts';
import { validateRenders } from '../../../src/report/validate/formats.ts';
import type { Renders } from '../../../src/report/media/formats.ts';
import { diffManifests } from '../../../src/diff/diff-manifests.ts';
import { findOrigins } from '../../../src/diff/origin.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import { makeMatrix } from '../../../src/matrix/matrix.ts';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField, Manifest } from '../../../src/model/manifest.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { Problem } from '../../../src/model/problem.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { refreshPlan } from '../../../src/plan/refresh.ts';
import { isToBeFinished } from '../../../src/plan/earlier-runs.ts';
import { makeStyle } from '../../../src/report/media/layout.ts';
import type { Target } from '../../../src/report/plan/view.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';
import { readAs, unread } from '../../support/matrices.ts';
import { creating, losing, reading } from './probes.ts';

export const LOOK = { style: makeStyle(false), width: 80 };

/** A scenario's text on a screen of another width. */
export function textAt(width: number, scenario: () => Renders): string {
  const usual = LOOK.width;
  LOOK.width = width;
  try {
    const text = scenario().text?.() ?? '';
    if (typeof text !== 'string') throw new Error('text is there at once');
    return text;
  } finally {
    LOOK.width = usual;
  }
}

const ACME_ORGANISATION = { id: '20091234567', name: 'Acme GmbH', type: 'production' };

export const ACME: Target = {
  dataCentre: 'eu',
  apiHost: 'www.zohoapis.eu',
  organisation: ACME_ORGANISATION,
};

/** When the runs of these reports were over. */
const AT = '2026-11-26T15:04:05.678Z';

const REQUESTS = { read: 3, write: 0 };

/** A live field with an id that no other test can change. */
function live(api_name: string, id: number, fact: Parameters<typeof has>[1] = {}): LiveField {
  return has(api_name, { ...fact, id: `5725767000000${String(id).padStart(6, '0')}` });
}

const STOCK = [
  live('Deal_Name', 1, { custom: false, length: 120 }),
  live('Stage', 2, {
    custom: false,
    type: 'picklist',
    pick_list_values: options('Qualification', 'Closed Won'),
  }),
  live('Amount', 3, { custom: false, type: 'currency' }),
];

const STOCK_WISHES = [
  want('Deal_Name', { create: false, line: 3 }),
  want('Stage', { create: false, type: 'picklist', line: 6 }),
];

const PARTNER = want('StrategicPartnerId', {
  label: 'Strategic Partner ID',
  length: 50,
  tooltip: { name: 'info_icon', value: 'Links the deal to the portal user who created the lead' },
  line: 9,
});

const RISK = want('Risk_Level', {
  type: 'picklist',
  pick_list_values: ['Low', 'Medium', 'High'].map((name) => ({ display_value: name, actual_value: name })),
  line: 14,
});

export function planOf(wishes: readonly DesiredField[], fields: readonly LiveField[] = STOCK): Plan {
  return makePlan(manifestOf(...wishes), [{ module: 'Deals', fields }], {});
}

export function rendersOf(plan: Plan, more: Partial<Parameters<typeof planRenders>[1]> = {}): Renders {
  return planRenders(plan, {
    target: ACME,
    requests: REQUESTS,
    diagnostics: [],
    gaps: [],
    inSync: false,
    unmanaged: false,
    ...LOOK,
    ...more,
  });
}

const APPLY = { apply: { command: 'zoho-fields apply deals.plan', saved: true } };

function oneField(): Renders {
  return rendersOf(planOf([...STOCK_WISHES, PARTNER]), APPLY);
}

function manyFields(): Renders {
  const wishes = Array.from({ length: 280 }, (_, index) =>
    want(`Assessment_Question_${index + 1}`, {
      type: index % 3 === 0 ? 'picklist' : 'text',
      label: `Assessment question ${index + 1}`,
      ...(index % 3 === 0
        ? {
            pick_list_values: ['Not at all', 'Partly', 'Fully'].map((name) => ({
              display_value: name,
              actual_value: name,
            })),
          }
        : { length: 255 }),
      tooltip: {
        name: 'info_icon',
        value: `What the partner answered to question ${index + 1} of the yearly assessment, word for word.`,
      },
      description:
        'Comes from the assessment form; see the handbook of the partner team for what the answers mean.',
      line: 3 + index * 6,
    }),
  );
  return rendersOf(planOf(wishes), APPLY);
}

function conflicts(): Renders {
  const fields = [
    ...STOCK,
    live('ARR', 10, { type: 'integer', length: 9 }),
    live('Risk', 11, { type: 'text', label: 'Risk Level' }),
    live('Old_Code', 12, { used: false }),
    live('Territory', 13, { custom: false, label: 'Secteur', display: 'Territory' }),
  ];
  const wishes = [
    want('ARR', { type: 'currency', length: 16, line: 4 }),
    RISK,
    want('Old_Code', { line: 20 }),
    want('Partner', { type: 'lookup', create: false, line: 23 }),
    PARTNER,
    want('Secteur', { label: 'Line of business', line: 27 }),
    want('Region_X', { label: 'Secteur', line: 30 }),
  ];
  return rendersOf(planOf(wishes, fields), APPLY);
}

const LAYOUTS = ['Standard', 'Enterprise Deal', 'Renewal'].map((name, index) => ({
  id: `572576700000009${index}023`,
  name,
  api_name: `${name.replaceAll(' ', '_')}__${index === 0 ? 's' : 'c'}`,
}));

/** One place is left in a module of several layouts; four fields are wished, and one that names what is not there. */
function fullModule(): Renders {
  const fields = [
    ...STOCK.map((field) => ({ ...field, wire: { ...field.wire, layout_associations: LAYOUTS } })),
    ...Array.from({ length: 154 }, (_, index) => live(`Old_${index + 1}`, 100 + index, { used: index > 1 })),
  ];
  const wishes = [
    PARTNER,
    RISK,
    want('Region', { length: 40, line: 20 }),
    want('Tier', { length: 10, line: 23 }),
    want('Sales_Account', { type: 'lookup', lookup: { module: { api_name: 'Acounts' } }, line: 26 }),
  ];
  const directory = {
    modules: new Map([
      ['Accounts', []],
      ['Contacts', []],
    ]),
    room: { edition: 'professional' },
  };
  const plan = makePlan(manifestOf(...wishes), [{ module: 'Deals', fields }], directory);
  const organisation = { ...ACME_ORGANISATION, edition: 'professional' };
  return rendersOf(plan, { ...APPLY, target: { ...ACME, organisation } });
}

const DRIFTED = [
  ...STOCK,
  live('StrategicPartnerId', 20, {
    label: 'Strategic Partner ID',
    length: 100,
    tooltip: { name: 'info_icon', value: 'Old words' },
  }),
  live('Risk_Level', 21, { type: 'picklist', pick_list_values: options('Low', 'High', 'Extreme') }),
  live('Source', 22, {
    type: 'picklist',
    global_picklist: { api_name: 'Lead_Source', id: '5725767000000000888' },
    pick_list_values: options('Web', 'Fair'),
  }),
  live('Untold', 23, { length: null }),
];

const SOURCE = want('Source', {
  type: 'picklist',
  pick_list_values: ['Web', 'Phone'].map((name) => ({ display_value: name, actual_value: name })),
  line: 20,
});

/** A plan of a snapshot that is old and holds names only. */
function snapshotPlan(): Renders {
  const plan = planOf(
    [...STOCK_WISHES, PARTNER, RISK],
    [...STOCK, live('Risk_Level', 21, { type: 'picklist' })],
  );
  const path = 'zoho.snapshot.json';
  const ageSeconds = 12 * 86_400 + 3_600;
  const empty = {
    format_version: '1.0',
    kind: 'snapshot',
    names_only: true,
    data_centre: 'eu',
    api_host: ACME.apiHost,
  };
  const snapshot = {
    ...empty,
    taken_at: '2026-11-14T02:00:00.000Z',
    organisation: null,
    room: {},
    modules: [],
  };
  return rendersOf(plan, {
    snapshot: { path, takenAt: snapshot.taken_at, ageSeconds },
    diagnostics: snapshotDoubts(plan, snapshot, { path, ageSeconds, maxAgeDays: 7 }),
    requests: { read: 0, write: 0 },
    next: LIVE_FIRST,
  });
}

/** A plan that the credentials may not carry out: the fields can be read, and that is all. */
function missingScope(): Renders {
  const plan = planOf([...STOCK_WISHES, PARTNER, RISK]);
  const options = { format: 'text', tokenCache: true, settings: 'reader.env' } as const;
  return rendersOf(plan, {
    gaps: scopeGaps(plan, ['ZohoCRM.settings.fields.READ']),
    next: nextStep(plan, true, options) ?? '',
  });
}

const driftOnly = (): Renders =>
  rendersOf(
    planOf([...STOCK_WISHES, PARTNER, RISK, SOURCE, want('Untold', { length: 20, line: 24 })], DRIFTED),
    { inSync: true },
  );

/** A plan that finishes what an interrupted run began, beside a new field and one that differs. */
function unfinishedPlan(): Plan {
  const fields = [
    ...STOCK,
    live('StrategicPartnerId', 20, {
      label: 'StrategicPartnerId',
      length: 50,
      tooltip: { name: 'info_icon', value: 'Links the deal to the portal user who created the lead' },
    }),
    live('Risk_Level', 21, { type: 'picklist', pick_list_values: options('Low', 'High') }),
    live('Region_2', 22, { label: 'Territory' }),
  ];
  const wishes = [
    ...STOCK_WISHES,
    PARTNER,
    RISK,
    want('Notes_2', { line: 23 }),
    want('Territory', { line: 26 }),
  ];
  const journal = [
    {
      event: 'created' as const,
      module: 'Deals',
      api_name: 'StrategicPartnerId',
      id: '5725767000000000020',
    },
  ];
  return makePlan(manifestOf(...wishes), [{ module: 'Deals', fields }], {}, journal);
}

function finishedApply(): Renders {
  const plan = unfinishedPlan();
  const outcomes = {
    create: 'created',
    drift: 'drift',
    in_sync: 'in_sync',
    conflict: 'not_attempted',
  } as const;
  const report: ApplyReport = {
    ...reportWithoutTrying(plan, false),
    fields: plan.modules
      .flatMap((module) => module.entries)
      .map((entry) => ({
        entry,
        outcome: isToBeFinished(entry) ? 'finished' : outcomes[entry.action],
        ...(entry.action === 'create' ? { id: '5725767000000099907' } : {}),
        ...(entry.id === undefined ? {} : { id: entry.id }),
        differences: isToBeFinished(entry) ? [] : entry.differences,
        reasons: isToBeFinished(entry) ? [] : entry.reasons,
      })),
  };
  const receipt = receiptOf(plan, report, { at: AT });
  const view = { target: ACME, requests: { read: 5, write: 2 }, diagnostics: [], receipt };
  return applyRenders(plan, report, view, LOOK);
}

function twoModules(): Renders {
  const deals = { module: 'Deals', fields: [...STOCK_WISHES, PARTNER, RISK] };
  const leads = {
    module: 'Leads',
    fields: [
      want('Region', {
        length: 40,
        profiles: [{ name: 'Standard', permission_type: 'read_only' }],
        line: 24,
      }),
    ],
  };
  const head: Manifest = { ...manifestOf(), modules: [deals, leads] };
  const base: Manifest = {
    ...manifestOf(),
    modules: [{ module: 'Deals', fields: [...STOCK_WISHES, PARTNER, want('ARR', { type: 'currency' })] }],
  };
  const read = [
    {
      module: 'Deals',
      fields: [
        ...STOCK,
        live('Risk_Level', 21, { type: 'picklist', pick_list_values: options('Low', 'High') }),
      ],
    },
    { module: 'Leads', fields: [live('Company', 30, { custom: false }), live('Fax_2', 31)] },
  ];
  const directory = { profiles: new Map([['Standard', '5725767000000000777']]) };
  const plan = makePlan(head, read, directory);
  return rendersOf(plan, {
    ...APPLY,
    unmanaged: true,
    origins: findOrigins(plan, makePlan(base, read, directory)),
  });
}

/** One text that tries everything at once. */
export const HOSTILE =
  '::error::x ##[warning]y \u001b[31mred\u0007 \u202egnp.exe | `a` **b** <script>alert(1)</script> @acme/team #12 https://evil.example ![i](https://evil.example/p.png) </details> --> \u200bend';

function hostileOrganisation(): Renders {
  const fields = [
    ...STOCK,
    live('Trap', 40, { type: 'integer', label: HOSTILE }),
    live('Drifting', 41, { length: 9, tooltip: { name: 'info_icon', value: HOSTILE } }),
    live('Loose', 42, {
      label: HOSTILE,
      layout_associations: [
        { id: '1', name: 'Standard', api_name: 'Standard__s' },
        { id: '2', name: HOSTILE, api_name: 'Evil__c' },
      ],
    }),
  ];
  const wishes = [
    want('Drifting', { length: 9, tooltip: { name: 'info_icon', value: 'Plain' }, line: 4 }),
    want('Fresh', {
      type: 'picklist',
      label: 'Fresh',
      pick_list_values: [{ display_value: HOSTILE, actual_value: HOSTILE }],
      description: HOSTILE,
      line: 8,
    }),
    want('Trapped', { label: HOSTILE, line: 12 }),
  ];
  const organisation = { id: '20091234567', name: HOSTILE, type: 'production' };
  return rendersOf(planOf(wishes, fields), { ...APPLY, unmanaged: true, target: { ...ACME, organisation } });
}

function partialApply(): Renders {
  const plan = planOf([
    ...STOCK_WISHES,
    PARTNER,
    RISK,
    want('Region', { length: 40, line: 20 }),
    want('Notes_2', { line: 23 }),
  ]);
  const outcomes = ['created', 'created_differs', 'failed', 'not_attempted'] as const;
  const creates = plan.modules
    .flatMap((module) => module.entries)
    .filter((entry) => entry.action === 'create');
  const report: ApplyReport = {
    ...reportWithoutTrying(plan, false),
    fields: creates.map((entry, index) => {
      const outcome = outcomes[index] ?? 'created';
      return {
        entry,
        outcome,
        ...(outcome.startsWith('created') ? { id: `572576700000009990${index}` } : {}),
        ...(outcome === 'failed'
          ? {
              code: 'INVALID_DATA',
              objection: { key: 'tooltip', value: 'Where it is', line: 22, column: 14 },
            }
          : {}),
        differences:
          outcome === 'created_differs'
            ? [
                {
                  key: 'pick_list_values',
                  want: ['Low', 'Medium', 'High'],
                  live: ['Low', 'High'],
                  permanent: false,
                },
              ]
            : [],
        reasons:
          outcome === 'failed'
            ? [
                {
                  code: 'refused',
                  message:
                    'Zoho refused the field with INVALID_DATA about "tooltip", which is "Where it is" (line 22, column 14 of the manifest): invalid data',
                  remedy: 'Correct that value in the manifest.',
                },
              ]
            : [],
      };
    }),
  };
  const receipt = receiptOf(plan, report, { at: AT, commit: '5e1f0c7d'.repeat(5) });
  const view = { target: ACME, requests: { read: 5, write: 1 }, diagnostics: [], receipt };
  return applyRenders(plan, report, view, LOOK);
}

/** An apply of which nothing was real, with something that Zoho would refuse. */
function rehearsal(): Renders {
  const plan = planOf([...STOCK_WISHES, PARTNER, want('Region', { length: 40, line: 20 })]);
  const fields = plan.modules
    .flatMap((module) => module.entries)
    .filter((entry) => entry.action === 'create')
    .map((entry, index): ApplyReport['fields'][number] => ({
      entry,
      outcome: index === 0 ? 'created' : 'failed',
      ...(index === 0 ? { id: '5725767000000099900' } : { code: 'LIMIT_EXCEEDED' }),
      differences: [],
      reasons: [],
    }));
  const body = {
    fields: fields.map(({ entry: { field } }) => ({
      api_name: field.api_name,
      field_label: field.field_label ?? '',
      data_type: field.data_type,
    })),
  };
  const answer = {
    fields: [
      {
        code: 'SUCCESS',
        details: { id: '5725767000000099900' },
        message: 'field created',
        status: 'success',
      },
      {
        code: 'LIMIT_EXCEEDED',
        details: { limit: 10 },
        message: 'the limit is exceeded',
        status: 'error',
      },
    ],
  };
  const path = '/crm/v8/settings/fields?module=Deals';
  const view = {
    snapshot: { path: 'zoho.snapshot.json', takenAt: AT, ageSeconds: 3600 },
    exchanges: [
      { method: 'GET', path: `${path}&type=all`, status: 200 },
      { method: 'POST', path, status: 207, body, answer },
      { method: 'GET', path: `${path}&type=all`, status: 200 },
    ],
  };
  const target = { dataCentre: 'emulator', apiHost: '127.0.0.1' };
  const facts = { target, requests: { read: 3, write: 1 }, diagnostics: [], rehearsal: view };
  return applyRenders(plan, { ...reportWithoutTrying(plan, false), fields }, facts, LOOK);
}

function stalePlan(): Renders {
  const saved = planOf([...STOCK_WISHES, PARTNER, RISK]);
  try {
    refreshPlan(saved, [{ module: 'Deals', fields: [...STOCK, live('Risk_Level', 50, { type: 'text' })] }]);
  } catch (error) {
    if (error instanceof Problem) return failureRenders(error, 'apply', 'fields.yaml');
  }
  throw new Error('the plan was not refused');
}

const INVALID = `module: Deals
fields:
  - api_name: Risk_Level
    field_label: Risk Level
    data_typ: picklist
  - api_name: Region
    field_label: Region
    data_type: text
    length: 4000
  - api_name: Region
    field_label: Region
    data_type: text
`;

function invalidManifest(): Renders {
  const { diagnostics } = loadManifest({ path: 'fields.yaml', bytes: new TextEncoder().encode(INVALID) });
  return validateRenders({ path: 'fields.yaml', diagnostics, fields: 0, modules: 0 }, LOOK);
}

function manifestDiff(): Renders {
  const version = (text: string, path: string): Manifest => {
    const { manifest, diagnostics } = loadManifest({ path, bytes: new TextEncoder().encode(text) });
    if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
    return manifest;
  };
  const base = version(BASE, 'main:fields.yaml');
  const head = version(AFTER, 'fields.yaml');
  return diffRenders({ base, head, changes: diffManifests(base, head), warnings: [], look: LOOK });
}

/** Values that differ, and look the same on every screen; and a picklist of which only four options differ. */
function unseenDifferences(): Renders {
  const list = (...changed: readonly JsonObject[]): Json => [
    ...Array.from({ length: 40 }, (_, index) => ({
      display_value: `Item ${index}`,
      actual_value: `Item ${index}`,
    })),
    ...changed,
  ];
  const tooltip = (value: string): Json => ({ name: 'info_icon', value });
  const wishes = [
    want('Blank', { tooltip: tooltip('Gold'), line: 3 }),
    want('No_Break', { tooltip: tooltip('Renewal date'), line: 4 }),
    want('Composed', { tooltip: tooltip('Caf\u00e9'), line: 5 }),
    want('Zero_Width', { tooltip: tooltip('Partner'), line: 6 }),
    want('Cyrillic', { tooltip: tooltip('Partner'), line: 7 }),
    want('Far_Behind', { tooltip: tooltip(`${'long '.repeat(60)}end`), line: 8 }),
    want('Form', { tooltip: tooltip('Help'), line: 9 }),
    want('Tier', {
      type: 'picklist',
      line: 10,
      pick_list_values: list(
        { display_value: 'Caf\u00e9', actual_value: 'Caf\u00e9' },
        { display_value: 'Gold', actual_value: 'Gold', colour_code: '#ffd700' },
        { display_value: 'Silver', actual_value: 'Silver' },
        { display_value: 'New', actual_value: 'New' },
      ),
    }),
  ];
  const fields = [
    live('Blank', 11, { tooltip: tooltip('Gold ') }),
    live('No_Break', 12, { tooltip: tooltip('Renewal\u00a0date') }),
    live('Composed', 13, { tooltip: tooltip('Cafe\u0301') }),
    live('Zero_Width', 14, { tooltip: tooltip('Part\u200bner') }),
    live('Cyrillic', 15, { tooltip: tooltip('P\u0430rtner') }),
    live('Far_Behind', 16, { tooltip: tooltip(`${'long '.repeat(60)}END`) }),
    live('Form', 17, { tooltip: { name: 'static_text', value: 'Help' } }),
    live('Tier', 18, {
      type: 'picklist',
      pick_list_values: list(
        { display_value: 'Cafe\u0301', actual_value: 'Cafe\u0301' },
        { display_value: 'Gold', actual_value: 'Gold', colour_code: '#ffffff' },
        { display_value: 'Silver ', actual_value: 'Silver' },
      ),
    }),
  ];
  return rendersOf(planOf(wishes, fields));
}

function unseenChanges(): Renders {
  const version = (path: string, tooltip: string, options: string): Manifest => {
    const text = `module: Deals\nfields:\n  - {api_name: A, field_label: A, data_type: text, tooltip: ${tooltip}}\n  - {api_name: B, field_label: B, data_type: picklist, pick_list_values: ${options}}\n`;
    const { manifest, diagnostics } = loadManifest({ path, bytes: new TextEncoder().encode(text) });
    if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
    return manifest;
  };
  const many = Array.from({ length: 1200 }, (_, index) => `O${index}`);
  const base = version('main:fields.yaml', '"Renewal date "', `["Caf\u00e9", ${many.join(', ')}]`);
  const head = version(
    'fields.yaml',
    '"Renewal\u00a0date"',
    `["Cafe\u0301", ${many.toReversed().join(', ')}]`,
  );
  const {
    patch: _patch,
    json: _json,
    ...renders
  } = diffRenders({
    base,
    head,
    changes: diffManifests(base, head),
    warnings: [],
    look: LOOK,
  });
  return renders;
}

const BASE = `module: Deals
fields:
  - {api_name: Risk_Level, field_label: Risk Level, data_type: picklist, pick_list_values: [Low, Medium, High, Extreme]}
  - {api_name: ARR, field_label: ARR, data_type: integer}
  - {api_name: Partner_Code, field_label: Partner Code, data_type: text, length: 20}
  - {api_name: Old_Notes, field_label: Old Notes, data_type: textarea, textarea: large}
  - {api_name: Region, field_label: Region, data_type: text, length: 40, tooltip: Where the customer is}
`;

const AFTER = `# another comment, another order, other quotes
module: "Deals"
fields:
  - api_name: 'Region'
    data_type: text
    field_label: "Region"
    tooltip: Where the customer sits
    length: 60
  - api_name: ARR
    field_label: ARR
    data_type: currency
    currency: normal
  - api_name: Risk_Level
    field_label: Risk Level
    data_type: picklist
    pick_list_values: [High, Low, {display_value: Middle, actual_value: Medium}, Unknown]
  - {api_name: PartnerCode, field_label: Partner Code, data_type: text, length: 20}
  - {api_name: Owner, data_type: ownerlookup, create: false}
`;

/** Every scenario of the issue, and a diff, by the folder of its goldens. */
/** Three organisations of one manifest; with `many` eight of them, which are too many for a narrow screen. */
function matrixOf(many: boolean): Renders {
  const manifest = manifestOf(
    ...STOCK_WISHES,
    PARTNER,
    RISK,
    want('Region', { length: 40, line: 20 }),
    want('A_Name_That_Is_Longer_Than_Most_Columns_Are', { line: 24 }),
  );
  const fields = (length: number, region = 'text'): readonly LiveField[] => [
    ...STOCK,
    live('StrategicPartnerId', 60, {
      label: 'Strategic Partner ID',
      length: 50,
      tooltip: { name: 'info_icon', value: 'Links the deal to the portal user who created the lead' },
    }),
    live('Region', 61, { type: region, length }),
  ];
  const risk = live('Risk_Level', 62, {
    type: 'picklist',
    pick_list_values: options('Low', 'Medium', 'High'),
  });
  const organisation = { id: '20091234568', name: 'Acme GmbH', type: 'sandbox', edition: 'enterprise' };
  const columns = [
    readAs('sandbox', manifest, [...fields(40), risk, live('Old_Code', 63)], { organisation }),
    readAs('production', manifest, [...STOCK, live('Region', 64, { length: 20 })], {
      organisation: ACME_ORGANISATION,
    }),
    readAs('customer', manifest, [...fields(9, 'integer'), live('Their_Code', 65)]),
    unread('another-customer'),
  ];
  const more = Array.from({ length: 4 }, (_, index) => readAs(`customer-${index + 2}`, manifest, STOCK));
  return matrixRenders(makeMatrix(manifest, [...columns, ...(many ? more : [])]), {
    requests: { read: many ? 15 : 7, write: 0 },
    diagnostics: [
      {
        severity: 'error',
        code: 'unreachable',
        message: 'another-customer: Zoho could not be reached.',
        remedy: 'Try again.',
      },
    ],
    ...LOOK,
  });
}

export const SCENARIOS: Readonly<Record<string, () => Renders>> = {
  'nothing-to-do': () => rendersOf(planOf(STOCK_WISHES)),
  'one-field': oneField,
  '280-fields': manyFields,
  conflicts,
  'full-module': fullModule,
  'drift-only': driftOnly,
  'missing-scope': missingScope,
  snapshot: snapshotPlan,
  unfinished: () => rendersOf(unfinishedPlan(), APPLY),
  'finished-apply': finishedApply,
  'two-modules': twoModules,
  'hostile-organisation': hostileOrganisation,
  'partial-apply': partialApply,
  rehearsal,
  'stale-plan': stalePlan,
  'invalid-manifest': invalidManifest,
  'manifest-diff': manifestDiff,
  'unseen-differences': unseenDifferences,
  'unseen-changes': unseenChanges,
  matrix: () => matrixOf(false),
  'matrix-of-eight': () => matrixOf(true),
  probe: () => reading(LOOK),
  'probe-create': () => creating(LOOK),
  'probe-lost': () => losing(LOOK),
};
