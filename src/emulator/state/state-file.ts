import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isObject, parseJson } from '../json.ts';
import { damageOf, STATE_VERSION, type World } from './organisation-state.ts';

/**
 * Reads the world back; `undefined` when there is no file yet.
 * @throws StateFileError where the file holds something else than a whole world.
 */
export function readStateFile(path: string): World | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const remedy = `Remove ${path}: the local Zoho then starts again with the fields that it had at first.`;
  const refuse = (what: string): never => {
    throw new StateFileError(`The state of the local Zoho in ${path} ${what}.`, remedy);
  };
  const value = parseJson(text);
  if (value === undefined) return refuse('is damaged: it is not JSON');
  if (!isObject(value) || typeof value['version'] !== 'number' || !isObject(value['modules']))
    return refuse('is damaged: it is not a state file');
  if (value['version'] !== STATE_VERSION)
    return refuse(`has version ${value['version']}, this program reads version ${STATE_VERSION}`);
  const damage = damageOf(value);
  return damage === undefined ? (value as unknown as World) : refuse(`is damaged: ${damage}`);
}

/** Tells one content of the file from the next without reading it; every write makes a new inode. */
export function fingerprint(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeMs} ${found.size}`;
}

/** Makes the folder that the file and its lock live in. */
export function makeStateFolder(path: string): void {
  makeMissing(dirname(path));
}

/** Folder by folder: Node's own `recursive` goes round for ever where nothing can be made, as in `/proc`. */
function makeMissing(folder: string): void {
  if (existsSync(folder)) return;
  makeMissing(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/**
 * Replaces the file in one step: a crash at any moment leaves the old world or the new one.
 * The folder is synchronised too, or the rename itself could be lost with the power.
 */
export function writeStateFile(path: string, world: World): void {
  const folder = dirname(path);
  // One name is enough under the lock, and what a crash leaves is overwritten by the next change.
  const temporary = `${path}.tmp`;
  try {
    writeDurably(temporary, JSON.stringify(world));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(folder);
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  // The process's umask may have removed more than we asked for, never less.
  chmodSync(path, 0o600);
}

function syncFolder(folder: string): void {
  // Windows cannot open folders; there the rename alone must do.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

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
function hasCode(error: unknown, code: string): boolean {
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
