import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/model/journal.ts';
import { unsettledMs } from '../../src/plan/unsettled.ts';

const HOUR = 3_600_000;
const NOW = 100 * HOUR;

function note(event: JournalEntry['event'], at?: number, api_name = 'RiskId'): JournalEntry {
  return { event, module: 'Deals', api_name, ...(at === undefined ? {} : { at }) };
}

describe('what an interrupted run may still have on its way', () => {
  it.each<[number, string, readonly JournalEntry[]]>([
    [0, 'nothing in the journal', []],
    [5000, 'an intent of this moment', [note('intent', NOW)]],
    [5000, 'an intent of an hour ago: the clock may have been set', [note('intent', NOW - HOUR)]],
    [5000, 'an intent of a clock that was set back since', [note('intent', NOW + HOUR)]],
    [0, 'an intent of last week', [note('intent', NOW - 25 * HOUR)]],
    [5000, 'an intent that is not quite a day old', [note('intent', NOW - 24 * HOUR + 1)]],
    [0, 'an intent that is a day old', [note('intent', NOW - 24 * HOUR)]],
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
        { ...note('labelled', NOW), module: 'Dea', api_name: 'lsRisk' },
      ],
    ],
    [0, 'an intent of an older version, which noted no time', [note('intent')]],
    [0, 'an intent that was refused', [note('intent', NOW), note('refused', NOW)]],
    [5000, 'a refusal of another field', [note('intent', NOW), note('refused', NOW, 'Other')]],
    [3000, 'a field created two seconds ago', [note('intent', NOW), note('created', NOW - 2000)]],
    [5000, 'a field created by a clock that was set back since', [note('created', NOW + HOUR)]],
    [0, 'a field created long ago', [note('intent', NOW), note('created', NOW - 6000)]],
    [0, 'a field that got its label', [note('created', NOW), note('labelled', NOW)]],
    [4000, 'the longer of two waits', [note('created', NOW - 2000), note('created', NOW - 1000, 'Other')]],
  ])('is waited for %i ms after %s', (ms, _, journal) => {
    expect(unsettledMs(journal, NOW, 5000)).toBe(ms);
  });
});
