import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DIST = join(ROOT, 'dist');
const AT_ONCE = /(?:from|import)"(\.\.?\/[\w./-]+\.js)"/gu;
const LATER = /import\("(\.\.?\/[\w./-]+\.js)"\)/gu;

/** Every built file that is reached from one through such imports. Older builds may lie beside them. */
function reached(from: string, ...imports: readonly RegExp[]): readonly string[] {
  const seen = new Set([from]);
  for (const file of seen) {
    const code = readFileSync(join(DIST, file), 'utf8');
    for (const one of imports)
      for (const [, path = ''] of code.matchAll(one)) seen.add(join(dirname(file), path));
  }
  return [...seen];
}

/** The source files and packages that a built file is made of, such as `src/plan/make-plan.ts` or `node_modules/yaml/…`. */
function sourcesOf(file: string): readonly string[] {
  const map = JSON.parse(readFileSync(join(DIST, `${file}.map`), 'utf8')) as { sources: readonly string[] };
  return map.sources.map((source) => relative(ROOT, join(DIST, dirname(file), source)));
}

/** All that is loaded before `source` runs. */
function loadedWith(source: string): readonly string[] {
  const home = reached('bin.js', AT_ONCE, LATER).filter((file) => sourcesOf(file).includes(source));
  expect(home, source).toHaveLength(1);
  return reached(home[0] ?? '', AT_ONCE).flatMap((file) => sourcesOf(file));
}

const EVERYTHING = reached('bin.js', AT_ONCE, LATER).flatMap((file) => sourcesOf(file));

/** What is loaded with a command, and which of it is not wanted there; each pattern has to match something that is built. */
function unwanted(source: string, patterns: readonly RegExp[]): readonly string[] {
  for (const pattern of patterns)
    expect(
      EVERYTHING.filter((one) => pattern.test(one)),
      String(pattern),
    ).not.toEqual([]);
  return loadedWith(source).filter((one) => patterns.some((pattern) => pattern.test(one)));
}

const COMMANDS = /^src\/cli\/commands\//u;
const HTTP = /^src\/zoho\/http\/(?:axios|tunnel)|node_modules\/axios\//u;
const EMULATOR = /^src\/emulator\/|node_modules\/hono\//u;
const PAGES = /^src\/report\/(?:media\/(?:markdown|html|annotations|sarif)|(?!media)\w+\/document)/u;
const TEXT_DIFF = /^src\/report\/diff\/patch|^src\/diff\/origin|^src\/run\/read-origins/u;
const YAML = /node_modules\/yaml\//u;
const QUESTIONS = /node_modules\/@clack\//u;

describe('what is loaded', () => {
  it('for --help is no command', () => {
    expect(unwanted('src/cli/program.ts', [COMMANDS, HTTP, EMULATOR, YAML, QUESTIONS, PAGES])).toEqual([]);
  });

  it.each(['validate', 'types', 'plan-from'])('for %s has no HTTP in it', (command) => {
    expect(unwanted(`src/cli/commands/${command}.ts`, [HTTP, EMULATOR, QUESTIONS])).toEqual([]);
  });

  it.each(['show-plan', 'commands/diff', 'commands/validate', 'commands/apply', 'commands/audit'])(
    'for the text of %s is none of what other formats need',
    (command) => {
      expect(unwanted(`src/cli/${command}.ts`, [PAGES, TEXT_DIFF, QUESTIONS, EMULATOR])).toEqual([]);
    },
  );

  it('for plan before its request leaves is neither YAML nor a renderer', () => {
    expect(unwanted('src/cli/commands/plan.ts', [YAML, PAGES, TEXT_DIFF, EMULATOR])).toEqual([]);
  });
});
