import { describe, expect, it } from 'vitest';
import { youngIntentMs } from '../../src/plan/young-intent.ts';
import type { JournalEntry } from '../../src/model/journal.ts';

const timing = { settleMs: 5000, timeoutMs: 30_000 };
const intent = (at?: number): JournalEntry => ({
  event: 'intent',
  module: 'Deals',
  api_name: 'RiskId',
  ...(at === undefined ? {} : { at }),
});

describe('what an interrupted run may still have on its way', () => {
  it.each<[string, readonly JournalEntry[], number]>([
    ['nothing in the journal', [], 0],
    ['an intent of this moment', [intent(100_000)], 5000],
    ['an intent whose request may only just have been given up', [intent(80_000)], 5000],
    ['an intent whose request was given up two seconds ago', [intent(68_000)], 3000],
    ['an intent that settled long ago', [intent(60_000)], 0],
    ['an intent of a clock that was set back since', [intent(900_000)], 5000],
    ['an intent of an older version, which noted no time', [intent()], 0],
    ['an intent that was answered', [intent(100_000), { ...intent(100_000), event: 'created' }], 0],
    [
      'an answer to another module',
      [intent(100_000), { ...intent(1), event: 'created', module: 'Leads' }],
      5000,
    ],
    ['the longer of two waits', [intent(68_000), { ...intent(67_000), api_name: 'Other' }], 3000],
  ])('is waited for after %s', (_, journal, ms) => {
    expect(youngIntentMs(journal, 100_000, timing)).toBe(ms);
  });
});
