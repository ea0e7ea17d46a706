import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHECKOUT } from './copy.ts';

/** Names that the bundled code looks up by itself; settings are looked up by the names that `contract.md` §4 gives. */
const KNOWN = new Set([
  // Where the user's folders are, and how the command was started.
  'HOME',
  'PWD',
  'npm_command',
  // Whether a person looks, and at what.
  'TERM',
  'NO_COLOR',
  'FORCE_COLOR',
  'CLICOLOR_FORCE',
  'CI',
  // Which signs a terminal can draw, for questions.
  'ACCESSIBLE',
  'ConEmuTask',
  'TERMINAL_EMULATOR',
  'TERMINUS_SUBLIME',
  'TERM_PROGRAM',
  'WT_SESSION',
  // The commit in a receipt.
  'GITHUB_SHA',
  // An object of axios that is called so.
  'FormData',
]);

const DIST = join(CHECKOUT, 'dist');
const files = [
  'bin.js',
  'index.js',
  'emulator.js',
  ...readdirSync(join(DIST, 'chunks')).map((name) => `chunks/${name}`),
];

describe('what is in the environment of a run', () => {
  it('reaches it by known names only: a library of ours may have names of its own that change what it does', () => {
    const read = files
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) => [
        ...readFileSync(join(DIST, name), 'utf8').matchAll(/\benv\??(?:\.|\[["'])([A-Za-z_]\w+)/gu),
      ])
      .map(([, name = '']) => name);
    expect([...new Set(read)].filter((name) => !KNOWN.has(name))).toEqual([]);
    expect(read).toContain('HOME');
  });
});
