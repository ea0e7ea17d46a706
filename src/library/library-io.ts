import type { Interrupt, Io } from '../cli/io.ts';
import { waitFor } from '../cli/wait-for.ts';
import type { ZohoOptions } from './options.ts';

/**
 * The command's world without a terminal: nothing is printed, nobody is asked, no signal is caught.
 * @param over aborted when the work is done: a signal that serves many calls must not remember each of them.
 */
export function libraryIo(
  { env, cwd, signal }: ZohoOptions,
  onNote: (text: string) => void = () => undefined,
  over?: AbortSignal,
): Io {
  const interrupt = interruptOf(signal, over);
  const output = { write: onNote, isTTY: false, columns: undefined };
  return {
    env: env ?? process.env,
    cwd: cwd ?? process.cwd(),
    stdout: output,
    stderr: output,
    stdin: {
      isTTY: false,
      read: () => Promise.resolve(new Uint8Array()),
      ask: () => Promise.resolve(undefined),
      choose: () => Promise.resolve(undefined),
    },
    interrupt,
    now: () => Date.now(),
    random: () => Math.random(),
    wait: (ms) => waitFor(ms, interrupt.signal),
  };
}

/** The caller's signal in the place of Ctrl-C. */
function interruptOf(signal: AbortSignal | undefined, over: AbortSignal | undefined): Interrupt {
  const controller = new AbortController();
  let isWriting = false;
  const abort = (): void => {
    if (!isWriting) controller.abort();
  };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true, ...(over === undefined ? {} : { signal: over }) });
  return {
    get requested() {
      return signal?.aborted === true;
    },
    signal: controller.signal,
    beginWriting: () => {
      isWriting = true;
    },
  };
}
