import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/model/json.ts';
import { Problem } from '../../../src/model/problem.ts';
import { snapshotDoubts } from '../../../src/snapshot/doubts.ts';
import { looksKept } from '../../../src/model/kept-file.ts';
import { parseSnapshot } from '../../../src/snapshot/parse-snapshot.ts';
import { type Snapshot, NOT_KEPT } from '../../../src/snapshot/snapshot.ts';
import { planRenders } from '../../../src/report/plan/formats.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';
import { examples, liveFields } from '../../support/organisation.ts';
import { htmlSins, markdownSins, rawControls, runnerSins } from '../report/judges.ts';
import { PAYLOADS } from '../report/payloads.ts';
import { LOOK } from '../report/scenarios.ts';
import { pathsOf, replaced } from '../../support/json-paths.ts';
import { kept, PLACE, planOfSnapshot, STOCK, textOf, type World } from './organisations.ts';
import { ageInSeconds, ageWords } from '../../../src/model/time.ts';

const WORLD: World = {
  manifest: manifestOf(
    want('Risk', {
      type: 'picklist',
      pick_list_values: [{ display_value: 'Low', actual_value: 'Low' }],
      tooltip: { value: 'x' },
    }),
    want('Partner', { type: 'lookup', lookup: { module: { api_name: 'Accounts' } } }),
  ),
  deals: [
    has('Deal_Name', { custom: false }),
    has('Risk', { type: 'picklist', pick_list_values: options('Low') }),
    has('Empty', { type: 'picklist', pick_list_values: [] }),
  ],
  leads: [],
  names: undefined,
  modules: undefined,
  room: {},
};

function codeOf(text: string): string | undefined {
  try {
    parseSnapshot(text, 'x.json');
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'invalid') throw error;
    return error.diagnostics[0]?.code;
  }
}

async function doubtsOf(snapshot: Snapshot, ageSeconds = 0, maxAgeDays = 7, manifest = WORLD.manifest) {
  const { plan } = await planOfSnapshot(manifest, snapshot);
  return snapshotDoubts(plan, snapshot, { path: 'x.json', ageSeconds, maxAgeDays });
}

const codes = async (...given: Parameters<typeof doubtsOf>) =>
  (await doubtsOf(...given)).map(({ code }) => code);

