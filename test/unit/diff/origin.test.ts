import { describe, expect, it } from 'vitest';
import { findOrigins } from '../../../src/diff/origin.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';

function origins(
  before: readonly DesiredField[],
  after: readonly DesiredField[],
  live: readonly LiveField[],
): Readonly<Record<string, string>> {
  const read = [{ module: 'Deals', fields: live }];
  const plan = makePlan(manifestOf(...after), read, {});
  const found = findOrigins(plan, makePlan(manifestOf(...before), read, {}));
  return Object.fromEntries([...found].map(([entry, origin]) => [entry.field.api_name, origin]));
}

describe('whose change a row is', () => {
  it('is this one for a new field, and an older one for a field that waited before', () => {
    const old = want('Old', { length: 5 });
    expect(origins([old], [{ ...old, line: 40 }, want('New', { length: 5 })], [])).toEqual({
      Old: 'already_waiting',
      New: 'this_change',
    });
  });

  it('is this one for a field whose declaration changed, even if it waited before', () => {
    expect(origins([want('A', { length: 5 })], [want('A', { length: 6 })], [])).toEqual({ A: 'this_change' });
  });

  it('is this one where only the label of a waiting field changed', () => {
    expect(origins([want('A', { label: 'Old' })], [want('A', { label: 'New' })], [])).toEqual({
      A: 'this_change',
    });
  });

  it('is nobody here where Zoho differs in the same way before and after', () => {
    const live = [has('A', { length: 9 })];
    expect(origins([want('A', { length: 5 })], [want('A', { length: 5 })], live)).toEqual({
      A: 'changed_in_zoho',
    });
    expect(origins([want('A', { length: 9 })], [want('A', { length: 5 })], live)).toEqual({
      A: 'this_change',
    });
  });

  it('is not told of a field that is as declared and was so before', () => {
    const live = [has('A', { length: 5 }), has('B', { length: 5 })];
    const [a, b] = [want('A', { length: 5 }), want('B', { length: 5 })];
    expect(origins([a], [a, b], live)).toEqual({ B: 'this_change' });
  });

  it('is told of conflicts by whether the field is there', () => {
    const wishes = [want('A', { type: 'integer' }), want('B', { create: false })];
    expect(origins(wishes, wishes, [has('A', {})])).toEqual({ A: 'changed_in_zoho', B: 'already_waiting' });
  });

  it('ignores what only people read', () => {
    const base = want('A', { length: 5 });
    expect(origins([base], [{ ...base, description: 'new words' }], [])).toEqual({ A: 'already_waiting' });
  });
});
