import type { JournalEntry } from '../model/journal.ts';

/**
 * How long to wait before live tells what became of a POST whose run ended without an answer, in milliseconds.
 *
 * A request may still take effect for the settle time after its sender has given up. When that was is not known; it was
 * not later than now, and not later than the request's own time limit.
 * @param now milliseconds since the epoch; a clock that was set back makes the wait longer, never shorter.
 */
export function youngIntentMs(
  journal: readonly JournalEntry[],
  now: number,
  { settleMs, timeoutMs }: { readonly settleMs: number; readonly timeoutMs: number },
): number {
  const last = new Map(journal.map((entry) => [`${entry.module} ${entry.api_name}`, entry]));
  const waits = [...last.values()].map(({ event, at }) => {
    if (event !== 'intent' || typeof at !== 'number') return 0;
    const givenUp = at > now ? now : Math.min(now, at + timeoutMs);
    return givenUp + settleMs - now;
  });
  return Math.max(0, ...waits);
}
