import { join } from 'node:path';
import { lastWords, fieldOf, type JournalEntry } from '../model/journal.ts';
import { isObject, property, type Json } from '../model/json.ts';
import { visible } from '../model/visible.ts';
import { redact } from '../zoho/redact.ts';
import { realDisk, type Disk } from './disk.ts';
import { diskCode, diskRemedy } from './disk.ts';
import type { Io } from './io.ts';
import { ownFolder } from './user-folders.ts';

/** The user's journal of what was sent to one Zoho, by whatever manifest of whatever checkout. */
export interface JournalFile {
  /** What earlier runs noted; nothing where the file is missing, foreign or damaged. */
  readonly entries: readonly JournalEntry[];
  /** True where more was noted than can be understood or believed: perhaps of a request that is still on its way. */
  readonly hidesSomething: boolean;
  /** Notes something, with the time, and has it on disk before it returns. */
  append(entries: readonly JournalEntry[]): void;
  /**
   * Forgets the fields that nothing is left to be known of, and keeps those of other manifests.
   * @param isOver judges a field by the last word about it.
   */
  forget(isOver: (last: JournalEntry) => boolean): void;
}

/** Where a journal is kept, and which manifest asks for it. */
export interface JournalPlace {
  /** The user's own folder for this Zoho, if there can be one (see `user-folders.ts`). */
  readonly stateFolder: string | undefined;
  readonly manifestPath: string;
}

/** A journal of more than this is not ours. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_LINES = 20_000;

/**
 * Opens the journal in the user's state folder; nothing is written before the first note.
 *
 * The journal can only make the tool wait, or finish a label (see `plan/earlier-runs.ts`), so a file that another user
 * could have written is not read, which is told, and left as it is. Where it cannot be written the run goes on: it is a
 * safety net, and the live organisation is the truth.
 */
export function openJournal(
  { stateFolder, manifestPath }: JournalPlace,
  io: Pick<Io, 'cwd' | 'now' | 'stderr'>,
  disk: Disk = realDisk,
): JournalFile {
  const old = join(ownFolder(manifestPath, io.cwd), 'journal.jsonl');
  if (disk.isThere(old)) io.stderr.write(`${notRead(old)}\n`);
  const file = stateFolder === undefined ? undefined : join(stateFolder, 'journal.jsonl');
  const { text, doubt } = file === undefined ? { text: '' } : readText(file, disk);
  if (file !== undefined && doubt !== undefined) io.stderr.write(`${unbelievable(file, doubt)}\n`);
  const { entries, isWhole } = readEntries(text);
  let all = [...entries];
  let warned = false;
  const warn = (words: string): void => {
    if (!warned) io.stderr.write(`${words}\n`);
    warned = true;
  };
  return {
    entries,
    hidesSomething: doubt !== undefined || !isWhole,
    append: (entries) => {
      if (doubt !== undefined || entries.length === 0) return;
      if (file === undefined) return warn(HOMELESS);
      const noted = entries.map((entry) => ({ ...entry, at: io.now() }));
      all.push(...noted);
      try {
        disk.append(file, noted.map((entry) => lineOf(entry)).join(''));
      } catch (error) {
        warn(unwritable(file, error));
      }
    },
    forget: (isOver) => {
      if (doubt !== undefined || file === undefined) return;
      const over = new Set([...lastWords(all)].flatMap(([field, last]) => (isOver(last) ? [field] : [])));
      const left = all.filter((entry) => !over.has(fieldOf(entry)));
      const isAsItWas = isWhole && left.length === all.length && (left.length > 0 || text === '');
      all = left;
      if (isAsItWas) return;
      try {
        if (left.length === 0) disk.remove(file);
        else disk.replace(file, left.map((entry) => lineOf(entry)).join(''));
      } catch (error) {
        // All that was to be done is done, whatever becomes of the note of it.
        warn(unremovable(file, error));
      }
    },
  };
}

/** A line that an earlier crash cut off must not swallow the first one. */
function lineOf(entry: JournalEntry): string {
  return `\n${redact(JSON.stringify(entry))}\n`;
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
  'waited',
  'limit',
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
    const isLimit = property(value, 'event') === 'limit';
    const isWhole = !isLimit || (property(value, 'api_name') === '' && isCount(property(value, 'limit')));
    return texts && isWhole ? (value as unknown as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const UNNOTICED =
  'another apply of yours at the same time goes unnoticed, and should this run be interrupted, wait a minute before the next one, and a label may have to be set by hand.';

const HOMELESS = `warning  There is no place for the journal, as this user has no home folder: ${UNNOTICED} Set HOME or XDG_STATE_HOME to the absolute path of a folder of yours.`;

/** Earlier versions kept their journal in the checkout, where it may come from anyone. */
function notRead(file: string): string {
  return `warning  ${visible(file)} is not read: a file in a checkout proves nothing. The journal is in your own state folder now; remove this one.`;
}

function unwritable(file: string, error: unknown): string {
  const code = diskCode(error);
  const todo = diskRemedy(code, 'Look at what is there instead, and whether you may write there.');
  return `warning  The journal ${visible(file)} cannot be written (${code}): ${UNNOTICED} ${todo}`;
}

function unremovable(file: string, error: unknown): string {
  return `warning  The journal ${visible(file)} cannot be brought up to date (${diskCode(error)}). Nothing that this run noted in it is needed any more, but later runs may wait without need.`;
}

function unbelievable(file: string, why: string): string {
  return `warning  The journal ${visible(file)} is neither read nor written (${why}), so a label that an interrupted run left unset stays unset. If this tool wrote the file, make it a plain file that you own in a folder that only you can write, and run the command again; otherwise remove it.`;
}
