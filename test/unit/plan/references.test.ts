import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { Reason } from '../../../src/model/plan.ts';
import { neededNames, resolveNames, type Directory } from '../../../src/plan/references.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';

const MODULES: Directory = {
  modules: new Map([
    ['Accounts', ['Companies', 'Company']],
    ['Contacts', []],
    ['Deals', []],
  ]),
};

function reasons(
  wishes: readonly DesiredField[],
  {
    live = [],
    directory = MODULES,
    contacts,
  }: {
    readonly live?: readonly LiveField[];
    readonly directory?: Directory;
    readonly contacts?: readonly LiveField[];
  } = {},
): readonly Reason[] {
  const read = [{ module: 'Deals', fields: live }];
  const both = contacts === undefined ? read : [...read, { module: 'Contacts', fields: contacts }];
  return makePlan(manifestOf(...wishes), both, directory).modules[0]?.entries.at(-1)?.reasons ?? [];
}

const lookup = (api_name: string, more: Json = {}) =>
  want('Link', {
    type: 'lookup',
    lookup: { module: { api_name }, display_label: 'Deals', ...(more as object) },
  });
const codes = (found: readonly Reason[]) => found.map(({ code }) => code);

describe('a module that a new field points to', () => {
  it('has to be there; the one that was meant is offered', () => {
    expect(reasons([lookup('Acounts')])).toEqual([
      {
        code: 'unknown-module',
        message:
          '"lookup.module" names the module "Acounts", and this organisation has none of that API name.',
        remedy: 'Did you mean Accounts? Write "Accounts" instead of "Acounts".',
      },
    ]);
    expect(reasons([lookup('Accounts')])).toEqual([]);
  });

  it('is found by what an admin calls it', () => {
    expect(reasons([lookup('companies')])[0]?.remedy).toBe(
      'Did you mean Accounts? Write "Accounts" instead of "companies".',
    );
  });

  it('is one of those that are named, where none is near', () => {
    expect(reasons([lookup('Shipments')])[0]?.remedy).toBe('Use one of: Accounts, Contacts, Deals.');
  });

  it('is looked for wherever a type names it', () => {
    const many = want('Link', {
      type: 'multiselectlookup',
      multiselectlookup: { connected_details: { module: { api_name: 'Kontacts' } } },
    });
    expect(reasons([many])[0]?.message).toContain('"multiselectlookup.connected_details.module"');
    const sum = want('Sum', {
      type: 'rollup_summary',
      rollup_summary: { based_on_module: { api_name: 'Quote' } },
    });
    expect(codes(reasons([sum]))).toEqual(['unknown-module']);
  });

  it('is left to Zoho where the list could not be read, or is empty', () => {
    expect(reasons([lookup('Acounts')], { directory: {} })).toEqual([]);
    expect(reasons([lookup('Acounts')], { directory: { modules: new Map() } })).toEqual([]);
  });

  it('is no matter of a field that exists', () => {
    const live = [has('Link', { type: 'lookup', lookup: { module: { api_name: 'Acounts' } } })];
    expect(codes(reasons([lookup('Acounts')], { live }))).toEqual([]);
  });
});

describe('a field that a new field names', () => {
  it('is live or declared, or a conflict with the one that was meant', () => {
    const sum = want('Net', {
      type: 'formula',
      formula: { expression: 'Sqrt(${Amonut} + ${Rate} + ${id})' },
    });
    expect(reasons([want('Rate'), sum], { live: [has('Amount')] })).toEqual([
      {
        code: 'unknown-field',
        message:
          '"formula.expression" names the field "Amonut", and neither Deals nor this manifest has one of that API name.',
        remedy: 'Did you mean Amount? Write "Amount" instead of "Amonut".',
      },
    ]);
    expect(reasons([want('Rate'), want('Amonut'), sum])).toEqual([]);
  });

  it('may be followed by a history, or be reached through a lookup', () => {
    const history = want('Tier', {
      type: 'picklist',
      history_tracking: { followed_fields: [{ api_name: 'Stgae' }] },
    });
    expect(codes(reasons([history], { live: [has('Stage')] }))).toEqual(['unknown-field']);
    const live = [has('Buyer', { type: 'lookup', lookup: { module: { api_name: 'Contacts' } } })];
    const through = (lookup_field: string, related_field: string) =>
      want('Mail', {
        association_details: {
          lookup_field: { api_name: lookup_field },
          related_field: { api_name: related_field },
        },
      });
    const contacts = [has('Email')];
    expect(reasons([through('Buyer', 'Email')], { live, contacts })).toEqual([]);
    expect(codes(reasons([through('Byuer', 'Email')], { live, contacts }))).toEqual(['unknown-field']);
    expect(reasons([through('Buyer', 'Emial')], { live, contacts })[0]?.message).toContain(
      'neither Contacts nor',
    );
    expect(reasons([through('Buyer', 'Emial')], { live }), 'contacts were not read').toEqual([]);
  });

  it('may stand in a condition or be summed up, in the module that was read for another reason', () => {
    const contacts = [has('Score')];
    const where = (name: string): Json => ({
      query_details: {
        criteria: { group_operator: 'and', group: [{ field: { api_name: name } }, { value: 1 }] },
      },
    });
    expect(codes(reasons([lookup('Contacts', where('Scoer'))], { contacts }))).toEqual(['unknown-field']);
    for (const name of ['Score', 'Link', 'Owner.email']) {
      expect(reasons([lookup('Contacts', where(name))], { contacts }), name).toEqual([]);
    }
    const sum = (name: string) =>
      want('Sum', {
        type: 'rollup_summary',
        rollup_summary: {
          based_on_module: { api_name: 'Contacts' },
          expression: { function_parameters: [{ api_name: name }, 'odd'] },
        },
      });
    expect(codes(reasons([sum('Scoer')], { contacts }))).toEqual(['unknown-field']);
    expect(reasons([sum('id')], { contacts })).toEqual([]);
    expect(reasons([sum('Scoer')])).toEqual([]);
  });
});

