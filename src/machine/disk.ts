import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  type Stats,
  existsSync,
  mkdirSync,
  statSync,
} from 'node:fs';
import { lstat, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file in a folder that locks are kept in. */
export interface DiskEntry {
  readonly name: string;
  /** How long ago it was written, in milliseconds. */
  readonly ageMs: number;
}

/**
 * What an apply asks of the disk for its journal and its lock; a port, so that a simulation can lose power anywhere.
 *
 * The journal is written by the holder of the lock, hence at once; the lock is where processes meet, so each of its steps
 * may be overtaken by another process. All of it lies in a folder of this tool within a folder of this tool; both have to
 * be the user's alone, as every file has.
 */
export interface Disk {
  /**
   * The text of a file that only its owner, who is this user, can write; `undefined` where there is none.
   * @throws where something else stands there, or the folder is not the user's alone; the error's `code` says what.
   */
  read(file: string, mostBytes: number): string | undefined;
  /** True where anything of that name is there; nothing of it is read. */
  isThere(file: string): boolean;
  /**
   * Adds text to a file and has it on disk before it returns; makes file and folder, both the user's alone.
   * @throws the system's error, also where something stands there that {@link read} would not believe.
   */
  append(file: string, text: string): void;
  /**
   * Puts a text in the place of a file, whole or not at all.
   * @throws the system's error; the file is as it was.
   */
  replace(file: string, text: string): void;
  /** Forgets a file, if there is one, and what was to replace it. */
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
      refuseForeignFolder(dirname(file));
      return readOwn(file, mostBytes);
    } catch (error) {
      if (diskCode(error) === 'ENOENT' || diskCode(error) === 'ENOTDIR') return undefined;
      throw diskCode(error) === 'ELOOP' ? new NotOurs('it is a link') : error;
    }
  },
  isThere: (file) => lstatSync(file, { throwIfNoEntry: false }) !== undefined,
  append: (file, text) => {
    makeOwnFolder(dirname(file));
    write(file, constants.O_APPEND, text);
  },
  replace: (file, text) => {
    makeOwnFolder(dirname(file));
    // One name is enough under the lock, and what a crash leaves of it is written over.
    try {
      write(besideOf(file), constants.O_TRUNC, text);
      renameSync(besideOf(file), file);
    } catch (error) {
      rmSync(besideOf(file), { force: true });
      throw error;
    }
  },
  remove: (file) => {
    for (const one of [file, besideOf(file)]) rmSync(one, { force: true });
  },
  create: async (file) => {
    makeOwnFolder(dirname(file));
    try {
      await (await open(file, 'wx', 0o600)).close();
      return true;
    } catch (error) {
      if (diskCode(error) === 'EEXIST') return false;
      throw error;
    }
  },
  list: async (folder) => {
    try {
      refuseForeignFolder(folder);
    } catch {
      return [];
    }
    const names = await readdir(folder).catch(() => []);
    const entries = await Promise.all(names.map((name) => entryOf(folder, name)));
    return entries.flatMap((entry) => entry ?? []);
  },
  erase: (file) => rm(file, { force: true }),
};

const besideOf = (file: string): string => `${file}.new`;

function write(file: string, how: number, text: string): void {
  const descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT | how | CAREFULLY, 0o600);
  try {
    refuseForeign(fstatSync(descriptor));
    // Not `writeSync`: on a disk that is about to be full that writes a part, and says so only in its result.
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

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
  if (isOpen(stat)) throw new NotOurs('others may write it');
}

/** Windows keeps its rights elsewhere. */
function isOpen({ mode }: Stats): boolean {
  return process.platform !== 'win32' && (mode & 0o022) !== 0;
}

/** Which power over a file another user has, the superuser apart, who has every one: to own it, or to write it. */
export function othersWho(stat: Stats): 'own' | 'write' | undefined {
  if (isForeign(stat) && stat.uid !== 0) return 'own';
  return isOpen(stat) ? 'write' : undefined;
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

function makeOwnFolder(folder: string): void {
  // What else stands there is refused in words.
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) makeFolder(folder, 0o700);
  refuseForeignFolder(folder);
}

/** Another user who may change a folder may put any file of this user's in the place of another. */
function refuseForeignFolder(folder: string): void {
  for (const own of [dirname(folder), folder]) {
    const stat = lstatSync(own);
    if (stat.isSymbolicLink()) throw new NotOurs('its folder is a link');
    if (!stat.isDirectory()) throw new NotOurs('its folder is no folder');
    if (isForeign(stat)) throw new NotOurs('its folder belongs to another user');
    if (isOpen(stat)) throw new NotOurs('others may write its folder');
  }
}

/** What to do about an error of the disk; the system's code alone says little to a person. */
export function diskRemedy(code: string, otherwise: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: make room on it, then run the command again.';
    case 'EFBIG':
      return 'A limit on the size of files is in force (see "ulimit -f"): lift it, then run the command again.';
    case 'EROFS':
      return `The disk can only be read. ${otherwise}`;
    case 'EACCES':
    case 'EPERM':
      return `You may not write there. ${otherwise}`;
    default:
      return otherwise;
  }
}

/** Why a file cannot be read, in words for the system's code. */
export function whyUnreadable(code: string): string {
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    EACCES: 'you may not read it',
  };
  return words[code] ?? code;
}

/** The system's code of an error, such as `ENOSPC`. */
export function diskCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/**
 * Makes a folder, and those above it that are missing. Node's own `recursive` never ends where a file system says that
 * something is missing below a folder which is there, as `/proc` does.
 * @param mode the rights of every folder that is made.
 * @throws the system's error for the first folder that cannot be made, which tells the true cause.
 */
export function makeFolder(folder: string, mode = 0o777): void {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && isFolder(folder)) return;
    const above = dirname(folder);
    if (code !== 'ENOENT' || existsSync(above) || above === folder) throw error;
    makeFolder(above, mode);
    makeFolder(folder, mode);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** What work gives; nothing where it fails, whatever the cause. */
export function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
