import { spawn } from 'node:child_process';

/** A program that has ended. */
export interface Ended {
  /** `null`: by a signal. */
  readonly code: number | null;
  /** True when it had not ended by itself after a long time. */
  readonly hung: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Longer than any contender needs, on a busy machine too. */
const PATIENCE_MS = 60_000;

/** Runs a program of Node's in a folder that is its home too, with nothing of this machine's environment but the path. */
export function runProgram(
  args: readonly string[],
  {
    folder,
    env,
    onSpawn,
  }: {
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
    readonly onSpawn?: (kill: () => void) => void;
  },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, TZ: 'UTC', LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let hung = false;
    const guard = setTimeout(() => {
      hung = true;
      child.kill('SIGKILL');
    }, PATIENCE_MS);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(guard);
      resolve({
        code,
        hung,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      });
    });
    onSpawn?.(() => void child.kill('SIGKILL'));
  });
}
