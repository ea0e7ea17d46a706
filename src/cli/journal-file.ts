import { dirname, join, resolve } from 'node:path';
import type { JournalEntry } from '../model/journal.ts';
import { isObject, property, type Json } from '../model/json.ts';
import { redact } from '../zoho/redact.ts';
import { OWN_FOLDER, realDisk, type Disk } from './disk.ts';
import type { Io } from './io.ts';

/** The journal beside a manifest. */
export interface JournalFile {
  /** What earlier runs noted; nothing where the file is missing, foreign or damaged. */
  readonly entries: readonly JournalEntry[];
  /** Notes something, with the time, and has it on disk before it returns. */
  append(entries: readonly JournalEntry[]): void;
  /** Forgets everything: nothing is unfinished. */
  clear(): void;
}

/** A journal of more than this is not ours. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The tool's own folder beside a manifest; `-` stands for the current folder. */
export function ownFolder(manifestPath: string, cwd: string): string {
  return join(manifestPath === '-' ? cwd : dirname(resolve(cwd, manifestPath)), OWN_FOLDER);
}

/**
 * Opens the journal in `.zoho-fields/` beside the manifest; nothing is written before the first note.
 *
 * The journal can only make the tool wait, or finish a label (see `plan/unfinished.ts`), so a file that somebody else
 * could have written is not read. Where it cannot be written the run goes on: it is a safety net, and the live
 * organisation is the truth.
 */
export function openJournal(
  manifestPath: string,
  io: Pick<Io, 'cwd' | 'now' | 'stderr'>,
  disk: Disk = realDisk,
): JournalFile {
  const file = join(ownFolder(manifestPath, io.cwd), 'journal.jsonl');
  let warned = false;
  return {
    entries: (disk.read(file, MOST_BYTES) ?? '').split('\n').flatMap((line) => entryOf(line)),
    append: (entries) => {
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

const EVENTS: ReadonlySet<Json | undefined> = new Set([
  'intent',
  'created',
  'labelling',
  'labelled',
  'refused',
]);

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

function unwritable(file: string, error: unknown): string {
  return `warning  The journal ${file} cannot be written${codeOf(error)}: should this run be interrupted, a label may have to be set by hand. Look at what stands in its place, and remove it.`;
}

function unremovable(file: string, error: unknown): string {
  return `warning  The journal ${file} cannot be removed${codeOf(error)}. Nothing in it is needed any more; remove it, or later runs wait for nothing.`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
}
