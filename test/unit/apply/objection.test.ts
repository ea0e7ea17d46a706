import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import { objectionOf, type Objection, type FieldOutcome } from '../../../src/apply/outcome.ts';
import type { Refusal } from '../../../src/apply/ports.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import { isObject, type Json } from '../../../src/model/json.ts';
import type { PlanEntry } from '../../../src/model/plan.ts';
import type { Path } from '../../../src/model/manifest.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { labelAtCreation } from '../../../src/plan/creation-label.ts';
import { parsePlan, serialisePlan } from '../../../src/plan/saved-plan.ts';
import { dataTypes } from '../../../src/model/data-types.ts';
import { has } from '../../support/field.ts';
import { ScriptedZoho } from '../../support/scripted-zoho.ts';
import { manifestOf, smallestField } from '../manifest/support.ts';

const TEXT = `module: Deals
fields:
  - api_name: Speed
    field_label: Model / speed
    data_type: picklist
    pick_list_values: [Slow, "Fast — on request"]
  - api_name: Long
    field_label: Long
    data_type: picklist
    pick_list_values:
      - display_value: One
        actual_value: "1"
  - {api_name: Buyer, field_label: Buyer, data_type: lookup, lookup: Contacts, display_label: Bought}
  - {api_name: Seller, field_label: Seller, data_type: lookup, lookup: Contacts}
  - {api_name: Note, field_label: Note, data_type: text, unique: true, tooltip: Help,
     profiles: {Standard: read_only, Sales: hidden}}
  - {api_name: Fee, field_label: Fee, data_type: currency, currency: normal}
`;

const profiles = new Map([
  ['Standard', '7'],
  ['Sales', '8'],
]);

function entriesOf(text: string): readonly PlanEntry[] {
  const { manifest, diagnostics } = loadManifest({
    path: 'fields.yaml',
    bytes: new TextEncoder().encode(text),
  });
  if (manifest === undefined) throw new Error(JSON.stringify(diagnostics));
  const live = [{ module: 'Deals', fields: [has('Deal_Name', { custom: false })] }];
  return makePlan(manifest, live, { profiles }).modules[0]?.entries ?? [];
}

function objection(api_name: string, refusal: Partial<Refusal>): Objection | undefined {
  const entry = entriesOf(TEXT).find((one) => one.field.api_name === api_name);
  if (entry === undefined) throw new Error(`${api_name} is not declared`);
  const whole = { code: 'INVALID_DATA', message: 'invalid data', ...refusal };
  return objectionOf(entry, whole, labelAtCreation(entry.field));
}

describe('what Zoho objects to is told as the manifest has it', () => {
  it.each<[string, Path, string, Json, number, number]>([
    ['Speed', ['pick_list_values', 1, 'display_value'], 'pick_list_values[1]', 'Fast — on request', 6, 30],
    ['Speed', ['pick_list_values', 0, 'actual_value'], 'pick_list_values[0]', 'Slow', 6, 24],
    ['Long', ['pick_list_values', 0, 'actual_value'], 'pick_list_values[0].actual_value', '1', 12, 23],
    ['Buyer', ['lookup', 'module', 'api_name'], 'lookup', 'Contacts', 13, 70],
    ['Buyer', ['lookup', 'display_label'], 'display_label', 'Bought', 13, 95],
    ['Note', ['unique', 'case_sensitive'], 'unique', true, 15, 66],
    ['Note', ['tooltip', 'value'], 'tooltip', 'Help', 15, 81],
    ['Note', ['tooltip', 'name'], 'tooltip', 'Help', 15, 81],
    ['Note', ['profiles', 1, 'id'], 'profiles.Sales', 'hidden', 16, 45],
    ['Fee', ['currency', 'rounding_option'], 'currency', 'normal', 17, 70],
    ['Fee', ['api_name'], 'api_name', 'Fee', 17, 16],
    ['Fee', ['field_label'], 'field_label', 'Fee', 17, 34],
  ])('%s at %j', (api_name, path, key, value, line, column) => {
    expect(objection(api_name, { path })).toEqual({ key, value, line, column });
  });

  it('the label that a field is only created with is its API name', () => {
    expect(objection('Speed', { path: ['field_label'] })).toEqual({
      key: 'api_name',
      value: 'Speed',
      line: 3,
      column: 15,
    });
  });

  it('what the manifest leaves out has the place of the field', () => {
    const leftOut = { key: 'lookup.display_label', line: 14, column: 5 };
    expect(objection('Seller', { path: ['lookup', 'display_label'] })).toEqual(leftOut);
  });

  it('a key without a path is looked for at the top only, and no place is made up', () => {
    expect(objection('Note', { key: 'tooltip' })).toMatchObject({ key: 'tooltip', line: 15, column: 81 });
    expect(objection('Note', { key: 'case_sensitive' })).toBeUndefined();
    expect(objection('Note', {})).toBeUndefined();
    expect(objection('Note', { key: 'x', path: [] })).toBeUndefined();
    expect(objection('Note', { key: '__proto__' })).toBeUndefined();
  });

  it('a saved plan, which has no text, tells key, value and the line of the field', () => {
    const { manifest } = loadManifest({ path: 'fields.yaml', bytes: new TextEncoder().encode(TEXT) });
    if (manifest === undefined) throw new Error('not valid');
    const made = makePlan(manifest, [{ module: 'Deals', fields: [has('Deal_Name', { custom: false })] }], {
      profiles,
    });
    const [speed] = parsePlan(serialisePlan(made), 'deals.plan').modules[0]?.entries ?? [];
    const refusal = {
      code: 'INVALID_DATA',
      message: '',
      path: ['pick_list_values', 1, 'display_value'],
    };
    expect(speed && objectionOf(speed, refusal, 'Speed')).toEqual({
      key: 'pick_list_values[1].display_value',
      value: 'Fast — on request',
      line: 3,
    });
  });
});

