import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/** How long a change waits for another process's change, which takes milliseconds. */
const PATIENCE_MS = 3000;

/**
 * Runs a change while no other process that keeps to the same lock runs one, so that two emulators over one state
 * file are one Zoho. Everything in between is synchronous, so within a process nothing waits for itself.
 */
export function withFileLock<T>(path: string, work: () => T): T {
  take(path, Date.now() + PATIENCE_MS);
  try {
    return work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string, until: number): void {
  while (!tryToTake(path)) {
    if (isAbandoned(path)) rmSync(path, { force: true });
    else if (Date.now() > until)
      throw new StateFileError(
        `${path} is held by another process for too long.`,
        'Remove it if there is no such process.',
      );
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
  }
}

function tryToTake(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // On a full disk the file may exist by now, empty.
    rmSync(path, { force: true });
    throw error;
  }
}

/** A process that was killed while it held the lock left its number in it, or was killed before it could. */
function isAbandoned(path: string): boolean {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    if (!(holder > 0)) return Date.now() - statSync(path).mtimeMs > YOUNG_MS;
    if (holder === process.pid) return true;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH');
  }
}

/** A lock without a number in it is being made; beyond this age nobody is making it any more. */
const YOUNG_MS = 250;

/** Whether an error is the system's, with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The state file cannot be used. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
  readonly what: string;
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(`${what} ${remedy}`);
    this.what = what;
    this.remedy = remedy;
  }
}

/** Whether an error is about the state file, or the disk that it is on; anything else is a bug. */
export function isStateError(error: unknown): error is Error {
  return error instanceof StateFileError || (error instanceof Error && 'code' in error);
}
