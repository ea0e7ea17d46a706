import type { Request } from '../http/request.ts';
import type { Switches } from '../switches.ts';

/** Which requests a fault meets; all that is given must hold. */
interface FaultMatch {
  readonly method?: string;
  /** Part of the path, such as `/settings/fields` or `/oauth/`. */
  readonly path?: string;
  /** The n-th request (from 1) among those that method and path select. */
  readonly nth?: number;
  /** Every n-th of them. */
  readonly every?: number;
  /** 0 to 1, drawn from a sequence that `seed` makes repeatable. */
  readonly probability?: number;
  readonly seed?: number;
  /** At most so many times; default no limit. */
  readonly times?: number;
}

/** What happens to the request before anyone sees an answer. */
export interface FaultCommit {
  /** Carried out not at all, wholly, or for the first k items only. Where it is absent: see each kind. */
  readonly commit?: 'none' | 'all' | number;
  /** Carried out so much later, whatever the client has been told by then. */
  readonly commitAfterMs?: number;
}

/** A scripted fault: plain data, so that it can be set over HTTP too (sheet §13.3). */
export type Fault = FaultMatch & FaultCommit & FaultEffect;

/** What the client sees. "Instead" effects carry out nothing unless `commit` says so; the others everything. */
export type FaultEffect =
  /** Instead: another status with Zoho's envelope for it, or the body given. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: FaultHeaders;
    }
  /** Instead: an HTML page, as proxies send it. */
  | { readonly kind: 'html'; readonly status?: number }
  /** Instead: 429, with `Retry-After` where given, which Zoho itself does not send (sheet §6). */
  | { readonly kind: 'throttle'; readonly retryAfter?: string }
  /** Instead: 301, 302, 303, 307 or 308 to another place. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** Instead: the connection is reset. */
  | { readonly kind: 'reset' }
  /** Instead: never an answer, until the client gives up. */
  | { readonly kind: 'hang' }
  /** The answer comes so much later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** The answer ends after so many bytes, then the connection does. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The answer is blown up with white space to so many bytes; compressed it is a gzip bomb. */
  | { readonly kind: 'oversize'; readonly bytes: number; readonly gzip?: boolean }
  /** The answer trickles. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** The right answer with other bytes or another content type (`null`: none). */
  | {
      readonly kind: 'body';
      readonly body?: string;
      readonly prefix?: string;
      readonly contentType?: string | null;
    }
  /** The list in the answer is shuffled, one entry short, or one too long. */
  | { readonly kind: 'results'; readonly change: 'shuffled' | 'short' | 'long'; readonly seed?: number }
  /** Every access token ends just before this request is looked at. */
  | { readonly kind: 'expire-tokens' }
  /** In-process only: something happens behind the client's back just before this request. */
  | { readonly kind: 'run'; readonly effect: () => void };

type FaultHeaders = Readonly<Record<string, string>>;

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The list in another order. */
export function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const next = randomNumbers(seed);
  return list
    .map((entry) => ({ entry, rank: next() }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ entry }) => entry);
}

/** Decides which fault a request meets. Every fault counts for itself, so each can be read alone. */
export interface FaultScript {
  faults(): readonly Fault[];
  /** Replaces the script; all counts start again. */
  replace(faults: readonly Fault[]): void;
  /** The first fault of the script that meets this request. */
  meet(request: Request): Fault | undefined;
}

interface Counted {
  readonly fault: Fault;
  readonly random: () => number;
  seen: number;
  met: number;
}

export function openFaultScript(faults: readonly Fault[], switches: Switches): FaultScript {
  let script = faults.map(counted);
  return {
    faults: () => script.map(({ fault }) => fault),
    replace: (next) => {
      script = next.map(counted);
    },
    // All faults see the request, or a second fault's count would depend on the first.
    meet: (request) =>
      script.filter((entry) => meets(entry, request))[0]?.fault ?? switchFault(request, switches),
  };
}

const counted = (fault: Fault): Counted => ({
  fault,
  random: randomNumbers(fault.seed ?? 1),
  seen: 0,
  met: 0,
});

function meets(entry: Counted, request: Request): boolean {
  const { fault } = entry;
  if (fault.method !== undefined && fault.method !== request.method) return false;
  if (fault.path !== undefined && !request.path.includes(fault.path)) return false;
  entry.seen += 1;
  if (fault.nth !== undefined && fault.nth !== entry.seen) return false;
  if (fault.every !== undefined && entry.seen % fault.every !== 0) return false;
  if (fault.probability !== undefined && entry.random() >= fault.probability) return false;
  if (entry.met >= (fault.times ?? Infinity)) return false;
  entry.met += 1;
  return true;
}

/** The switch `failAfterCommit` is a fault that meets every creation. */
function switchFault(request: Request, switches: Switches): Fault | undefined {
  const isCreation = request.method === 'POST' && request.path.endsWith('/settings/fields');
  if (!isCreation || switches.failAfterCommit === 'none') return undefined;
  const commit = switches.failAfterItems === 0 ? 'all' : switches.failAfterItems;
  return switches.failAfterCommit === '500'
    ? { kind: 'status', status: 500, commit }
    : { kind: 'reset', commit };
}
