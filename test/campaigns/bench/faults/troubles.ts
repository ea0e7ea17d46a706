import type { Fault } from '../../../../src/emulator/start.ts';
import type { Switches } from '../../../../src/emulator/switches.ts';

/** How patient every contender is, in milliseconds; low, so that the whole bench takes minutes. */
export interface Patience {
  /** For one request. */
  readonly timeoutMs: number;
  /** Between a lost answer and the next look, for the one contender that waits at all. */
  readonly settleMs: number;
}

/** What a scripted fault may need beside data. */
export interface Tools {
  readonly patience: Patience;
  /** Ends the program that is running, as `kill -9` does. */
  readonly kill: () => void;
  /** Which of several ways to go wrong is taken. */
  readonly seed: number;
}

/** One row of the table: what goes wrong while a program runs for the first time. */
export interface Trouble {
  /** The number in the fault matrix. */
  readonly id: string;
  readonly name: string;
  /** The first run meets these; the second one is healthy. */
  readonly faults?: (tools: Tools) => readonly Fault[];
  /** This Zoho is like that in both runs. */
  readonly switches?: Partial<Switches>;
  /** What is judged has come to rest so long after a run. */
  readonly restMs?: (patience: Patience) => number;
  /** So many of the fields cannot be created, whatever a program does: saying so is all that can be done. */
  readonly impossible?: number;
  /** There are several ways to go wrong: such a row is run once for every seed. */
  readonly seeded?: true;
}

const POST = { method: 'POST', path: '/settings/fields' } as const;
const FIRST_POST = { ...POST, nth: 1 } as const;

/** After the client has given up and has tried again, and before a settling client looks. */
const lateMs = ({ timeoutMs, settleMs }: Patience): number => timeoutMs + settleMs / 2;
/** After everybody has looked. */
const tooLateMs = ({ timeoutMs, settleMs }: Patience): number => timeoutMs + settleMs * 3;

/** The rows of the table, by the numbers of the fault matrix. */
export const TROUBLES: readonly Trouble[] = [
  { id: '–', name: 'nothing goes wrong' },
  {
    id: '–',
    name: 'nothing goes wrong, but this Zoho ignores `api_name`',
    switches: { apiNameInBody: 'ignore' },
  },
  {
    id: 'F1',
    name: 'reset of token request and first GET',
    faults: () => [
      { kind: 'reset', path: '/oauth/', nth: 1 },
      { kind: 'reset', method: 'GET', nth: 1 },
    ],
  },
  {
    id: 'F1',
    name: 'reset before the POST is carried out',
    faults: () => [{ kind: 'reset', ...FIRST_POST }],
  },
  {
    id: 'F2',
    name: 'reset after the POST was carried out',
    faults: () => [{ kind: 'reset', commit: 'all', ...FIRST_POST }],
  },
  {
    id: 'F2',
    name: 'no answer in time, carried out',
    faults: () => [{ kind: 'hang', commit: 'all', ...FIRST_POST }],
  },
  {
    id: 'F3',
    name: 'no answer in time, carried out within the settle time',
    faults: ({ patience }) => [
      { kind: 'hang', commit: 'all', commitAfterMs: lateMs(patience), ...FIRST_POST },
    ],
    restMs: lateMs,
  },
  {
    id: 'F3',
    name: 'no answer in time, carried out after the settle time',
    faults: ({ patience }) => [
      { kind: 'hang', commit: 'all', commitAfterMs: tooLateMs(patience), ...FIRST_POST },
    ],
    restMs: tooLateMs,
  },
  {
    id: 'F4',
    name: 'reset after two of five were created',
    faults: () => [{ kind: 'reset', commit: 2, ...FIRST_POST }],
  },
  {
    id: 'F5',
    name: 'results in another order',
    faults: () => [{ kind: 'results', change: 'shuffled', ...FIRST_POST }],
  },
  {
    id: 'F5',
    name: 'one result too few',
    faults: () => [{ kind: 'results', change: 'short', ...FIRST_POST }],
  },
  {
    id: 'F5',
    name: 'one result too many',
    faults: () => [{ kind: 'results', change: 'long', ...FIRST_POST }],
  },
  {
    id: 'F5',
    name: '207: room for eight fields only',
    // One custom field is there from the start.
    switches: { customFieldLimit: 9 },
    impossible: 4,
  },
  { id: 'F6', name: '429 without `Retry-After`', faults: () => [{ kind: 'throttle', ...FIRST_POST }] },
  {
    id: 'F6',
    name: '429 with `Retry-After: 1`',
    faults: () => [{ kind: 'throttle', retryAfter: '1', ...FIRST_POST }],
  },
  {
    id: 'F7',
    name: '500 after the POST was carried out',
    faults: () => [{ kind: 'status', status: 500, commit: 'all', ...FIRST_POST }],
  },
  {
    id: 'F7',
    name: '503 after three of five were created',
    faults: () => [{ kind: 'status', status: 503, commit: 3, ...FIRST_POST }],
  },
  {
    id: 'F7',
    name: '502 as a page of HTML, carried out',
    faults: () => [{ kind: 'html', status: 502, commit: 'all', ...FIRST_POST }],
  },
  {
    id: 'F8',
    name: 'the token ends before the second POST',
    faults: () => [{ kind: 'expire-tokens', ...POST, nth: 2 }],
  },
  {
    id: 'F10',
    name: 'half an answer, carried out',
    faults: () => [{ kind: 'truncate', bytes: 40, ...FIRST_POST }],
  },
  {
    id: 'F10',
    name: 'gzip bomb, carried out',
    faults: () => [{ kind: 'oversize', bytes: 64 * 1024 * 1024, gzip: true, ...FIRST_POST }],
  },
  { id: 'F12', name: 'reads lag behind writes', switches: { readLag: 700 }, restMs: () => 700 },
  {
    id: 'F12',
    name: 'reads lag, and the answer is lost',
    switches: { readLag: 700 },
    faults: () => [{ kind: 'reset', commit: 'all', ...FIRST_POST }],
    restMs: () => 700,
  },
  { id: 'F15', name: '`kill -9` at a POST', faults: (tools) => [killing(tools)], seeded: true },
];

/** Killed at some POST, of which nothing, some or all has been carried out by then; nine seeds in a row are all ways. */
function killing({ kill, seed }: Tools): Fault {
  const commits = ['none', 2, 'all'] as const;
  const nth = 1 + (seed % 3);
  const commit = commits[(seed + Math.floor(seed / 3)) % 3] ?? 'none';
  return { kind: 'run', effect: kill, ...POST, nth, commit };
}
