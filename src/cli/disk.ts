import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { lstat, open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { diskCode } from './disk-words.ts';

/** A file in a folder that locks are kept in. */
export interface DiskEntry {
  readonly name: string;
  /** How long ago it was written, in milliseconds. */
  readonly ageMs: number;
}

/**
 * What an apply asks of the disk for its journal and its lock; a port, so that a simulation can lose power anywhere.
 *
 * The journal is written by whoever holds the lock, hence at once; the lock is where processes meet, so each of its steps
 * may be overtaken by another process.
 */
export interface Disk {
  /**
   * The text of a file that only its owner, who is this user, can write; `undefined` where there is none.
   * @throws where something else stands there; the error's `code` says what.
   */
  read(file: string, mostBytes: number): string | undefined;
  /**
   * Adds text to a file and has it on disk before it returns; makes file and folder, both the user's alone.
   * @throws the system's error, also where something stands there that {@link read} would not believe.
   */
  append(file: string, text: string): void;
  /** Forgets a file, if there is one. */
  remove(file: string): void;
  /** Makes an empty file, and its folder; false where it is there already. */
  create(file: string): Promise<boolean>;
  /** The user's own files of a folder; none where there is no folder. */
  list(folder: string): Promise<readonly DiskEntry[]>;
  erase(file: string): Promise<void>;
}

/** The disk of this machine. */
export const realDisk: Disk = {
  read: (file, mostBytes) => {
    try {
      return readOwn(file, mostBytes);
    } catch (error) {
      if (diskCode(error) === 'ENOENT' || diskCode(error) === 'ENOTDIR') return undefined;
      throw diskCode(error) === 'ELOOP' ? new NotOurs('it is a link') : error;
    }
  },
  append: (file, text) => {
    makeFolder(dirname(file));
    const descriptor = openSync(
      file,
      constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | CAREFULLY,
      0o600,
    );
    try {
      refuseForeign(fstatSync(descriptor));
      // Not `writeSync`: on a disk that is about to be full that writes a part, and says so only in its result.
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
  remove: (file) => rmSync(file, { force: true }),
  create: async (file) => {
    makeFolder(dirname(file));
    try {
      await (await open(file, 'wx', 0o600)).close();
      return true;
    } catch (error) {
      if (diskCode(error) === 'EEXIST') return false;
      throw error;
    }
  },
  list: async (folder) => {
    const names = await readdir(folder).catch(() => []);
    const entries = await Promise.all(names.map((name) => entryOf(folder, name)));
    return entries.flatMap((entry) => entry ?? []);
  },
  erase: (file) => rm(file, { force: true }),
};

/** No link is followed, and nobody is waited for at the other end of a pipe; Windows has neither. */
const CAREFULLY = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What stands in a file's place was not made by this tool for this user. */
class NotOurs extends Error {
  override readonly name = 'NotOurs';
  /** Why, in words, where other errors have the system's code. */
  readonly code: string;

  constructor(why: string) {
    super(why);
    this.code = why;
  }
}

function readOwn(file: string, mostBytes: number): string | undefined {
  const descriptor = openSync(file, constants.O_RDONLY | CAREFULLY);
  try {
    const stat = fstatSync(descriptor);
    refuseForeign(stat);
    if (stat.size > mostBytes) throw new NotOurs('it is larger than any that this tool writes');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

/** Only a plain file that nobody but this user can have written is believed. */
function refuseForeign(stat: Stats): void {
  if (!stat.isFile()) throw new NotOurs('it is no plain file');
  if (isForeign(stat)) throw new NotOurs('it belongs to another user');
  if (process.platform !== 'win32' && (stat.mode & 0o022) !== 0) throw new NotOurs('others may write it');
}

function isForeign(stat: { readonly uid: number }): boolean {
  return process.getuid !== undefined && stat.uid !== process.getuid();
}

async function entryOf(folder: string, name: string): Promise<DiskEntry | undefined> {
  if (!name.endsWith('.lock')) return undefined;
  try {
    const stat = await lstat(join(folder, name));
    return isForeign(stat) ? undefined : { name, ageMs: Date.now() - stat.mtimeMs };
  } catch {
    // Gone since it was listed.
    return undefined;
  }
}

/** The tool's own folder beside a manifest. */
export const OWN_FOLDER = '.zoho-fields';

/** Nothing in the tool's own folder belongs into a repository. */
function makeFolder(folder: string): void {
  makePath(folder);
  if (basename(folder) !== OWN_FOLDER) return;
  const rules = join(folder, '.gitignore');
  try {
    writeFileSync(rules, '*\n', { flag: 'wx' });
  } catch (error) {
    // It is there already, or cannot be written, which is of no matter here; but an empty one would stay for ever.
    if (diskCode(error) !== 'EEXIST') rmSync(rules, { force: true });
  }
}

/** Where nothing can be written, making a whole path fails for a folder that is missing: the true cause is wanted. */
function makePath(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (diskCode(error) === 'ENOENT') mkdirSync(folder, { recursive: true, mode: 0o700 });
    else if (diskCode(error) !== 'EEXIST') throw error;
  }
}
