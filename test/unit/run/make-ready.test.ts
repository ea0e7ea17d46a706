import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../src/run/make-ready.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { Json } from '../../../src/model/json.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { Problem } from '../../../src/model/problem.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { parsePlan, serialisePlan } from '../../../src/plan/saved-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';

const live = [{ module: 'Deals', fields: [has('Owner', { id: '1', type: 'ownerlookup', custom: false })] }];
const plan = makePlan(manifestOf(want('Risk', { label: 'Risk', length: 50 })), live, {});

function withField(changes: Partial<DesiredField>, more: readonly Partial<DesiredField>[] = []): Plan {
  const [module] = plan.modules;
  const [entry] = module?.entries ?? [];
  if (module === undefined || entry === undefined) throw new Error('there is an entry');
  const entries = [changes, ...more].map((one) => ({ ...entry, field: { ...entry.field, ...one } }));
  return { ...plan, modules: [{ ...module, entries }] };
}

const declared = (changes: Readonly<Record<string, Json>>): Plan =>
  withField({ declared: { length: 50, ...changes } });

async function refusalOf(forged: Plan): Promise<readonly string[]> {
  const error: unknown = await checkPlan(forged, 'deals.plan').catch((thrown: unknown) => thrown);
  if (!(error instanceof Problem)) return expect.fail('it was believed');
  expect(error.kind).toBe('invalid');
  return error.diagnostics.map(({ message }) => message);
}

describe('a plan that comes from outside says only what a manifest could', () => {
  it.each<readonly [string, Plan, RegExp]>([
    ['another API name among the declared keys', declared({ api_name: 'Other' }), /more than its own keys/],
    ['another label among them', declared({ field_label: 'Other' }), /more than its own keys/],
    ['another type among them', declared({ data_type: 'email' }), /more than its own keys/],
    ['the same name once more among them', declared({ api_name: 'Risk' }), /more than its own keys/],
    ['a key that no manifest knows', declared({ sudo: true }), /sudo/],
    ['a key of another type of field', declared({ decimal_place: 2 }), /decimal_place/],
    ['a value of another kind', declared({ length: '50' }), /length/],
    ['a value out of its range', declared({ length: 5000 }), /length|255/],
    ['the prototype', declared(JSON.parse('{"__proto__":{"api_name":"x"}}') as Record<string, Json>), /./],
    ['a control character in the label', withField({ field_label: 'Ri\u001bsk' }), /label/],
    [
      'a hidden character in a text',
      declared({ tooltip: { name: 'info_icon', value: 'a\u202eb' } }),
      /invisible/,
    ],
    [
      'a control character in a text',
      declared({ tooltip: { name: 'info_icon', value: 'a\u0007b' } }),
      /invisible/,
    ],
    ['a label that Zoho keeps for itself', withField({ field_label: 'Notes' }), /Notes/],
    ['a label that is too long', withField({ field_label: 'x'.repeat(51) }), /50/],
    ['no label', withField({ field_label: '' }), /label/i],
    ['an API name that is none', withField({ api_name: 'a b' }), /api_name|API name/],
    ['a type that cannot be created', withField({ data_type: 'ownerlookup' }), /ownerlookup/],
    ['the same field twice', withField({}, [{}]), /have the API name "Risk"/],
    ['the same label twice', withField({}, [{ api_name: 'Risk_2' }]), /have the label "Risk"/],
    ['the same module twice', { ...plan, modules: [...plan.modules, ...plan.modules] }, /declared twice/],
    [
      'a module that is none',
      { ...plan, modules: plan.modules.map((one) => ({ ...one, module: 'a/b' })) },
      /./,
    ],
  ])('not %s', async (_, forged, says) => {
    expect((await refusalOf(forged)).join('\n')).toMatch(says);
  });

  it('tells no more than someone reads', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ api_name: `a b${index}` }));
    expect(await refusalOf(withField({}, many))).toHaveLength(10);
  });

  it('is told of in words, and what to do', async () => {
    const error: unknown = await checkPlan(declared({ sudo: true }), 'deals.plan').catch(
      (thrown: unknown) => thrown,
    );
    expect(error instanceof Problem ? error.diagnostics[0] : undefined).toMatchObject({
      code: 'plan-not-declarable',
      message: expect.stringMatching(/^deals\.plan holds what no manifest could have declared: /),
      remedy: 'Plan again: zoho-fields plan --out FILE',
    });
  });
});

describe('a plan of a manifest passes', () => {
  const planOf = (text: string): Plan => {
    const { manifest, diagnostics } = loadManifest({
      path: 'fields.yaml',
      bytes: new TextEncoder().encode(text),
    });
    if (manifest === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    const modules = manifest.modules.map(({ module }) => ({
      module,
      fields: [has('Owner', { id: '1', type: 'ownerlookup', custom: false })],
    }));
    const directory = {
      profiles: new Map([['Standard', '26014']]),
      globalPicklists: new Map([['Source', '492003']]),
    };
    return makePlan(manifest, modules, directory);
  };

  it.each<readonly [string, string]>([
    ['the example', readFileSync('fields.yaml', 'utf8')],
    [
      'with every shorthand and ids in the place of names',
      `module: Deals
fields:
  - {api_name: A, field_label: A, data_type: text, length: 50, unique: true, tooltip: Words, profiles: {Standard: read_only}, description: For people}
  - {api_name: B, field_label: B, data_type: picklist, pick_list_values: [Low, {display_value: High, actual_value: H}]}
  - {api_name: C, field_label: C, data_type: picklist, global_picklist: Source}
  - {api_name: D, field_label: D, data_type: lookup, lookup: Contacts}
  - {api_name: E, field_label: E, data_type: currency, length: 16, decimal_place: 2, currency: normal}
  - {api_name: F, field_label: F, data_type: textarea, length: 2000, textarea: small}
  - {api_name: G, field_label: G, data_type: autonumber, auto_number: {start_number: '0007', prefix: P}}
  - {api_name: 'Odd (name)', data_type: ownerlookup, create: false}
`,
    ],
    [
      'of several modules',
      'module: Deals\nfields:\n  - {api_name: A, field_label: A, data_type: text, length: 5}\n---\nmodule: Leads\nfields:\n  - {api_name: A, field_label: A, data_type: text, length: 5}\n',
    ],
  ])('%s', async (_, text) => {
    const made = planOf(text);
    await expect(
      checkPlan(parsePlan(serialisePlan(made), 'deals.plan'), 'deals.plan'),
    ).resolves.toBeUndefined();
  });
});
