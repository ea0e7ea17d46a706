import type { Switches } from '../../../src/emulator/switches.ts';
import type { WishName } from './wishes.ts';
import { randomNumbers } from '../../../src/emulator/faults/fault.ts';

/** When a run is killed. */
export type Aim =
  /** So long after it was started, or after Zoho heard of it first: most of a short run is its start. */
  | { readonly at: 'moment'; readonly from: 'start' | 'first request'; readonly part: number }
  /** The moment a request of it arrives, of which Zoho then does all, nothing, or the first few items. */
  | {
      readonly at: 'request';
      readonly method: 'GET' | 'POST' | 'PATCH';
      readonly nth: number;
      readonly commit: 'all' | 'none' | number;
    }
  /** The moment a request of it arrives, which takes effect so much later. */
  | {
      readonly at: 'late';
      readonly method: 'POST' | 'PATCH';
      readonly nth: number;
      readonly lateMs: number;
    };

/** One history: an organisation, and runs that are killed one after the other before one is let be. */
export interface Scenario {
  readonly wish: WishName;
  /** All runs apply one saved plan instead of the manifest. */
  readonly saved: boolean;
  readonly switches: Partial<Switches>;
  readonly settleMs: number;
  readonly kills: readonly Aim[];
}

/** Long enough that a busy machine cannot make a late effect later than it. */
const SETTLE_MS = 1500;

/** Draws a history; the same numbers draw the same one, though a kill by the clock hits where it hits. */
export function drawScenario(seed: number, index: number): Scenario {
  const next = randomNumbers(seed * 1_000_003 + index);
  const pick = <T>(first: T, ...rest: readonly T[]): T =>
    [first, ...rest][Math.floor(next() * (rest.length + 1))] ?? first;
  const apiNameInBody = pick('honour', 'ignore', 'reject');
  const switches = {
    apiNameInBody,
    duplicates: pick('accept', 'accept', 'refuse'),
    latency: pick(0, 5, 20),
    readLag: pick(0, 0, 0, 200),
  } as const;
  const kills = Array.from({ length: 1 + Math.floor(next() * 4) }, () => aim());
  return {
    wish: pick('twelve', 'twelve', 'exchange'),
    saved: next() < 0.2,
    switches,
    settleMs: SETTLE_MS,
    kills,
  };

  function aim(): Aim {
    const nth = pick(1, 1, 2, 3);
    switch (pick('start', 'request', 'request', 'first', 'first', 'late')) {
      case 'start':
        return { at: 'moment', from: 'start', part: next() };
      case 'first':
        return { at: 'moment', from: 'first request', part: next() };
      case 'request':
        return {
          at: 'request',
          method: pick('POST', 'POST', 'PATCH', 'GET'),
          nth,
          commit: pick<'all' | 'none' | number>('all', 'none', 1, 2, 3, 4),
        };
      case 'late':
        return {
          at: 'late',
          method: pick('POST', 'POST', 'PATCH'),
          nth,
          lateMs: 50 + Math.floor(next() * 600),
        };
    }
  }
}