describe('a file that is no snapshot', () => {
  it.each([
    ['', 'not-a-snapshot'],
    ['module: Deals', 'not-a-snapshot'],
    ['[]', 'not-a-snapshot'],
    ['{"format_version": "1.0", "kind": "plan"}', 'not-a-snapshot'],
    ['{"format_version": "2.0", "kind": "snapshot"}', 'snapshot-version'],
    ['{"kind": "snapshot"}', 'snapshot-version'],
    ['{"format_version": "1.0", "kind": "snapshot", "modules": []}', 'snapshot-damaged'],
  ])('is refused in words: %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('is refused where it was cut anywhere', async () => {
    const text = await textOf(WORLD);
    for (let end = 0; end < text.length - 2; end += 37)
      expect(codeOf(text.slice(0, end))).toBe('not-a-snapshot');
  });

  it.each([
    ['taken_at', 'yesterday'],
    ['taken_at', '2026-99-99T00:00:00.000Z'],
    ['taken_at', '2026-02-31T00:00:00Z'],
    ['names_only', 'no'],
    ['data_centre', '\u001b[31mred'],
    ['organisation', 'Acme'],
    ['room', { custom_fields: -1 }],
    ['profiles', [{ name: 'Standard' }]],
    ['modules', { Deals: [] }],
    ['modules', [{ module: 'Deals', fields: [{ id: '1' }] }]],
    ['modules', [{ module: 'Deals', fields: [null] }]],
  ])('is refused with another %s: %j', async (key, value) => {
    expect(codeOf(JSON.stringify({ ...(await kept(WORLD)), [key]: value }))).toBe('snapshot-damaged');
  });

  it('is refused where a module or an id is there twice', async () => {
    const whole = await kept(WORLD);
    const [module] = whole.modules;
    if (module === undefined) throw new Error('no module');
    const { fields } = module;
    expect(codeOf(JSON.stringify({ ...whole, modules: [module, module] }))).toBe('snapshot-damaged');
    const twice = { ...module, fields: [...fields, fields[0]] };
    expect(codeOf(JSON.stringify({ ...whole, modules: [twice] }))).toBe('snapshot-damaged');
  });

  it('is refused where a module is without a standard field, which Zoho has nowhere', async () => {
    const whole = await kept(WORLD);
    const of = (fields: readonly object[]) =>
      JSON.stringify({ ...whole, modules: [{ module: 'Deals', fields }] });
    const own = whole.modules[0]?.fields.filter((field) => field.custom_field) ?? [];
    expect([codeOf(of([])), codeOf(of(own))]).toEqual(['snapshot-damaged', 'snapshot-damaged']);
  });

  it('is refused where any value inside any field is of another kind than Zoho answers there', async () => {
    const keys = new Set<string>();
    for (const wire of EVERY_KEY) {
      const whole = await kept({ ...WORLD, deals: [...liveFields([wire]), STOCK] });
      const fields = (whole.modules[0]?.fields ?? []) as readonly JsonObject[];
      const field = fields.find((one) => one['api_name'] === wire['api_name']) ?? {};
      expect(NOT_KEPT in field).toBe(false);
      for (const path of pathsOf(field).slice(1)) {
        // What stands in conditions is Zoho's own language; a plan compares the whole.
        if (path.slice(0, -1).includes('criteria')) continue;
        const value = valueAt(field, path);
        for (const other of ['odd', 7, true, [], {}]) {
          if (value === null || kindOf(other) === kindOf(value) || isEither(path, other)) continue;
          const odd = fields.map((one) => (one === field ? replaced(field, path, other) : one));
          const text = JSON.stringify({ ...whole, modules: [{ module: 'Deals', fields: odd }] });
          expect([path.join('.'), other, codeOf(text)]).toEqual([path.join('.'), other, 'snapshot-damaged']);
          keys.add(path.join('.'));
        }
      }
    }
    expect(keys.size).toBeGreaterThan(70);
  });

  it('is refused in words that name the field and the key', async () => {
    const whole = await kept(WORLD);
    const text = JSON.stringify(whole).replace(
      '"data_type":"picklist"',
      '"data_type":"picklist","length":"long"',
    );
    expect(() => parseSnapshot(text, 'x.json')).toThrow(
      'x.json has for "length" of Deals.Empty something that Zoho never answers there.',
    );
  });

  it('holds for a plan nothing that a snapshot never keeps', async () => {
    const whole = await kept(WORLD);
    const text = JSON.stringify(whole).replaceAll('"data_type"', '"created_by":{"name":"Cara"},"data_type"');
    expect(parseSnapshot(text, 'x.json')).toEqual(whole);
  });

  it('is refused where it is nested deeper than anything that is ever kept', async () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const text = JSON.stringify({ ...(await kept(WORLD)), more: 0 }).replace('"more":0', `"more":${deep}`);
    expect(codeOf(text)).toBe('snapshot-damaged');
  });

  it('never ends in anything but a refusal or a plan, whatever was changed in it', async () => {
    const whole = await kept(WORLD);
    const path = fc.constantFrom(...pathsOf(whole as unknown as Json));
    await fc.assert(
      fc.asyncProperty(path, fc.jsonValue() as fc.Arbitrary<Json>, async (at, value) => {
        const text = JSON.stringify(replaced(whole as unknown as Json, at, value));
        if (codeOf(text) !== undefined) return;
        const snapshot = parseSnapshot(text, 'x.json');
        const refused = await doubtsOf(snapshot).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(refused === undefined || (refused instanceof Problem && refused.kind === 'invalid')).toBe(
          true,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is known by how it begins, whatever comes after', async () => {
    const text = await textOf(WORLD);
    expect(looksKept('snapshot', text.slice(0, 100))).toBe(true);
    expect(
      ['', 'module: Deals', '{"kind": "snapshot"}', text.replace('snapshot', 'saved-plan')].some((one) =>
        looksKept('snapshot', one),
      ),
    ).toBe(false);
  });
});

describe('what a plan of a snapshot cannot know', () => {
  it('is told only where something is missing', async () => {
    const told = manifestOf(want('Risk', { type: 'picklist', pick_list_values: [{ actual_value: 'Low' }] }));
    expect(await codes(await kept(WORLD), 0, 7, told)).toEqual([]);
  });

  it('are names that nobody looked up', async () => {
    expect(await codes(await kept(WORLD))).toEqual(['snapshot-lacks-names']);
    expect(await codes(await kept({ ...WORLD, modules: new Map([['Accounts', []]]) }))).toEqual([]);
  });

  it('are options and tooltips, where names alone were kept', async () => {
    const snapshot = await kept(WORLD, { ...PLACE, namesOnly: true });
    const [first] = await doubtsOf(snapshot);
    expect(first).toMatchObject({
      code: 'snapshot-names-only',
      message: expect.stringContaining('Deals.Risk') as string,
    });
    const { plan } = await planOfSnapshot(WORLD.manifest, snapshot);
    expect(plan.modules[0]?.entries[0]?.action).toBe('in_sync');
  });

  it('are options that were never asked for, and are not taken for none', async () => {
    const later = manifestOf(want('Empty', { type: 'picklist', pick_list_values: [{ actual_value: 'A' }] }));
    const snapshot = await kept(WORLD);
    expect(await codes(snapshot, 0, 7, later)).toEqual(['snapshot-lacks-key']);
    expect((await planOfSnapshot(later, snapshot)).plan.summary.in_sync).toBe(1);
  });

  it('is a module that it does not hold', async () => {
    const leads = { ...WORLD.manifest, modules: [{ module: 'Leads', fields: [] }] };
    await expect(planOfSnapshot(leads, await kept(WORLD))).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('holds only those of Deals') as string,
    });
  });

  it.each([
    [7 * 86_400, 7, []],
    [7 * 86_400 + 1, 7, ['snapshot-old']],
    [7 * 86_400 + 1, 8, []],
    [1, 0, ['snapshot-old']],
    [-5, 7, ['snapshot-from-the-future']],
  ])('is what happened since: after %i seconds, with %i days, %j', async (age, most, expected) => {
    const told = manifestOf(want('Risk', { type: 'picklist' }));
    expect(await codes(await kept(WORLD), age, most, told)).toEqual(expected);
  });

  it('is told by an age in words', () => {
    expect([0, 59, 60, 3599, 7200, 86_400, 6.5 * 86_400].map(ageWords)).toEqual([
      'less than a minute',
      'less than a minute',
      '1 minute',
      '59 minutes',
      '2 hours',
      '1 day',
      '6 days',
    ]);
    expect(ageInSeconds('2026-11-26T10:00:00.000Z', Date.parse('2026-11-26T10:01:00.900Z'))).toBe(60);
  });
});

