import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { Reason } from '../../../src/model/plan.ts';
import type { Directory } from '../../../src/plan/references.ts';
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
