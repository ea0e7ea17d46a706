import type { Interrupt } from './io.ts';

/** An interrupt, and the hand that asks for it. */
export interface RequestedInterrupt extends Interrupt {
  request(): void;
}

/**
 * What signals do: the first one ends reading at once, or asks a writing command to stop; the second one means it.
 * @param say tells a person that their wish was heard.
 * @param leave ends the process; what is in flight is left to the next run, which reads what became of it.
 */
export function makeInterrupt(say: (text: string) => void, leave: () => void): RequestedInterrupt {
  const controller = new AbortController();
  let requested = false;
  let writing = false;
  return {
    get requested() {
      return requested;
    },
    signal: controller.signal,
    beginWriting: () => {
      writing = true;
    },
    request: () => {
      if (requested) leave();
      requested = true;
      if (writing)
        say('\nStopping after the request that is under way. Press Ctrl-C again to stop at once.\n');
      else controller.abort();
    },
  };
}
