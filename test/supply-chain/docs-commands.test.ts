import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommanderError, type Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { makeProgram } from '../../src/cli/program.ts';
import { settledWords } from '../../src/cli/words.ts';
import type { Io } from '../../src/machine/io.ts';
import { loadManifest } from '../../src/manifest/load.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file.endsWith('.md') && existsSync(join(ROOT, file)));

/** The program as it is, except that nothing is run. */
function parser(): Command {
  const silent = { write: () => undefined, isTTY: false, columns: 80 };
  const io = { command: 'zoho-fields', stdout: silent, stderr: silent } as unknown as Io;
  const program = makeProgram(io, () => undefined);
  const quiet = (command: Command): void => {
    command.action(() => undefined).exitOverride();
    for (const one of command.commands) quiet(one);
  };
  for (const one of program.commands) quiet(one);
  return program;
}

const names = parser().commands.map((one) => one.name());

/** What is wrong with a command line: commander's code for it, or nothing. */
async function objection(words: readonly string[]): Promise<string | undefined> {
  try {
    await parser().parseAsync([...settledWords(words, names)], { from: 'user' });
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    return error instanceof CommanderError ? `${error.code} ${error.message}` : String(error);
  }
}

/** How the program is started, in whatever way a page shows it. */
const START =
  /^(?:\$ |Next: |(?:- )?run: )?(?:npx (?:--yes |--no )?|node_modules\/\.bin\/)?zoho-fields(?:@\d+\.\d+\.\d+)?(?= |$)|^(?:- run: )?node \S*dist\/bin\.js(?= |$)/u;

/** The words behind the program's name, of a line that a shell would read: up to a pipe, without what goes to files. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/gu) ?? [];
  const end = words.findIndex((word) => /^(?:[|;&]+|#.*|…)$/u.test(word));
  const own = end === -1 ? words : words.slice(0, end);
  return own
    .filter((word, index) => !/^[<>]/u.test(word) && !/^[<>]$/u.test(own[index - 1] ?? ''))
    .map((word) => word.replaceAll(/^['"]|['"]$/gu, ''));
}

/** The command lines in the blocks of code of a page. */
function linesOf(page: string): readonly string[] {
  const blocks = [...read(page).matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gmu)];
  return blocks
    .flatMap(([, , text = '']) => text.split('\n').flatMap((line) => line.split(' && ')))
    .map((line) => line.trim())
    .filter((line) => START.test(line));
}

/** Commands inside of a sentence, which may leave out what an option takes. */
function mentionsOf(page: string): readonly string[] {
  const spans = [
    ...read(page)
      .replaceAll(/^ *```[\s\S]*?^ *```$/gmu, '')
      .matchAll(/`([^`\n]+)`/gu),
  ];
  return spans
    .map(([, text = '']) => text.replaceAll(/[[\]]/gu, ''))
    .filter((text) => START.test(text) || (names.includes(text.split(' ')[0] ?? '') && / -/u.test(text)))
    .map((text) => text.replace(/ (?:N|DAYS)\b/gu, ' 1'))
    .filter((text) => !/^zoho-fields [A-Z]+ /u.test(text));
}

const lines = pages.flatMap((page) => linesOf(page).map((line) => ({ page, line })));
const mentions = pages.flatMap((page) => mentionsOf(page).map((line) => ({ page, line })));

describe('a command line in a page', () => {
  it('is found, and a wrong one is noticed', async () => {
    expect(lines.length).toBeGreaterThan(40);
    expect(mentions.length).toBeGreaterThan(30);
    expect(await objection(['plan', '--from'])).toMatch(/optionMissingArgument/u);
    expect(await objection(['plna'])).toMatch(/unknownCommand/u);
    expect(await objection(['validate', '--emulator'])).toMatch(/unknownOption/u);
  });

  it.each(lines)('$page: $line', async ({ line }) => {
    expect(await objection(wordsOf(line.replace(START, '')))).toBeUndefined();
  });

  it.each(mentions)('$page, in a sentence: $line', async ({ line }) => {
    const found = await objection(wordsOf(line.replace(START, '')));
    expect(found ?? '').not.toMatch(/unknown|excess|invalid/u);
  });
});

describe('a manifest in a page', () => {
  const manifests = pages.flatMap((page) =>
    [...read(page).matchAll(/^```yaml\n((?:#.*\n)*module: [\s\S]*?)^```$/gmu)].map(([, text = '']) => ({
      page,
      text,
    })),
  );

  it('is found', () => {
    expect(manifests.length).toBeGreaterThan(2);
  });

  it.each(manifests)('of $page is valid', ({ page, text }) => {
    const { diagnostics } = loadManifest({ path: page, bytes: new TextEncoder().encode(text) });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
