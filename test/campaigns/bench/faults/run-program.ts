import { spawn } from 'node:child_process';

/** A program that has ended. */
export interface Ended {
  /** `null`: by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Far longer than any contender needs, on a busy machine too. What is ended then proves nothing about the program, which
 * may only have been kept waiting, so it is the end of the bench and never a verdict.
 */
const PATIENCE_MS = 300_000;

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
    const guard = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`nothing is measured: ${args.join(' ')} had not ended after ${PATIENCE_MS / 1000} s`));
    }, PATIENCE_MS);
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(guard);
      resolve({
        code,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      });
    });
    onSpawn?.(() => void child.kill('SIGKILL'));
  });
}
