import { spawn, type StdioOptions } from 'node:child_process';
import { BIN } from '../../support/run-cli.ts';

/** Where a command runs, and with what. */
export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Options of node itself, before the command. */
  readonly node?: readonly string[];
}

/** What became of a process. */
export interface Ended {
  /** `null` where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** True where it had to be ended from outside, because it did not come to an end. */
  readonly hung: boolean;
}

/** A process under way. */
export interface Started {
  readonly pid: number | undefined;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** What takes longer than this hangs: an apply waits at most a minute for another one. */
const PATIENCE_MS = 150_000;

/** Starts the built command as a process of its own, with nothing of this one's environment. */
export function startCommand(args: readonly string[], place: Place): Started {
  return start(process.execPath, [...(place.node ?? []), BIN, ...args], place);
}

/** Runs any program as {@link startCommand} runs ours. */
export function start(
  program: string,
  args: readonly string[],
  { cwd, env }: Place,
  stdio: StdioOptions = ['ignore', 'pipe', 'pipe'],
): Started {
  const began = performance.now();
  const child = spawn(program, args, { cwd, env, stdio });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  let hung = false;
  const watchdog = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, PATIENCE_MS);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(watchdog);
      const [stdout, stderr] = [out, err].map((chunks) => Buffer.concat(chunks).toString('utf8'));
      const ms = Math.round(performance.now() - began);
      resolve({ code, signal, stdout: stdout ?? '', stderr: stderr ?? '', ms, hung });
    });
  });
  return { pid: child.pid, kill: (signal) => void child.kill(signal), ended };
}
