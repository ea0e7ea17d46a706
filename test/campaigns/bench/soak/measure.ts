import { getEventListeners } from 'node:events';
import { readdirSync } from 'node:fs';

/** What a process holds at one moment. */
export interface Sample {
  /** Plans made so far. */
  readonly plans: number;
  /** MiB, after a collection. */
  readonly rss: number;
  readonly heap: number;
  /** What keeps the event loop busy or waits in it: timers, sockets, pipes. */
  readonly resources: number;
  /** Open files and sockets; `undefined` where the system does not tell. */
  readonly descriptors: number | undefined;
  /** On the caller's signal and on the process. */
  readonly listeners: number;
}

/** Takes a sample; Node must run with `--expose-gc`, or garbage would count as held. */
export function sample(plans: number, signal: AbortSignal | undefined): Sample {
  if (globalThis.gc === undefined) throw new Error('run Node with --expose-gc');
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  const onProcess = process
    .eventNames()
    .reduce((sum, name) => sum + process.listenerCount(name as string), 0);
  return {
    plans,
    rss: rss / 2 ** 20,
    heap: heapUsed / 2 ** 20,
    resources: process.getActiveResourcesInfo().length,
    descriptors: openDescriptors(),
    listeners: onProcess + (signal === undefined ? 0 : getEventListeners(signal, 'abort').length),
  };
}

function openDescriptors(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length;
  } catch {
    return undefined;
  }
}

/** Growth per thousand plans, by least squares. */
export function slope(samples: readonly Sample[], of: (one: Sample) => number): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(samples.map(({ plans }) => plans));
  const level = mean(samples.map(of));
  const over = samples.reduce((sum, one) => sum + (one.plans - middle) * (of(one) - level), 0);
  const under = samples.reduce((sum, one) => sum + (one.plans - middle) ** 2, 0);
  return under === 0 ? 0 : (1000 * over) / under;
}
