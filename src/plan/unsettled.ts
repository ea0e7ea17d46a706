import type { JournalEntry } from '../model/journal.ts';

/** An intent that is older came to what it came to, whatever a clock was set to since. */
const ONE_DAY_MS = 86_400_000;

/**
 * How long to wait before live can be believed after an earlier run that did not end well, in milliseconds.
 *
 * A request whose answer nobody heard may take effect for the settle time after its run was killed, and nobody noted
 * when that was. What was created is visible within the settle time of its creation.
 * @param now milliseconds since the epoch.
 */
export function unsettledMs(journal: readonly JournalEntry[], now: number, settleMs: number): number {
  const last = new Map(journal.map((entry) => [`${entry.module} ${entry.api_name}`, entry]));
  const waits = [...last.values()].map(({ event, at }) => {
    const age = typeof at === 'number' ? now - at : Infinity;
    if (event === 'intent' || event === 'labelling') return age < ONE_DAY_MS ? settleMs : 0;
    return event === 'created' ? Math.min(settleMs, settleMs - age) : 0;
  });
  return Math.max(0, ...waits);
}
