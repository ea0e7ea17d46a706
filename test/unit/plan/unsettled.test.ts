import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal.ts';
import { unsettled } from '../../../src/plan/earlier-runs.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 0, 15);

function note(event: JournalEntry['event'], at?: number, api_name = 'RiskId'): JournalEntry {
  return { event, module: 'Deals', api_name, ...(at === undefined ? {} : { at }) };
}

/** The longest wait. */
const waitOf = (journal: readonly JournalEntry[]): number =>
  Math.max(0, ...unsettled(journal, NOW, 5000).map(({ waitMs }) => waitMs));

describe('what an interrupted run may still have on its way', () => {
  it.each<[number, string, readonly JournalEntry[]]>([
    [0, 'nothing in the journal', []],
    [5000, 'an intent of this moment', [note('intent', NOW)]],
    [5000, 'an intent of last week: the clock may have been wrong', [note('intent', NOW - 170 * HOUR)]],
    [5000, 'a label of this moment', [note('labelling', NOW)]],
    [0, 'a field created as long ago as is waited for', [note('created', NOW - 5000)]],
    [1, 'a field created just less long ago', [note('created', NOW - 4999)]],
    [5000, 'a field created at this moment', [note('created', NOW)]],
    [
      5000,
      'an intent, and the end of the same field in another module',
      [note('intent', NOW), { ...note('labelled', NOW), module: 'Leads' }],
    ],
    [
      5000,
      'an intent, and the end of a field whose names only look the same together',
      [
        { ...note('intent', NOW), module: 'Deals', api_name: 'Risk' },
        { ...note('labelled', NOW), module: 'Deals","', api_name: 'Risk' },
        { ...note('labelled', NOW), module: 'Dea', api_name: 'lsRisk' },
      ],
    ],
    [0, 'an intent that was refused', [note('intent', NOW), note('refused', NOW)]],
    [5000, 'a refusal of another field', [note('intent', NOW), note('refused', NOW, 'Other')]],
    [3000, 'a field created two seconds ago', [note('intent', NOW), note('created', NOW - 2000)]],
    [0, 'a field created long ago', [note('intent', NOW), note('created', NOW - 6000)]],
    [0, 'a field that got its label', [note('created', NOW), note('labelled', NOW)]],
    [4000, 'the longer of two waits', [note('created', NOW - 2000), note('created', NOW - 1000, 'Other')]],
    [0, 'an intent that a run has waited for', [note('intent', NOW), note('waited', NOW)]],
    [5000, 'an intent after such a wait', [note('intent', NOW), note('waited', NOW), note('intent', NOW)]],
    [5000, 'a wait for another field', [note('intent', NOW), note('waited', NOW, 'Other')]],
  ])('is waited for %i ms after %s', (ms, _, journal) => {
    expect(waitOf(journal)).toBe(ms);
  });

  it.each<readonly [string, unknown]>([
    ['is missing', undefined],
    ['is no number', '2026-01-15T00:00:00Z'],
    ['is nothing', null],
    ['is no time', Number.NaN],
    ['is to come', NOW + HOUR],
    ['is to come in an eternity', Number.MAX_VALUE],
    ['is a day ago', NOW - 24 * HOUR],
    ['is of 1970', 0],
    ['is before all times', -Number.MAX_VALUE],
  ])('is waited for in full where the time of an entry %s', (_, at) => {
    for (const event of ['intent', 'created', 'labelling'] as const)
      expect([event, waitOf([{ ...note(event), at: at as number }])]).toEqual([event, 5000]);
  });

  it('names what it waits for, and nothing else', () => {
    const journal = [note('intent', NOW), note('labelled', NOW, 'Other'), note('created', 0, 'Third')];
    expect(unsettled(journal, NOW, 5000).map(({ entry }) => entry.api_name)).toEqual(['RiskId', 'Third']);
  });
});
