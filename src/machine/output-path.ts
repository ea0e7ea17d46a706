import type { Stats } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { problem } from '../model/problem.ts';
import { BEGINNING, looksLikeReport } from '../report/media/formats.ts';
import type { Io } from './io.ts';
import { OWN_FOLDER, userFolders } from './user-folders.ts';

/** A file that a run reads or writes; none of its outputs may take its place. */
export interface FileInUse {
  readonly path: string;
  /** What it is, in words. */
  readonly what: string;
}

/**
 * Looks at a path before anything is done: an output never costs what this tool did not make itself. What counts is what
 * stands on the disk, whatever links, dots and letters lead there.
 * @param option the option that named the path, for the words.
 * @throws Problem `usage` for a file of the run itself, for anything of git's, and for this tool's own folders.
 */
export async function checkOutputPath(
  path: string,
  option: string,
  inUse: readonly FileInUse[],
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<void> {
  const target = await realTarget(resolve(io.cwd, path));
  for (const one of inUse) {
    const other = await realTarget(resolve(io.cwd, one.path));
    if (target === other || (await isSame(target, other))) throw inTheWay(path, `is ${one.what}`, option);
  }
  const own = await Promise.all(userFolders(io.env).map((folder) => realTarget(folder)));
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    const owner = await ownerOf(folder, own);
    if (owner !== undefined) throw inTheWay(path, `lies in ${owner}`, option);
    if (folder === dirname(folder)) return;
  }
}

/** @throws Problem `usage` where something stands at a path that is neither empty nor a report of this tool. */
export async function checkReplaceable(path: string, option: string, io: Pick<Io, 'cwd'>): Promise<void> {
  const target = resolve(io.cwd, path);
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) throw inTheWay(path, notPlain(found), option);
  if (!looksLikeReport(await beginningOf(target))) throw inTheWay(path, 'is no report of this tool', option);
}

/** Of which kind a result is that `--out` keeps: only one of its kind is ever written over by it. */
export interface KeptKind {
  /** With its article, such as `a snapshot`. */
  readonly what: string;
  readonly isOne: (file: string) => Promise<boolean>;
}

/** @throws Problem `usage` where something stands at the path of `--out` that is neither empty nor of its kind. */
export async function checkKeptReplaceable(path: string, kind: KeptKind, io: Pick<Io, 'cwd'>): Promise<void> {
  const target = resolve(io.cwd, path);
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return;
  if (found.isFile() && (found.size === 0 || (await kind.isOne(target)))) return;
  throw problem(
    'usage',
    'out-exists',
    found.isFile()
      ? `${path} exists and is not ${kind.what}, so it is not replaced.`
      : `${path} ${notPlain(found)}, and only a file that is ${kind.what} is replaced.`,
    found.isSymbolicLink()
      ? 'Name behind --out the file itself that the link leads to, or another path.'
      : 'Choose another path behind --out, or remove what is there yourself.',
  );
}

function notPlain(found: Stats): string {
  if (found.isSymbolicLink()) return 'is a symbolic link';
  return found.isDirectory() ? 'is a folder' : 'is not a plain file';
}

/** How a file begins; what cannot be read was not made by this tool for this user. */
export async function beginningOf(file: string): Promise<string> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch {
    return 'unreadable';
  }
}

async function ownerOf(folder: string, own: readonly string[]): Promise<string | undefined> {
  const name = basename(folder).normalize('NFC').toLowerCase();
  if (name === '.git' || (await isGitDirectory(folder))) return "git's own folder";
  if (name === OWN_FOLDER) return "this tool's own folder";
  for (const one of own) if (folder === one || (await isSame(folder, one))) return "this tool's own folder";
  return undefined;
}

/** By what is in it, since it may have any name. */
async function isGitDirectory(folder: string): Promise<boolean> {
  const parts = await Promise.all(
    ['HEAD', 'objects', 'refs'].map((part) => stat(join(folder, part)).catch(() => undefined)),
  );
  return parts.every((part) => part !== undefined);
}

/** True for one thing under two names: a hard link, or another case where the disk makes no difference. */
async function isSame(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** Where a path leads, also where its last parts are still to be made. */
async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path === dirname(path) ? path : join(await realTarget(dirname(path)), basename(path));
  }
}

function inTheWay(path: string, what: string, option: string): Error {
  return problem(
    'usage',
    'output-in-the-way',
    `${path} ${what}, so nothing is written there.`,
    `Choose another path behind "${option}", or remove the file yourself if nothing in it is needed.`,
  );
}
