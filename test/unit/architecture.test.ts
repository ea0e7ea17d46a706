import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LONG } from '../vitest.config.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SRC = join(ROOT, 'src/');

/** Every source file, with the files that it imports: at once, later, or for a type alone. */
function importsOf(without?: RegExp): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
  );
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(SRC, file), 'utf8').replaceAll(without ?? /(?!)/gu, '');
      const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+\.ts)'/gu);
      return [file, [...found].map(([, path = '']) => relative(SRC, join(SRC, dirname(file), path)))];
    }),
  );
}

/** Imports for types alone: nothing of them is there when the program runs. */
const TYPES_ALONE = /(?:import|export) type [^;]+;/gu;

/**
 * The shortest way from a file to one of others, along imports.
 * @param without imports that do not count.
 */
function wayTo(from: string, goals: readonly string[], without?: RegExp): readonly string[] | undefined {
  const imports = importsOf(without);
  for (const file of [from, ...goals]) if (!imports.has(file)) throw new Error(`there is no ${file}`);
  const ways: (readonly string[])[] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    const last = way.at(-1) ?? '';
    if (goals.includes(last)) return way;
    for (const next of imports.get(last) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

/** The one file that sends what changes Zoho, and the one that decides to. */
const WRITERS = ['zoho/writer.ts', 'apply/apply-plan.ts'];

describe('the graph of imports', () => {
  it.each([
    'plan',
    'audit',
    'import',
    'validate',
    'diff',
    'doctor',
    'auth-status',
    'auth-login',
    'schema-types',
    'snapshot',
    'plan-from',
    'init',
    'completion',
    'matrix',
    'probe',
  ])('leads from the command %s to nothing that writes to Zoho', (command) => {
    expect(wayTo(`cli/commands/${command}.ts`, WRITERS)).toBeUndefined();
  });

  it('leads from all of the library that only reads to nothing that writes to Zoho', () => {
    expect(wayTo('library/read.ts', WRITERS)).toBeUndefined();
  });

  it.each([
    'zoho/session.ts',
    'zoho/http/axios-transport.ts',
    'run/connect.ts',
    'run/settings.ts',
    'run/credentials.ts',
    'machine/token-cache.ts',
    'machine/journal-file.ts',
    'emulator/start.ts',
  ])('leads from the plan of a snapshot to no %s: it connects to nothing and reads no settings', (file) => {
    expect(wayTo('cli/commands/plan-from.ts', [file], TYPES_ALONE)).toBeUndefined();
    expect(wayTo('cli/commands/plan.ts', [file], TYPES_ALONE)).toBeDefined();
  });

  it('leads from apply to what writes', () => {
    for (const writer of WRITERS) {
      expect(wayTo('cli/commands/apply.ts', [writer])).toBeDefined();
      expect(wayTo('library/apply.ts', [writer])).toBeDefined();
    }
    expect(wayTo('cli/commands/probe-create.ts', ['zoho/writer.ts'])).toBeDefined();
  });
});

/** Patterns without braces: one for each of their alternatives. */
function alternatives(pattern: string): readonly string[] {
  const [whole, choice] = /\{([^{}]*)\}/u.exec(pattern) ?? [];
  if (whole === undefined || choice === undefined) return [pattern];
  return choice.split(',').flatMap((one) => alternatives(pattern.replace(whole, one)));
}

function asRegExp(pattern: string): RegExp {
  const stars: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*' };
  const source = pattern.replaceAll(/\*\*\/|\*\*|\*|[.+?^$()|[\]\\]/gu, (sign) => stars[sign] ?? `\\${sign}`);
  return new RegExp(`^${source}$`, 'u');
}

describe('a rule that names files names some that are there', () => {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  );
  const vain = (patterns: readonly string[]): readonly string[] =>
    patterns
      .flatMap((pattern) => alternatives(pattern.replace(/^!/u, '')))
      .filter((pattern) => !files.some((file) => asRegExp(pattern).test(file)));

  it('in the linter: where a rule holds, and what may not be imported there', () => {
    const rules = readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8');
    const { overrides } = JSON.parse(rules) as {
      readonly overrides: readonly { readonly files: string[] }[];
    };
    expect(vain(overrides.flatMap((one) => one.files))).toEqual([]);
    const forbidden = [...rules.matchAll(/"!?(\*\*\/[^"]+)"/gu)].map(([, pattern = '']) => pattern);
    expect(forbidden.length).toBeGreaterThan(20);
    expect(vain(forbidden)).toEqual([]);
  });

  it('in the groups of mutants, and among the tests that have to notice them', async () => {
    const { GROUPS } = (await import(join(ROOT, 'test/campaigns/mutation/groups.mjs'))) as {
      readonly GROUPS: Readonly<Record<string, { readonly mutate: string[]; readonly tests: string[] }>>;
    };
    expect(vain(Object.values(GROUPS).flatMap(({ mutate, tests }) => [...mutate, ...tests]))).toEqual([]);
  });

  it('among the tests that take long', () => {
    expect(vain(LONG)).toEqual([]);
  });
});
