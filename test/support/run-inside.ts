import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { type Io, type Output, makeInterrupt } from '../../src/machine/io.ts';
import { main } from '../../src/cli/main.ts';
import { waitFor } from '../../src/machine/waiting.ts';
import type { Emulator } from '../../src/emulator/start.ts';
import { makeWorkspace, ownEnvironment, type RunOptions, type Workspace } from './run-cli.ts';

/**
 * A workspace whose commands run inside this process: the same `main`, without the time that a process takes to start.
 *
 * @param zoho its clock goes on whenever the command waits, so that waiting takes no time; with `realTime` it does.
 */
export function makeInsideWorkspace(zoho: Pick<Emulator, 'advance'>, realTime: boolean): Workspace {
  const workspace = makeWorkspace(MEMORY);
  let skippedMs = 0;
  const skip = async (ms: number): Promise<void> => {
    zoho.advance(ms);
    skippedMs += ms;
    await setImmediate();
  };
  return {
    ...workspace,
    run: async (args, options = {}) => {
      const stdout = recorder();
      const stderr = recorder();
      const interrupt = makeInterrupt((text) => stderr.write(text), neverTwice);
      options.onSpawn?.(() => interrupt.request(), process.pid);
      const code = await main(args, {
        env: { ...ownEnvironment(workspace.path), ...options.env },
        cwd: workspace.path,
        command: 'zoho-fields',
        stdout,
        stderr,
        stdin: stdinOf(options.input),
        interrupt,
        busy: () => () => undefined,
        now: () => Date.now() + skippedMs,
        random: () => 0,
        wait: realTime ? (ms) => waitFor(ms, interrupt.signal) : skip,
      });
      return { code, stdout: stdout.text(), stderr: stderr.text() };
    },
  };
}

/** Thousands of short-lived folders, and journals that wait for the disk: memory is enough where there is a place. */
const MEMORY = ((): string => {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
})();

function recorder(): Output & { readonly text: () => string } {
  let all = '';
  return {
    write: (text) => {
      all += text;
    },
    isTTY: false,
    columns: undefined,
    text: () => all,
  };
}

function stdinOf(input: RunOptions['input']): Io['stdin'] {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : (input ?? new Uint8Array());
  const nobody = (): Promise<undefined> => Promise.resolve(undefined);
  return {
    isTTY: false,
    read: (most) => Promise.resolve(bytes.subarray(0, most)),
    ask: nobody,
    choose: nobody,
  };
}

function neverTwice(): never {
  throw new Error('a second signal ends the process, and there is none of its own here');
}
