import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openJournal, type JournalFile } from '../../../src/machine/journal-file.ts';
import type { JournalEntry } from '../../../src/model/journal.ts';
import { makeWorkspace } from '../../support/run-cli.ts';

const LINE = '{"event":"created","module":"Deals","api_name":"Part","id":"1","at":1}';

/** A journal that holds this text. */
function journalOf(text: string): { readonly open: () => JournalFile; readonly file: string } {
  const folder = makeWorkspace();
  onTestFinished(() => folder.remove());
  const stateFolder = join(folder.path, 'zoho-fields', 'key');
  const file = join(stateFolder, 'journal.jsonl');
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  if (text !== '') writeFileSync(file, text, { mode: 0o600 });
  const stderr = { write: () => undefined, isTTY: false, columns: undefined };
  const place = { stateFolder, manifestPath: 'fields.yaml' };
  return { file, open: () => openJournal(place, { cwd: folder.path, now: () => 7, stderr }) };
}

const entriesIn = (text: string): readonly JournalEntry[] => journalOf(text).open().entries;

it('an entry is found between lines that are none, with whatever ends its own', () => {
  expect(entriesIn(`\n\n["-None-"]\n${LINE}\r\n{"event":"cre\n\n\t${LINE}`)).toHaveLength(2);
});

it('a journal of more lines than any run writes is nobody’s', () => {
  expect(entriesIn(`${LINE}\n${'{\n'.repeat(20_000)}`)).toEqual([]);
  expect(entriesIn(`${LINE}\n${'\n["-None-"]\n'.repeat(20_000)}`)).toHaveLength(1);
});

it('fields are forgotten one by one, by the last word about each, with all that was noted of them', () => {
  const { open, file } = journalOf(LINE);
  const journal = open();
  const other = { module: 'Leads', api_name: 'Part' };
  journal.append([
    { event: 'labelled', module: 'Deals', api_name: 'Part' },
    { event: 'intent', ...other },
  ]);
  journal.forget(({ event }) => event === 'created');
  expect(open().entries).toHaveLength(3);
  journal.forget(({ event }) => event === 'labelled');
  expect(open().entries).toEqual([{ event: 'intent', ...other, at: 7 }]);
  // What was forgotten once does not come back with what is forgotten next.
  journal.append([{ event: 'refused', ...other }]);
  journal.forget(({ event }) => event === 'refused');
  expect(existsSync(file)).toBe(false);
});

it('what cannot be read goes with the first rewriting, and nothing is written where there is nothing to forget', () => {
  const { open, file } = journalOf(`{"event":"cre\n${LINE}\n`);
  expect(open().hidesSomething).toBe(true);
  open().forget(() => false);
  expect([open().hidesSomething, open().entries.length]).toEqual([false, 1]);
  const text = readFileSync(file, 'utf8');
  open().forget(() => false);
  expect(readFileSync(file, 'utf8')).toBe(text);
  const empty = journalOf('');
  empty.open().forget(() => true);
  expect(existsSync(empty.file)).toBe(false);
});