const standard = { name: 'Standard', permission_type: 'hidden' };
const byId = { id: '7', permission_type: 'read_only' };

describe('a profile', () => {
  it('that is given by its id is taken at its word beside one that is given by its name', () => {
    const { field, reasons } = resolveNames(want('A', { profiles: [byId, standard] }), {
      profiles: new Map([['Standard', '1']]),
    });
    expect(field.declared).toEqual({ profiles: [byId, { ...standard, id: '1' }] });
    expect(reasons).toEqual([]);
  });

  it('that nobody knows is one reason for each, and the field stays as it was declared', () => {
    const wish = want('A', { profiles: [standard, { name: 'Sales', permission_type: 'hidden' }] });
    const { field, reasons } = resolveNames(wish, { profiles: new Map([['Other', '1']]) });
    expect(field).toEqual(wish);
    expect(reasons.map((reason) => reason.message)).toEqual([
      'This organisation has no profile named "Standard".',
      'This organisation has no profile named "Sales".',
    ]);
    expect(resolveNames(wish, { profiles: new Map() }).reasons[0]).toEqual({
      code: 'unknown-profile',
      message: 'This organisation has no profile named "Standard".',
      remedy: 'Create the profile in Zoho first, or take it out of the manifest.',
    });
  });

  it('that nobody was allowed to look up stays, and is still needed', () => {
    const wish = want('A', { profiles: [standard], global_picklist: { api_name: 'Source' } });
    const unknown = resolveNames(wish, {});
    expect(unknown).toEqual({ field: wish, reasons: [] });
    expect(neededNames(unknown.field)).toMatchObject({ profiles: true, globalPicklists: true });
  });

  it('may stand beside something odd, and is found all the same', () => {
    const profiles = new Map([['Standard', '1']]);
    expect(resolveNames(want('A', { profiles: ['odd', standard] }), { profiles }).field.declared).toEqual({
      profiles: [{ ...standard, id: '1' }],
    });
    const odd = want('A', { profiles: 'odd', global_picklist: 'odd' });
    expect(resolveNames(odd, { profiles })).toEqual({ field: odd, reasons: [] });
  });
});

describe('a global picklist', () => {
  const wish = want('B', { type: 'picklist', length: 5, global_picklist: { api_name: 'Source' } });

  it('gets its id beside everything else that is declared', () => {
    expect(resolveNames(wish, { globalPicklists: new Map([['Source', '9']]) }).field.declared).toEqual({
      length: 5,
      global_picklist: { api_name: 'Source', id: '9' },
    });
  });

  it('that nobody knows is a conflict that names those there are, in their order', () => {
    const globalPicklists = new Map(['Zeta', 'Alpha'].map((name) => [name, '1']));
    const [entry] = makePlan(manifestOf(wish), [], { globalPicklists }).modules[0]?.entries ?? [];
    expect(entry).toMatchObject({ action: 'conflict', field: wish });
    expect(entry?.reasons).toEqual([
      {
        code: 'unknown-global-picklist',
        message: 'This organisation has no global picklist named "Source".',
        remedy: 'Use one of: Alpha, Zeta.',
      },
    ]);
  });

  it('whose name is no name is known to nobody', () => {
    const odd = want('B', { global_picklist: { api_name: 7 } });
    const globalPicklists = new Map([['7', '1']]);
    expect(resolveNames(odd, { globalPicklists }).reasons).toHaveLength(1);
  });

  it('is offered among ten at most', () => {
    const named = (count: number) => new Map(Array.from({ length: count }, (_, at) => [`P${at}`, '1']));
    const remedy = (count: number) =>
      resolveNames(wish, { globalPicklists: named(count) }).reasons[0]?.remedy;
    expect(remedy(10)).toBe('Use one of: P0, P1, P2, P3, P4, P5, P6, P7, P8, P9.');
    expect(remedy(11)).toBe('Use one of: P0, P1, P10, P2, P3, P4, P5, P6, P7, P8, ….');
  });
});
