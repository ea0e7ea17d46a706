import { setImmediate } from 'node:timers/promises';

/** A promise that is awaited later: until then its failure does not count as unhandled. */
export function later<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** Turns of the event loop that a request needs from being made to being sent: look up, connect, write. */
const TURNS = 4;

/**
 * Waits until a request that `work` makes at its end has left, or `work` has failed; what follows may keep the process
 * busy without delaying the request.
 */
export async function onItsWay(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined);
  await hasLeft();
}

/** Waits until a request that was made just now has left. */
export async function hasLeft(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

/** Ends early when everything is to end. */
export function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(finish, ms);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
    signal.addEventListener('abort', finish);
  });
}