describe('a refusal', () => {
  const outcome = async (refusal: Partial<Refusal>): Promise<FieldOutcome | undefined> => {
    const zoho = new ScriptedZoho(has('Deal_Name', { custom: false }));
    const whole = { code: 'INVALID_DATA', message: 'invalid data', item: 0, ...refusal };
    zoho.onPost = [() => ({ kind: 'answered', items: [{ status: 'error', refusal: whole }] })];
    const text = TEXT.split('\n').slice(0, 6).join('\n');
    const { manifest } = loadManifest({ path: 'fields.yaml', bytes: new TextEncoder().encode(text) });
    if (manifest === undefined) throw new Error('not valid');
    const live = [{ module: 'Deals', fields: zoho.planned() }];
    return (await applyPlan(makePlan(manifest, live, {}), live, zoho.ports)).fields[0];
  };

  it('says what it is about, with its value and its place', async () => {
    const path = ['pick_list_values', 1, 'display_value'];
    const told = await outcome({ key: 'display_value', path });
    expect(told).toMatchObject({ objection: { key: 'pick_list_values[1]', line: 6, column: 30 } });
    expect(told?.reasons[0]?.message).toBe(
      'Zoho refused the field with INVALID_DATA about "pick_list_values[1]", which is "Fast — on request" (line 6, column 30 of the manifest): invalid data',
    );
  });

  it('says of a key that is missing that the manifest leaves it out', async () => {
    const told = await outcome({ code: 'MANDATORY_NOT_FOUND', message: 'missing', path: ['currency'] });
    expect(told?.reasons[0]?.message).toBe(
      'Zoho refused the field with MANDATORY_NOT_FOUND about "currency", which the manifest leaves out (line 3, column 5 of the manifest): missing',
    );
  });

  it('names a list by its key alone', async () => {
    const told = await outcome({ path: ['pick_list_values'] });
    expect(told?.reasons[0]?.message).toContain(
      'about "pick_list_values" (line 6, column 23 of the manifest):',
    );
  });
});

/** Every way to a value that is neither a mapping nor a list. */
function leaves(value: Json, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => leaves(item, [...path, index]));
  if (!isObject(value)) return [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

describe('in any manifest', () => {
  it('whatever Zoho may object to of what is sent is found, and the place has that value', () => {
    fc.assert(
      fc.property(fc.subarray([...dataTypes], { minLength: 1, maxLength: 4 }), fc.nat(3), (types, indent) => {
        const fields = types.map((type, index) => ({
          ...smallestField(type),
          api_name: `F${index}`,
          field_label: `Field ${index}`,
          tooltip: 'Help',
        }));
        const text = JSON.stringify(JSON.parse(manifestOf(...fields)), undefined, indent);
        const lines = text.split('\n');
        const { manifest } = loadManifest({ path: 'x.yaml', bytes: new TextEncoder().encode(text) });
        const live = [{ module: 'Deals', fields: [has('Deal_Name', { custom: false })] }];
        const plan = manifest && makePlan(manifest, live, {});
        for (const entry of plan?.modules[0]?.entries ?? []) {
          if (entry.action !== 'create') continue;
          for (const path of leaves(entry.field.declared)) {
            const refusal = { code: 'X', message: '', path };
            const found = objectionOf(entry, refusal, entry.field.field_label ?? '');
            const rest = lines[(found?.line ?? 0) - 1]?.slice((found?.column ?? 0) - 1) ?? '';
            const value = found?.value ?? null;
            expect(
              typeof value === 'object' ? /^[[{]/u.test(rest) : rest.startsWith(JSON.stringify(value)),
            ).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
