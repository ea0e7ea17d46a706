import type { Stats } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { problem } from '../model/problem.ts';
import { BEGINNING, looksLikeReport, fileText, type OutputFile } from '../report/media/formats.ts';
import type { Io } from './io.ts';
import { OWN_FOLDER, userFolders } from './user-folders.ts';
import { redact } from '../zoho/redact.ts';
import { DEFAULT_MANIFEST } from './read-bytes.ts';
import { writeResult } from './replace-file.ts';

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
async function checkReplaceable(path: string, option: string, io: Pick<Io, 'cwd'>): Promise<void> {
  const target = resolve(io.cwd, path);
  const found = await lstat(target).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isFile()) throw inTheWay(path, notPlain(found), option);
  if (!looksLikeReport(await beginningOf(target))) throw inTheWay(path, 'is no report of this tool', option);
}

/** What stands in the way that is no plain file. */
export function notPlain(found: Stats): string {
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

/**
 * Writes a report whole or not at all: a reader of the file sees meanwhile the old report or the new one.
 * @throws Problem `usage` where something that is no report has come in the way, `failed` where it cannot be written.
 */
export async function writeReport({ format, path }: OutputFile, text: string, io: Io): Promise<void> {
  await checkReplaceable(path, optionOf(format), io);
  await writeResult({ what: 'report', option: '--format' }, path, redact(fileText(format, text)), io);
}

/** What a run writes and uses, as its command line says. */
export interface Named {
  readonly files?: readonly OutputFile[];
  /** Where a result that is kept goes. */
  readonly out?: string;
  readonly file?: string;
  readonly settings?: string;
  readonly base?: string;
  readonly from?: string;
  readonly seed?: string;
}

/**
 * Looks at every path that a run is to write before anything else happens: reports are rewritten by every run, but a slip
 * such as `--format markdown=fields.yaml` must not cost the manifest.
 * @param compared what stands on the command line without an option: a saved plan, or manifests.
 * @throws Problem `usage` where something that is no report is in the way.
 */
export async function checkOutputs(named: Named, compared: readonly string[], io: Io): Promise<void> {
  const { files = [], out, file = DEFAULT_MANIFEST, settings = '.env', base, from, seed } = named;
  const taken: FileInUse[] = [
    { path: file, what: 'the manifest' },
    { path: settings, what: 'the file of settings' },
    ...[...compared, ...[base, from, seed].filter((path) => path !== undefined)].map((path) => ({
      path,
      what: 'read by this run',
    })),
  ];
  if (out !== undefined) {
    await checkOutputPath(out, '--out', taken, io);
    taken.push({ path: out, what: 'what --out writes' });
  }
  for (const { format, path } of files) {
    await checkOutputPath(path, optionOf(format), taken, io);
    await checkReplaceable(path, optionOf(format), io);
    taken.push({ path, what: 'another report of this run' });
  }
}

const optionOf = (format: string): string => `--format ${format}=`;
