import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attempt } from '../../../src/apply/attempt.ts';
import { createBody } from '../../../src/apply/send.ts';
import { creatableTypes, type DataType } from '../../../src/model/data-types.ts';
import { isObject, type Json, type JsonObject } from '../../../src/model/json.ts';
import { asText } from '../../../src/emulator/json.ts';
import { first, visit, type Visit } from '../../emulator/support.ts';
import { load, manifestOf, sampleOf, smallestField } from './support.ts';

/**
 * The local Zoho was written from the sheet without a look at the manifest's rules: a second opinion on what the file alone
 * shows (contract §2). One structural mistake refuses a whole batch (sheet §3.7), so none may pass.
 */

/** A Zoho that lacks no feature and takes no key too many, and samples that name only what it has: references and editions are not judged here. */
async function open() {
  const visitor = await visit({
    switches: { unknownKeys: 'INVALID_DATA' },
    organisation: { hipaa: true, gdpr: true, edition: 'ultimate' },
  });
  const set = first(await visitor.get('/crm/v8/settings/global_picklists'), 'global_picklists');
  const profile = first(await visitor.get('/crm/v8/settings/profiles'), 'profiles');
  const known: Readonly<Record<string, Json>> = {
    profiles: [{ id: profile['id'] ?? '', permission_type: 'read_only' }],
    global_picklist: { id: set['id'] ?? '' },
  };
  const sample = (key: string, type: DataType): Json => {
    const value = known[key] ?? sampleOf(key, type);
    return key === 'lookup' && isObject(value) && 'module' in value
      ? { ...value, module: { api_name: 'Accounts' } }
      : value;
  };
  return { visitor, sample };
}

/** Values of every kind, empty ones among them. */
const ANYTHING: readonly Json[] = [{}, [], '', ' ', 0, -1, 1.5, true, false];

/** The value with one thing wrong, at any depth: a key or an item left out, or anything in its place. */
function spoilt(value: Json): readonly Json[] {
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    return [
      ...ANYTHING,
      ...items.map((_, index) => items.toSpliced(index, 1)),
      ...items.flatMap((item, index) => spoilt(item).map((other) => items.with(index, other))),
    ];
  }
  if (!isObject(value)) return ANYTHING;
  return [
    ...ANYTHING,
    ...Object.keys(value).map((key) => without(value, key)),
    ...Object.entries(value).flatMap(([key, inner]) =>
      spoilt(inner).map((other) => ({ ...value, [key]: other })),
    ),
  ];
}

function without(object: JsonObject, key: string): JsonObject {
  const { [key]: _left, ...rest } = object;
  return rest;
}

interface Refused {
  readonly field: JsonObject;
  readonly answer: Json;
}

/** What Zoho refuses of a field that the manifest lets pass without a doubt. */
async function refusals(
  field: JsonObject,
  { visitor }: { readonly visitor: Visit },
): Promise<readonly Refused[]> {
  const { manifest, diagnostics } = load(manifestOf(field));
  const desired = manifest?.modules[0]?.fields[0];
  if (desired === undefined || diagnostics.length > 0) return [];
  const entry = { module: 'Deals', action: 'create' as const, field: desired, differences: [], reasons: [] };
  const answer = await visitor.create(createBody(new Attempt(entry, new Set()), true));
  if (answer.status !== 201) return [{ field, answer: answer.body }];
  const { details } = first(answer);
  const id = isObject(details) ? asText(details['id']) : '';
  await visitor.remove(`/crm/v8/settings/fields/${id}?module=Deals`);
  return [];
}

const eachType = creatableTypes.map((type) => [type.name, type] as const);

describe.each(eachType)('a field of type %s that passes is one that Zoho creates', (_name, type) => {
  it('whatever is left out or wrong in one of its keys', async () => {
    const world = await open();
    const refused: Refused[] = [];
    for (const key of type.keys) {
      const sample = world.sample(key, type);
      for (const value of [sample, ...spoilt(sample)])
        refused.push(...(await refusals(fieldWith({ [key]: value }, type), world)));
    }
    expect(refused).toEqual([]);
  });

  it('with any of its keys together', async () => {
    const world = await open();
    await fc.assert(
      fc.asyncProperty(fc.subarray([...type.keys]), async (keys) => {
        const values = Object.fromEntries(keys.map((key) => [key, world.sample(key, type)]));
        expect(await refusals(fieldWith(values, type), world)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

/** A picklist of an organisation's set has no options of its own. */
function fieldWith(keys: JsonObject, type: DataType): JsonObject {
  const least = smallestField(type);
  return { ...('global_picklist' in keys ? without(least, 'pick_list_values') : least), ...keys };
}
