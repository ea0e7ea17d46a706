import {
  chmodSync,
  closeSync,
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
import { isObject, type Json } from '../json.ts';
import { hasCode } from './file-lock.ts';
import { StateFileError } from './file-lock.ts';
import { damageOf } from './organisation-state.ts';
import { STATE_VERSION, type World } from './organisation-state.ts';

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
  const value = parsed(text);
  if (value === undefined) return refuse('is damaged: it is not JSON');
  if (!isObject(value) || typeof value['version'] !== 'number' || !isObject(value['modules']))
    return refuse('is damaged: it is not a state file');
  if (value['version'] !== STATE_VERSION)
    return refuse(`has version ${value['version']}, this program reads version ${STATE_VERSION}`);
  const damage = damageOf(value);
  return damage === undefined ? (value as unknown as World) : refuse(`is damaged: ${damage}`);
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Tells one content of the file from the next without reading it; every write makes a new inode. */
export function fingerprint(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.mtimeMs} ${found.size}`;
}

/** Makes the folder that the file and its lock live in. */
export function makeStateFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    // Where nothing can be written Node says that the folder is missing; made alone, it fails for the true cause.
    if (!hasCode(error, 'ENOENT')) throw error;
    mkdirSync(folder, { mode: 0o700 });
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
