import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openJournal } from '../../src/cli/journal-file.ts';
import { makeWorkspace } from '../support/run-cli.ts';

const LINE = '{"event":"created","module":"Deals","api_name":"Part","id":"1","at":1}';

/** What is believed of a journal with this text. */
function entriesIn(text: string) {
  const folder = makeWorkspace();
  onTestFinished(() => folder.remove());
  mkdirSync(join(folder.path, '.zoho-fields'), { mode: 0o700 });
  writeFileSync(join(folder.path, '.zoho-fields', 'journal.jsonl'), text, { mode: 0o600 });
  const stderr = { write: () => undefined, isTTY: false, columns: undefined };
  return openJournal('fields.yaml', { cwd: folder.path, now: () => 0, stderr }).entries;
}

it('an entry is found between lines that are none, with whatever ends its own', () => {
  expect(entriesIn(`\n\n["-None-"]\n${LINE}\r\n{"event":"cre\n\n\t${LINE}`)).toHaveLength(2);
});

it('a journal of more lines than any run writes is nobody’s', () => {
  expect(entriesIn(`${LINE}\n${'{\n'.repeat(20_000)}`)).toEqual([]);
  expect(entriesIn(`${LINE}\n${'\n["-None-"]\n'.repeat(20_000)}`)).toHaveLength(1);
});
