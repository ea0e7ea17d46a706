import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../src/emulator/start.ts';
import { makeWorkspace, type Workspace } from '../support/run-cli.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NOTES = join(ROOT, 'test/support/note-loaded.cjs');

let zoho: Emulator;
let space: Workspace;
beforeAll(async () => {
  zoho = await startEmulator();
  space = makeWorkspace();
  space.write(
    'fields.yaml',
    'module: Deals\nfields:\n  - {api_name: Score, field_label: Score, data_type: text, length: 9}\n',
  );
});
afterAll(async () => {
  space.remove();
  await zoho.close();
});

/** The source files and packages that a built file is made of, such as `src/plan/make-plan.ts` or `node_modules/yaml/…`. */
function sourcesOf(file: string): readonly string[] {
  if (!existsSync(`${file}.map`)) return [];
  const map = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as { sources: readonly string[] };
  return map.sources.map((source) => relative(ROOT, join(dirname(file), source)));
}

/** All that a run has loaded: our sources and packages by path, what Node brings along as `node:http`. */
async function loadedBy(args: readonly string[], url?: string): Promise<readonly string[]> {
  const noted = join(space.path, 'loaded.json');
  const run = await space.run(args, {
    env: {
      ...zoho.environment,
      ...(url === undefined ? {} : { ZOHO_ACCOUNTS_URL: url }),
      NODE_OPTIONS: `--require ${NOTES}`,
      LOADED_FILE: noted,
    },
  });
  expect(run.code, run.stderr).toBe(url === undefined ? 0 : 69);
  const { files, node } = JSON.parse(readFileSync(noted, 'utf8')) as {
    files: readonly string[];
    node: readonly string[];
  };
  const parts = node.map((name) => `node:${name.replace(/^NativeModule /u, '')}`);
  return [...files.flatMap(sourcesOf), ...parts];
}

const COMMANDS = /^src\/cli\/commands\//u;
const HTTP = /^src\/zoho\/http\/axios|node_modules\/axios\/|^node:https?$/u;
const TLS = /^node:(?:https|tls)$/u;
const ZOHO = /^src\/zoho\/(?!auth\/|redact|scopes)/u;
const EMULATOR = /^src\/emulator\/|node_modules\/hono\//u;
const PLANNER = /^src\/(?:plan\/make-plan|apply\/apply-plan)/u;
const PAGES = /^src\/report\/(?:media\/(?:markdown|html|github|sarif)|(?!media)\w+\/document)/u;
const TEXT_DIFF = /^src\/report\/diff\/|node_modules\/diff\/|^src\/run\/read-version/u;
const YAML = /node_modules\/yaml\//u;
const QUESTIONS = /node_modules\/@clack\//u;

describe('what is loaded', () => {
  it.each([
    ['--version', ['--version'], [/^src\/(?!bin|cli\/words|model\/version)/u, /node_modules/u, HTTP]],
    ['--help', ['--help'], [COMMANDS, HTTP, ZOHO, EMULATOR, YAML, QUESTIONS, PAGES]],
    ['validate', ['validate'], [HTTP, ZOHO, EMULATOR, QUESTIONS, PLANNER, PAGES, TEXT_DIFF]],
    ['types', ['types'], [HTTP, EMULATOR, QUESTIONS, PAGES]],
    ['plan without drift', ['plan'], [TLS, EMULATOR, QUESTIONS, PAGES, TEXT_DIFF]],
    ['apply', ['apply', '--yes'], [TLS, EMULATOR, QUESTIONS, PAGES, TEXT_DIFF]],
    ['audit', ['audit'], [TLS, EMULATOR, QUESTIONS, PAGES, TEXT_DIFF]],
  ])('for %s is only what it needs', async (_name, args, unwanted) => {
    const loaded = await loadedBy(args);
    expect(loaded.filter((one) => unwanted.some((pattern) => pattern.test(one)))).toEqual([]);
  });

  it('is seen where it is: no pattern above is one that nothing fits', async () => {
    const everything = [
      ...(await loadedBy(['plan', '--emulator', '--format', 'markdown', '--format', 'html=page.html'])),
      ...(await loadedBy(['diff', '/dev/null'])),
      // Nobody listens there.
      ...(await loadedBy(['plan'], 'https://127.0.0.1:9')),
      ...(await loadedBy(['validate', '--format', 'sarif'])),
    ];
    for (const pattern of [COMMANDS, HTTP, TLS, ZOHO, EMULATOR, PLANNER, PAGES, TEXT_DIFF, YAML])
      expect(
        everything.filter((one) => pattern.test(one)),
        String(pattern),
      ).not.toEqual([]);
  });
});
