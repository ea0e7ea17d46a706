import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json } from '../../../src/model/json.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';
import { kept, STOCK, textOf, world } from './organisations.ts';

const PERSON = { name: 'Cara Canary', id: '6084217000000199001', email: 'cara.canary@example.com' };
const TRACES = /canary|6084217000000199001/iu;

/** Who made and changed it, in every object of a value, under every name that Zoho has for that. */
function withPeople(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withPeople(item));
  if (!isObject(value)) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, withPeople(one)] as const);
  return {
    ...Object.fromEntries(inner),
    created_by: PERSON,
    modified_by: PERSON.email,
    Owner: [PERSON],
    owner_name: PERSON.name,
    source: PERSON.id,
  };
}

describe('a snapshot', { timeout: 120_000 }, () => {
  it('holds nobody, wherever Zoho names them beside a field', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        const deals = one.deals.map((field) => ({
          ...field,
          wire: withPeople(field.wire) as typeof field.wire,
        }));
        expect(await textOf({ ...one, deals })).not.toMatch(TRACES);
      }),
      { numRuns: 200 },
    );
  });

  const condition = (rest: object): Json => ({
    comparator: 'equal',
    field: { api_name: 'Stage' },
    value: 'Won',
    ...rest,
  });

  it.each([
    ['an owner', condition({ field: { api_name: 'Owner' }, value: PERSON.name })],
    ['a user', condition({ value: PERSON })],
    ['users', condition({ value: [PERSON.id, PERSON] })],
    ['an id', condition({ value: PERSON.id })],
    ['an address', condition({ value: PERSON.email })],
    ['a name of a contact', condition({ field: { api_name: 'Contact_Name' }, value: PERSON.name })],
    [
      'an owner inside a group',
      { group_operator: 'AND', group: [condition({}), condition({ value: PERSON })] },
    ],
    ['something that nobody knows', condition({ assignee: PERSON.name })],
  ])('keeps no condition about %s, and says so', async (_, criteria) => {
    const field = has('Partner', {
      type: 'lookup',
      lookup: { module: { api_name: 'Contacts' }, display_label: 'Deals', query_details: { criteria } },
    });
    const one = {
      manifest: manifestOf(want('Partner')),
      deals: [field, STOCK],
      leads: [],
      names: undefined,
      modules: undefined,
      room: {},
    };
    expect(await textOf(one)).not.toMatch(TRACES);
    expect((await kept(one)).modules[0]?.fields[0]).toMatchObject({
      lookup: { module: { api_name: 'Contacts' }, query_details: {} },
      not_kept: ['lookup.query_details.criteria'],
    });
  });

  it('keeps conditions about nobody', async () => {
    const criteria = {
      group_operator: 'OR',
      group: [condition({}), condition({ value: ['Lost', 7, true, null] })],
    };
    const field = has('Roll_Up', {
      type: 'rollup_summary',
      rollup_summary: { return_type: 'integer', expression: { criteria } },
    });
    const one = {
      manifest: manifestOf(want('Roll_Up')),
      deals: [field, STOCK],
      leads: [],
      names: undefined,
      modules: undefined,
      room: {},
    };
    expect((await kept(one)).modules[0]?.fields[0]).toMatchObject({
      rollup_summary: { expression: { criteria } },
    });
  });

  it('of names only holds neither options nor tooltips', async () => {
    const deals = [
      has('Risk', {
        type: 'picklist',
        pick_list_values: options('Canary'),
        tooltip: { name: 'info_icon', value: 'canary' },
      }),
    ];
    const one = {
      manifest: manifestOf(want('Risk')),
      deals,
      leads: [],
      names: undefined,
      modules: undefined,
      room: {},
    };
    const text = await textOf(one, { at: 0, dataCentre: 'eu', apiHost: 'x', namesOnly: true });
    expect(text).toContain('"api_name": "Risk"');
    expect(text).not.toMatch(TRACES);
  });
});
