import { expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { refreshPlan } from '../../../src/plan/refresh.ts';
import { has, manifestOf, want } from '../../support/field.ts';

const wishes = manifestOf(want('RiskId', { label: 'Risk ID' }));
const left = has('RiskId', { label: 'RiskId', id: '7' });
const journal: readonly JournalEntry[] = [
  { event: 'created', module: 'Deals', api_name: 'RiskId', working_label: 'RiskId', id: '7' },
];
const saved = makePlan(wishes, [{ module: 'Deals', fields: [left] }], {}, journal);
const refreshed = (label: string, id = '7') =>
  refreshPlan(saved, [
    { module: 'Deals', fields: [{ ...left, id, field_label: label, display_label: label }] },
  ]);

it('a saved plan that was to set a label holds when the label is set', () => {
  expect(saved.summary).toMatchObject({ drift: 1 });
  expect(refreshed('Risk ID').summary).toMatchObject({ in_sync: 1, drift: 0 });
});

it('no plan holds when the label is set on a field that was made anew', () => {
  const owner = has('Owner', { id: '1', custom: false });
  const before = [{ module: 'Deals', fields: [owner, left] }];
  const made = makePlan(wishes, before, {}, journal);
  expect(made.summary).toMatchObject({ drift: 1 });
  const finished = { ...left, field_label: 'Risk ID', display_label: 'Risk ID' };
  const now = (id: string) => [{ module: 'Deals', fields: [owner, { ...finished, id }] }];
  expect(refreshPlan(made, now('7')).summary).toMatchObject({ in_sync: 1 });
  expect(() => refreshPlan(made, now('8'))).toThrow(/is now there as declared/);
});

it('no plan holds when the field has another label, or is another field', () => {
  expect(() => refreshed('Something else')).toThrow(/still there but different/);
  expect(() => refreshed('Risk ID', '8')).toThrow(/another organisation/);
});
