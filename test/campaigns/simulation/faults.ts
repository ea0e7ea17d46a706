/** What a process does to the world, one step at a time; each step is a place where something can go wrong. */
export type EffectKind =
  | 'ask'
  | 'token'
  | 'get'
  | 'post'
  | 'patch'
  | 'wait'
  | 'append'
  | 'look'
  | 'make'
  | 'erase';

/** One step: which process, and the how-manieth of its steps, from 0. */
export interface Effect {
  readonly process: number;
  readonly index: number;
  readonly kind: EffectKind;
}

/** What happens at a step (rows F1 to F18, F21, F22, F24 and F25 of the failure model). */
export type Fault =
  | 'refused' // F1: the connection
  | 'reset' // F1: before anything was done
  | 'done-reset' // F2: after everything was done
  | 'done-timeout' // F2
  | 'late-timeout' // F3: done after the sender gave up
  | 'late-reset' // F3
  | 'some-reset' // F4: some items done
  | 'some-500' // F4
  | 'shuffled' // F5: results in another order
  | 'short' // F5: a result is missing
  | 'long' // F5: a result too many
  | '429' // F6
  | '429-wait' // F6: with Retry-After
  | '429-odd' // F6: with a Retry-After that means nothing
  | '429-hour' // F6: with a Retry-After that nobody waits for
  | '429-page' // F6: of something that is not Zoho, after everything was done
  | '500' // F7: nothing done
  | 'done-500' // F7
  | 'done-502-page' // F7
  | '503' // F7
  | 'token-ended' // F8
  | 'scope' // F8
  | 'unauthorised' // F8
  | 'invalid-code' // F9
  | 'access-denied' // F9
  | 'foreign-domain' // F9
  | 'no-expiry' // F9
  | 'odd-token' // F9
  | 'truncated' // F10: done, half the answer
  | 'empty' // F10: done, no body
  | 'page' // F10: done, a web page with status 200
  | 'bom' // F10: done, a mark before the answer
  | 'bomb' // F10: done, an answer too large to read
  | 'list-cut' // F10: an answer of another form
  | 'list-none' // F23: HTTP 204 for a list
  | 'list-part' // F23: a part of it, under HTTP 206
  | 'list-empty' // F23
  | 'list-custom' // F23: no standard field
  | 'list-fewer' // F23: fewer than it counts
  | 'list-next' // F23: announces a page that does not come
  | 'redirect' // F11
  | 'stale' // F12: a replica that lags
  | 'rival-makes' // F13: someone creates a field of the manifest by hand, as declared
  | 'rival-deletes' // F13: someone deletes a field of ours
  | 'rival-renames' // F13: someone gives a field of ours another label
  | 'rival-replaces' // F13: someone deletes a field of ours and makes one of the same names
  | 'second' // F14: another apply starts
  | 'neighbour' // F14: another apply starts, of another manifest that wants some of the same fields
  | 'kill' // F15: the process dies before this step
  | 'kill-under-way' // F15: it dies while the request is on its way, which is done
  | 'kill-late' // F15: it dies while the request is on its way, which is done later
  | 'sigint' // F15
  | 'disk-full' // F15
  | 'journal-lost' // F16
  | 'journal-torn' // F16
  | 'clock-forward' // F17
  | 'clock-back' // F17
  | 'limit' // F18
  | 'credits' // F18: spent for good
  | 'foreign-id' // F21: a result names the id of another field
  | 'some-shuffled' // F22: some refused, in another order, told apart by json_path only
  | 'some-mixed-up' // F22: not told apart at all
  | 'denied' // F24: a flat no of any status and code, nothing done
  | 'some-denied' // F24: some items done, then denied
  | 'done-denied' // F24: all done, then denied
  | 'planted'; // F25: a journal claims a field of years ago

const ANYWHERE: readonly Fault[] = ['kill', 'sigint', 'clock-forward', 'clock-back', 'second', 'neighbour'];
export const RIVALS: readonly Fault[] = ['rival-makes', 'rival-deletes', 'rival-renames', 'rival-replaces'];
const NO_ANSWER: readonly Fault[] = ['refused', 'reset', 'done-reset', 'done-timeout'];
const ODD_ANSWERS: readonly Fault[] = ['truncated', 'empty', 'page', 'bom', 'bomb', 'redirect'];
const TROUBLE: readonly Fault[] = [
  '429',
  '429-wait',
  '429-odd',
  '429-hour',
  '429-page',
  '500',
  '503',
  'done-502-page',
];
const ACCESS: readonly Fault[] = ['token-ended', 'scope', 'unauthorised', 'credits'];
const LISTS: readonly Fault[] = [
  'list-cut',
  'list-none',
  'list-part',
  'list-empty',
  'list-custom',
  'list-fewer',
  'list-next',
];
const HALF_DONE: readonly Fault[] = [
  'late-timeout',
  'late-reset',
  'some-reset',
  'some-500',
  'done-500',
  'shuffled',
  'short',
  'long',
  'kill-under-way',
  'kill-late',
];

const DENIED: readonly Fault[] = ['denied', 'some-denied', 'done-denied'];
const MIXED_UP: readonly Fault[] = ['foreign-id', 'some-shuffled', 'some-mixed-up'];
const REQUEST: readonly Fault[] = [...ANYWHERE, ...RIVALS, ...NO_ANSWER, ...ODD_ANSWERS, ...TROUBLE];

/** Which faults can meet which step. */
export const FAULTS: Readonly<Record<EffectKind, readonly Fault[]>> = {
  // F26: other hands while the question stands.
  ask: [...ANYWHERE, ...RIVALS],
  token: [
    ...ANYWHERE,
    ...NO_ANSWER,
    ...ODD_ANSWERS,
    ...TROUBLE,
    'invalid-code',
    'access-denied',
    'foreign-domain',
    'no-expiry',
    'odd-token',
    'journal-lost',
    'journal-torn',
  ],
  get: [...REQUEST, ...ACCESS, ...LISTS, 'stale'],
  post: [...REQUEST, ...ACCESS, ...HALF_DONE, ...DENIED, ...MIXED_UP, 'limit'],
  patch: [...REQUEST, ...ACCESS, ...HALF_DONE, ...DENIED],
  wait: [...ANYWHERE, ...RIVALS],
  append: [...ANYWHERE, 'disk-full'],
  look: [...ANYWHERE, 'planted'],
  make: [...ANYWHERE, 'disk-full'],
  erase: [...ANYWHERE],
};

/**
 * How many requests more than the least a fault may cost: one more, a look, and one that comes to nothing; or, where nobody
 * can tell to which of five fields a no belongs, a look and one more for each.
 */
export function costOf(fault: Fault): number {
  return ['denied', 'some-denied', 'done-denied', 'some-shuffled', 'some-mixed-up', 'foreign-id'].includes(
    fault,
  )
    ? 8
    : 3;
}

/** Decides what meets a step. */
export type FaultPlan = (effect: Effect) => Fault | undefined;
