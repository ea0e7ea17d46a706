import { dirname, join, resolve } from 'node:path';
import type { JournalEntry } from '../model/journal.ts';
import { isObject, property, type Json } from '../model/json.ts';
import { redact } from '../zoho/redact.ts';
import { OWN_FOLDER, realDisk, type Disk } from './disk.ts';
import { diskCode, diskRemedy } from './disk-words.ts';
import type { Io } from './io.ts';

/** The journal beside a manifest. */
export interface JournalFile {
  /** What earlier runs noted; nothing where the file is missing, foreign or damaged. */
  readonly entries: readonly JournalEntry[];
  /** True where more was noted than can be understood or believed: perhaps of a request that is still on its way. */
  readonly hidesSomething: boolean;
  /** Notes something, with the time, and has it on disk before it returns. */
  append(entries: readonly JournalEntry[]): void;
  /** Forgets everything: nothing is unfinished. */
  clear(): void;
}

/** A journal of more than this is not ours. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_LINES = 20_000;

/** The tool's own folder beside a manifest; `-` stands for the current folder. */
export function ownFolder(manifestPath: string, cwd: string): string {
  return join(manifestPath === '-' ? cwd : dirname(resolve(cwd, manifestPath)), OWN_FOLDER);
}

/**
 * Opens the journal in `.zoho-fields/` beside the manifest; nothing is written before the first note.
 *
 * The journal can only make the tool wait, or finish a label (see `plan/unfinished.ts`), so a file that somebody else
 * could have written is not read, which is told, and left as it is. Where it cannot be written the run goes on: it is a
 * safety net, and the live organisation is the truth.
 */
export function openJournal(
  manifestPath: string,
  io: Pick<Io, 'cwd' | 'now' | 'stderr'>,
  disk: Disk = realDisk,
): JournalFile {
  const file = join(ownFolder(manifestPath, io.cwd), 'journal.jsonl');
  const { text, doubt } = readText(file, disk);
  if (doubt !== undefined) io.stderr.write(`${unbelievable(file, doubt)}\n`);
  const { entries, isWhole } = readEntries(text);
  let warned = false;
  return {
    entries,
    hidesSomething: doubt !== undefined || !isWhole,
    append: (entries) => {
      if (doubt !== undefined) return;
      const lines = entries.map((entry) => redact(JSON.stringify({ ...entry, at: io.now() })));
      try {
        // A line that an earlier crash cut off must not swallow the first one.
        disk.append(file, lines.map((line) => `\n${line}\n`).join(''));
      } catch (error) {
        if (!warned) io.stderr.write(`${unwritable(file, error)}\n`);
        warned = true;
      }
    },
    clear: () => {
      if (doubt !== undefined) return;
      try {
        disk.remove(file);
      } catch (error) {
        // All that was to be done is done, whatever becomes of the note of it.
        if (!warned) io.stderr.write(`${unremovable(file, error)}\n`);
        warned = true;
      }
    },
  };
}

function readText(file: string, disk: Disk): { readonly text: string; readonly doubt?: string } {
  try {
    return { text: disk.read(file, MOST_BYTES) ?? '' };
  } catch (error) {
    return { text: '', doubt: diskCode(error) };
  }
}

const EVENTS: ReadonlySet<Json | undefined> = new Set([
  'intent',
  'created',
  'labelling',
  'labelled',
  'refused',
]);

/**
 * What can be no entry is passed over unread: a million empty lines, or errors of the parser, cost memory and a minute.
 * @returns what can be understood, and whether that is all.
 */
function readEntries(text: string): { readonly entries: readonly JournalEntry[]; readonly isWhole: boolean } {
  const entries: JournalEntry[] = [];
  let isWhole = true;
  let lines = 0;
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    const found = text.indexOf('\n', start);
    end = found === -1 ? text.length : found;
    const line = text.slice(start, end);
    // Blanks before it are none of ours, and none to JSON.
    const [first = ''] = /\S/u.exec(line) ?? [];
    if (first === '') continue;
    if (first === '{') lines += 1;
    if (lines > MOST_LINES) return { entries: [], isWhole: false };
    const entry = first === '{' ? entryOf(line) : undefined;
    if (entry === undefined) isWhole = false;
    else entries.push(entry);
  }
  return { entries, isWhole };
}

/** A line that a crash cut off, or that another version wrote, is no proof of anything. */
function entryOf(line: string): JournalEntry | undefined {
  try {
    const value = JSON.parse(line) as Json;
    if (!isObject(value) || !EVENTS.has(property(value, 'event'))) return undefined;
    const texts = ['module', 'api_name'].every((key) => typeof property(value, key) === 'string');
    return texts ? (value as unknown as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

function unwritable(file: string, error: unknown): string {
  const code = diskCode(error);
  const todo = diskRemedy(code, 'Look at what stands in its place, and whether you may write there.');
  return `warning  The journal ${file} cannot be written (${code}): should this run be interrupted, wait a minute before the next one, and a label may have to be set by hand. ${todo}`;
}

function unremovable(file: string, error: unknown): string {
  return `warning  The journal ${file} cannot be removed (${diskCode(error)}). Nothing in it is needed any more; remove it, or later runs wait for nothing.`;
}

function unbelievable(file: string, why: string): string {
  return `warning  The journal ${file} is neither believed nor written (${why}): a label that an interrupted run left unset is not set on its word. If this tool wrote it, make it a plain file of yours that nobody else may write, and run the command again; otherwise remove it.`;
}
