import { describe, expect, it } from 'vitest';
import { neededNames, resolveNames } from '../../../src/plan/references.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { manifestOf, want } from '../../support/field.ts';

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
