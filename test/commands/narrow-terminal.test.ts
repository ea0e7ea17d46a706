import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect } from 'vitest';
import { narrowFaults, NARROW } from '../support/narrow.ts';
import { it, missing, type Story } from '../support/story.ts';
import { runOnTerminal } from '../support/terminal.ts';

const MANIFEST = readFileSync(fileURLToPath(new URL('../../fields.yaml', import.meta.url)), 'utf8');

/** Numbers and times that differ between two runs of the same. */
const plain = (screen: string): string =>
  stripVTControlCharacters(screen)
    .replaceAll('\r', '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/gu, 'TIME')
    .replaceAll(/127\.0\.0\.1:\d+/gu, 'HOST')
    .replaceAll(/\(\d+ ms\)/gu, '(0 ms)')
    .replaceAll(/\b\d{19}\b/gu, '6084217000002500146');

/** What people see of a command on screens of several widths, each in a folder of its own. */
async function screensOf(words: readonly string[], story: Story): Promise<(width: number) => string> {
  const screens = new Map<number, string>();
  for (const columns of [NARROW, 80, 110]) {
    const cwd = join(story.folder.path, `${columns}`);
    mkdirSync(cwd, { recursive: true });
    writeFileSync(join(cwd, 'fields.yaml'), MANIFEST);
    writeFileSync(join(cwd, 'old.yaml'), MANIFEST.replace('length: 50', 'length: 40'));
    writeFileSync(join(cwd, 'bad.yaml'), MANIFEST.replace('tooltip:', 'tooltp:'));
    const { screen } = await runOnTerminal(words, { cwd, columns, env: {} });
    screens.set(columns, plain(screen).replaceAll(`/${columns}/`, '/N/'));
  }
  return (width) => screens.get(width) ?? '';
}

describe.concurrent('on a terminal of 40 columns no word is broken, and no line is wider', () => {
  it.for([
    ['apply', '--emulator', '--yes'],
    ['audit', '--emulator'],
    ['import', '--emulator', '--out', 'new.yaml'],
    ['snapshot', '--emulator', '--out', 's.json'],
    ['doctor', '--emulator'],
    ['auth', 'status'],
    ['diff', 'old.yaml'],
    ['validate', '-f', 'bad.yaml'],
    ['plan', 'fields.yaml'],
    ['plan', '--jsno'],
    ['plan', '--format', 'pdf'],
    ['matrix'],
    ['plan', '--settings', 'none.env'],
    ['emulator', '--switches'],
    [],
    ['plan', '--help'],
    ['auth', 'login', '--help'],
  ])('%j', async (words, { open }) => {
    expect(narrowFaults(await screensOf(words, await open()))).toEqual([]);
  });

  it('the question included, where y and Enter create nothing', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    for (const types of ['y\r', '\r']) {
      const person = { when: 'Type yes', types };
      const { screen, code } = await runOnTerminal(['apply', '--emulator'], {
        cwd: story.folder.path,
        columns: NARROW,
        env: {},
        person,
      });
      expect(code, screen).toBe(1);
      expect(stripVTControlCharacters(screen).replaceAll(/\s+/gu, ' ')).toContain('Nothing was created');
    }
  });
});
