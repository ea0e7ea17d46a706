import { lastWords, type JournalEntry } from '../model/journal.ts';

/** A time longer ago tells more about a clock that was set wrong than about a run: it is not relied on. */
const ONE_DAY_MS = 86_400_000;

/** A field of which an earlier run may have something on its way, and for how long it has to be waited for. */
export interface Unsettled {
  readonly entry: JournalEntry;
  readonly waitMs: number;
}

/**
 * What has to be waited for before live can be believed after an earlier run that did not end well.
 *
 * A request whose answer nobody heard may take effect for the settle time after its run was killed, and nobody noted
 * when that was: it is waited for in full, whatever the clock says, until a run has noted that it did. What was created
 * is visible within the settle time of its creation, of which the time was noted; an entry without a time that can be
 * used is waited for in full as well.
 * @param now milliseconds since the epoch.
 */
export function unsettled(
  journal: readonly JournalEntry[],
  now: number,
  settleMs: number,
): readonly Unsettled[] {
  return [...lastWords(journal).values()]
    .map((entry) => ({ entry, waitMs: waitFor(entry, now, settleMs) }))
    .filter(({ waitMs }) => waitMs > 0);
}

function waitFor({ event, at }: JournalEntry, now: number, settleMs: number): number {
  if (event === 'intent' || event === 'labelling') return settleMs;
  if (event !== 'created') return 0;
  const age = typeof at === 'number' ? now - at : Number.NaN;
  return age >= 0 && age < ONE_DAY_MS ? settleMs - age : settleMs;
}
