import type { Request } from '../http/exchange.ts';
import type { Switches } from '../switches.ts';
import { type Fault, randomNumbers } from './fault.ts';

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