describe('hostile text in a snapshot', { timeout: 120_000 }, () => {
  it('acts in no format, and each says first that it is not live', async () => {
    for (const payload of PAYLOADS.filter((_, index) => index % 3 === 0)) {
      const snapshot = parseSnapshot(
        JSON.stringify({
          ...(await kept({
            ...WORLD,
            deals: [
              has('Deal_Name', { custom: false, label: payload }),
              has('Risk', { label: payload, pick_list_values: options(payload) }),
            ],
          })),
          api_host: payload,
          organisation: { id: payload, name: payload, type: payload },
        }),
        payload,
      );
      const { plan } = await planOfSnapshot(WORLD.manifest, snapshot);
      const view = { path: payload, takenAt: snapshot.taken_at, ageSeconds: 86_400 };
      const renders = planRenders(plan, {
        target: {
          dataCentre: snapshot.data_centre,
          apiHost: payload,
          organisation: { id: payload, name: payload, type: payload },
        },
        requests: { read: 0, write: 0 },
        diagnostics: snapshotDoubts(plan, snapshot, { path: payload, ageSeconds: 9e6, maxAgeDays: 7 }),
        gaps: [],
        inSync: true,
        unmanaged: true,
        snapshot: view,
        ...LOOK,
      });
      const [text, json, markdown, html, github] = await Promise.all(
        (['text', 'json', 'markdown', 'html', 'github'] as const).map(
          async (format) => (await renders[format]?.()) ?? '',
        ),
      );
      const sins = [
        ...rawControls(text ?? ''),
        ...runnerSins(text ?? ''),
        ...rawControls(json ?? ''),
        ...runnerSins(json ?? ''),
        ...markdownSins(markdown ?? ''),
        ...htmlSins(html ?? ''),
        ...rawControls(github ?? ''),
      ];
      expect([payload, sins]).toEqual([payload, []]);
      expect(text).toMatch(/^Not live: /u);
      expect(markdown).toMatch(/^<!-- [^\n]+ -->\n\n\*\*Not live\*\*/u);
      expect(html).toMatch(/<h1>Not live: /u);
      expect(github).toMatch(/^::warning title=Not live::/u);
      expect(JSON.parse(json ?? '')).toMatchObject({
        live: false,
        snapshot: { taken_at: snapshot.taken_at, age_seconds: 86_400 },
      });
    }
  });
});

/** A lead's field goes to a field that is named by a text or by an object (sheet §2.3). */
function isEither([first, ...rest]: readonly (string | number)[], other: unknown): boolean {
  return first === 'convert_mapping' && rest.length === 1 && ['string', 'object'].includes(kindOf(other));
}

function valueAt(value: Json, path: readonly (string | number)[]): Json {
  return path.reduce<Json>((inner, key) => (inner as Record<string, Json>)[key] ?? null, value);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

/** Fields that hold between them every key that a snapshot keeps, filled. */
const EVERY_KEY: readonly JsonObject[] = [
  ...examples,
  {
    ...examples[0],
    crypt: { mode: 'encryption', encrypt_case: 'uppercase' },
    external: { type: 'org', show: true },
    private: { type: 'Personal' },
    association_details: {
      lookup_field: { api_name: 'Contact_Name', id: '1' },
      related_field: { api_name: 'Email' },
    },
    history_tracking: {
      related_list_name: 'History',
      duration_configuration: 'days',
      followed_fields: [{ api_name: 'Amount' }],
    },
    convert_mapping: { Deals: 'Stage', Contacts: { api_name: 'Email' } },
    lookup: {
      query_details: { criteria: { comparator: 'equal', field: { api_name: 'Stage' }, value: 'Won' } },
    },
    formula: {
      return_type: 'text',
      sub_return_type: 'small',
      dynamic: true,
      stop_compute_conditionally: false,
    },
  },
].map((field, index): JsonObject => ({
  ...field,
  api_name: `Field_${index}`,
  field_label: `Field ${index}`,
}));
