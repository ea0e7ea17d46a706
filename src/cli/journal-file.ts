import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isObject, property, type Json } from '../model/json.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Io } from './io.ts';

/** The journal beside a manifest. */
export interface JournalFile {
  /** What earlier runs noted; nothing where the file is missing, foreign or damaged. */
  readonly entries: readonly JournalEntry[];
  /** Notes something, and has it on disk before it returns. */
  append(entries: readonly JournalEntry[]): void;
  /** Forgets everything: nothing is unfinished. */
  clear(): void;
}

/** A journal of more than this is not ours. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Opens the journal in `.zoho-fields/` beside the manifest; nothing is written before the first note.
 *
 * The journal can only make the tool finish a label (see `plan/unfinished.ts`), so a file that somebody else could have
 * written is not read. Where it cannot be written the run goes on: it is a safety net, and the live organisation is the
 * truth.
 * @param manifestPath `-` stands for the current folder.
 */
export function openJournal(manifestPath: string, io: Io): JournalFile {
  const base = manifestPath === '-' ? io.cwd : dirname(resolve(io.cwd, manifestPath));
  const folder = join(base, '.zoho-fields');
  const file = join(folder, 'journal.jsonl');
  let warned = false;
  return {
    entries: readEntries(file),
    append: (entries) => {
      try {
        appendDurably(folder, file, entries);
      } catch (error) {
        if (!warned) io.stderr.write(`${unwritable(file, error)}\n`);
        warned = true;
      }
    },
    clear: () => rmSync(file, { force: true }),
  };
}

function readEntries(file: string): readonly JournalEntry[] {
  try {
    const stat = lstatSync(file);
    const foreign = process.getuid !== undefined && stat.uid !== process.getuid();
    const open = process.platform !== 'win32' && (stat.mode & 0o022) !== 0;
    if (!stat.isFile() || foreign || open || stat.size > MOST_BYTES) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => entryOf(line));
  } catch {
    return [];
  }
}

const EVENTS: ReadonlySet<Json | undefined> = new Set(['intent', 'created', 'labelled', 'refused']);

/** A line that a crash cut off, or that another version wrote, is no proof of anything. */
function entryOf(line: string): readonly JournalEntry[] {
  try {
    const value = JSON.parse(line) as Json;
    if (!isObject(value) || !EVENTS.has(property(value, 'event'))) return [];
    const texts = ['module', 'api_name'].every((key) => typeof property(value, key) === 'string');
    return texts ? [value as unknown as JournalEntry] : [];
  } catch {
    return [];
  }
}

function appendDurably(folder: string, file: string, entries: readonly JournalEntry[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  ignoreInGit(folder);
  const descriptor = openSync(file, 'a', 0o600);
  try {
    // A cut line of an earlier crash must not swallow this one.
    writeSync(descriptor, entries.map((entry) => `\n${JSON.stringify(entry)}\n`).join(''));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function ignoreInGit(folder: string): void {
  try {
    writeFileSync(join(folder, '.gitignore'), '*\n', { flag: 'wx' });
  } catch {
    // It is there already, or cannot be written, which is of no matter here.
  }
}

function unwritable(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `warning  The journal ${file} cannot be written${code}: should this run be interrupted, a label may have to be set by hand.`;
}
