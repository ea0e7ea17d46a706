import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { startEmulator } from '../../src/emulator/start.ts';
import { VERSION } from '../../src/model/version.ts';
import { BIN, makeWorkspace, ownEnvironment, type Run, type Workspace } from '../support/run-cli.ts';
import { converse } from './credentials/conversation.ts';

const ENTER = '\r';
const DOWN = '\u001b[B';
const WORKFLOW = '.github/workflows/zoho-fields.yml';
const MODULE = 'Module, by its API name (Enter: Deals):';

function desk(): Workspace {
  const folder = makeWorkspace();
  onTestFinished(() => folder.remove());
  return folder;
}

const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ');

/** All that lies in a folder but the state of the built-in Zoho, which each run with it makes. */
function filesIn({ path }: Workspace): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((one) => !one.isDirectory() && !one.parentPath.includes('.zoho-fields'))
    .map((one) => join(one.parentPath, one.name).slice(path.length + 1))
    .sort();
}

const read = (folder: Workspace, name: string): string => readFileSync(join(folder.path, name), 'utf8');

/** The schema that the first line of a manifest leads an editor to. */
function schemaOf(folder: Workspace, manifest: string): string {
  const path = /^# yaml-language-server: \$schema=(\S+)\n/u.exec(read(folder, manifest))?.[1] ?? '';
  return readFileSync(resolve(dirname(join(folder.path, manifest)), path), 'utf8');
}

/** The lines below "Next:", which are commands. */
function nextLines({ stdout }: Run): readonly string[] {
  return [...stdout.slice(stdout.indexOf('Next:')).matchAll(/^ {2}(zoho-fields .*?)(?: {3,}|$)/gmu)].map(
    ([, line = '']) => line,
  );
}

describe('init without a question', () => {
  it('needs no credentials, and what it writes is valid, planned, and completed by editors', async () => {
    const folder = desk();
    const run = await folder.run(['init', '--module', 'Deals', '--yes']);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toBe('');
    expect(filesIn(folder)).toEqual(['.gitignore', 'fields.schema.json', 'fields.yaml']);
    expect(read(folder, '.gitignore')).toBe('.env\n.zoho-fields/\n');
    const schema = await folder.run(['schema']);
    expect(schemaOf(folder, 'fields.yaml')).toBe(schema.stdout);

    expect(nextLines(run)).toEqual([
      'zoho-fields plan --emulator',
      'zoho-fields auth login',
      'zoho-fields plan',
    ]);
    const plan = await folder.run(['plan', '--emulator', '--json']);
    expect(plan.code).toBe(0);
    expect((JSON.parse(plan.stdout) as { summary: object }).summary).toMatchObject({
      create: 2,
      in_sync: 1,
      drift: 0,
      conflict: 0,
    });
    const applied = await folder.run(['apply', '--emulator', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
  });

  it('repeats in what to type next how it was called', async () => {
    const folder = desk();
    folder.write('sandbox.env', 'ZOHO_DC=eu\n');
    const words = 'init --yes --module Leads --settings sandbox.env -f'.split(' ');
    const run = await folder.run([...words, 'my crm/leads.yaml']);
    expect(run.code, run.stderr).toBe(0);
    expect(nextLines(run)).toEqual([
      "zoho-fields plan -f 'my crm/leads.yaml' --emulator",
      'zoho-fields auth login --settings sandbox.env',
      "zoho-fields plan -f 'my crm/leads.yaml' --settings sandbox.env",
    ]);
    expect(read(folder, 'my crm/leads.yaml')).toContain('\nmodule: Leads\n');
    expect(schemaOf(folder, 'my crm/leads.yaml')).toContain('"$schema"');
  });

  it('leads editors to the installed package where there is one, and writes no schema then', async () => {
    const folder = desk();
    const installed = join(folder.path, 'node_modules/zoho-fields/dist');
    mkdirSync(installed, { recursive: true });
    writeFileSync(join(installed, 'fields.schema.json'), '{"installed": true}');
    const run = await folder.run(['init', '--yes', '-f', 'crm/deals.yaml']);
    expect(run.code, run.stderr).toBe(0);
    expect(schemaOf(folder, 'crm/deals.yaml')).toBe('{"installed": true}');
    expect(existsSync(join(folder.path, 'crm/fields.schema.json'))).toBe(false);
  });

  it('tells scripts in one document what it wrote', async () => {
    const folder = desk();
    folder.write('.gitignore', 'dist/\n.env\n/.zoho-fields\n');
    const run = await folder.run(['init', '--yes', '--json']);
    expect(JSON.parse(run.stdout)).toEqual({
      format_version: '1.0',
      kind: 'init',
      module: 'Deals',
      source: 'example',
      files: [
        { path: 'fields.yaml', state: 'written' },
        { path: 'fields.schema.json', state: 'written' },
        { path: '.gitignore', state: 'unchanged' },
      ],
      requests: { read: 0, write: 0 },
      diagnostics: [],
    });
    expect(run.stderr).toBe('');
  });

  it.each([
    [['init'], /no terminal[\s\S]*zoho-fields init --module Deals --yes/u],
    [['init', '--yes', '--module', '../x'], /"\.\.\/x" behind --module is no API name/u],
    [['init', '--yes', '--module', 'null'], /no API name/u],
    [['init', '--yes', '-f', '-'], /cannot be standard output/u],
    [['init', '--yes', '-f', '.zoho-fields/x.yaml'], /this tool's own folder/u],
  ])('is 64 for %j, with nothing written', async (words, says) => {
    const folder = desk();
    const run = await folder.run(words);
    expect(run.code, run.stderr).toBe(64);
    expect(flat(run.stderr)).toMatch(says);
    expect(filesIn(folder)).toEqual([]);
  });
});

describe('init from the live organisation', () => {
  it('writes what import gives, reads only, and plans in sync at once', async () => {
    const zoho = await startEmulator();
    onTestFinished(() => zoho.close());
    zoho.fields('Deals').add({ api_name: 'Renewal_Date', data_type: 'date', field_label: 'Renewal Date' });
    const folder = desk();
    const env = zoho.environment;
    const run = await folder.run(['init', '--yes', '--from-live'], { env });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('2 custom fields of Deals');
    expect(zoho.requests.filter((one) => one.method !== 'GET').map((one) => one.path)).toEqual([
      '/oauth/v2/token',
    ]);
    expect(schemaOf(folder, 'fields.yaml')).toContain('"$schema"');
    const imported = await folder.run(['import'], { env });
    const withoutHead = (text: string): string => text.slice(text.indexOf('\n'));
    expect(withoutHead(read(folder, 'fields.yaml'))).toBe(withoutHead(imported.stdout));
    expect(nextLines(run)).toEqual(['zoho-fields plan']);
    const plan = await folder.run(['plan', '--detailed-exitcode'], { env });
    expect(plan.code, plan.stdout).toBe(0);
  });

  it('of the built-in Zoho leads on to the built-in Zoho', async () => {
    const folder = desk();
    const run = await folder.run(['init', '--yes', '--emulator', '--module', 'Contacts']);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain("one of Zoho's own fields, as Contacts has no custom ones");
    expect(nextLines(run)).toEqual(['zoho-fields plan --emulator']);
    expect((await folder.run(['plan', '--emulator', '--detailed-exitcode'])).code).toBe(0);
  });

  it.each([
    ['without credentials', ['--from-live'], 78, /auth login/u],
    ['for a module that is not there', ['--emulator', '--module', 'Deal'], 1, /Did you mean "Deals"/u],
  ])('leaves nothing behind %s', async (_, words, code, says) => {
    const folder = desk();
    const run = await folder.run(['init', '--yes', '--workflow', ...words]);
    expect(run.code, run.stderr).toBe(code);
    expect(flat(run.stderr)).toMatch(says);
    expect(filesIn(folder)).toEqual([]);
  });
});

describe('init writes over nothing', () => {
  it.each([
    ['a manifest', 'fields.yaml'],
    ['a workflow', WORKFLOW],
  ])('%s that is there stays, and nothing else is written: 64', async (_, name) => {
    const folder = desk();
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    folder.write(name, 'mine\n');
    const run = await folder.run(['init', '--yes', '--workflow']);
    expect(run.code).toBe(64);
    expect(flat(run.stderr)).toContain(`${name} exists, and nothing is written over it. do: `);
    expect(filesIn(folder)).toEqual([name]);
    expect(read(folder, name)).toBe('mine\n');
  });

  it('a manifest of nearly the same name is named, and no second one is written: 64', async () => {
    const folder = desk();
    folder.write('fields.yml', 'mine\n');
    const run = await folder.run(['init', '--yes']);
    expect(run.code).toBe(64);
    expect(flat(run.stderr)).toContain('If "fields.yml" is the manifest, rename it to fields.yaml');
    expect(filesIn(folder)).toEqual(['fields.yml']);
  });

  it('a schema that is there stays, and is named as it is', async () => {
    const folder = desk();
    folder.write('fields.schema.json', '{}');
    const run = await folder.run(['init', '--yes']);
    expect(run.code).toBe(0);
    expect(flat(run.stdout)).toContain('fields.schema.json was there, and is as it was');
    expect(read(folder, 'fields.schema.json')).toBe('{}');
  });

  it.each([
    ['node_modules/\ndist/', 'node_modules/\ndist/\n.env\n.zoho-fields/\n'],
    ['a\r\n/.env\r\n', 'a\r\n/.env\r\n.zoho-fields/\r\n'],
    ['.zoho-fields\n\n# caf\u00e9\n', '.zoho-fields\n\n# caf\u00e9\n.env\n'],
    ['', '.env\n.zoho-fields/\n'],
  ])(
    'a .gitignore keeps every byte and its rights, and gets only what it lacks: %j',
    async (before, after) => {
      const folder = desk();
      chmodSync(folder.write('.gitignore', before), 0o640);
      await promisify(execFile)('git', ['init', '--quiet'], { cwd: folder.path });
      expect((await folder.run(['init', '--yes'])).code).toBe(0);
      expect(read(folder, '.gitignore')).toBe(after);
      // Git itself is asked.
      folder.write('.env', 'x');
      mkdirSync(join(folder.path, '.zoho-fields'));
      const ignored = ['.env', '.zoho-fields/state'];
      const { stdout } = await promisify(execFile)('git', ['check-ignore', ...ignored], { cwd: folder.path });
      expect(stdout.trim().split('\n')).toEqual(ignored);
    },
  );

  it.each([
    ['a .gitignore', '.gitignore', 'elsewhere.txt'],
    ['a folder of workflows', '.github', 'elsewhere'],
    ['a manifest', 'fields.yaml', 'nowhere.yaml'],
  ])('%s that is a link is not followed: 64', async (_, link, target) => {
    const folder = desk();
    mkdirSync(join(folder.path, 'elsewhere'));
    folder.write('elsewhere.txt', 'mine\n');
    symlinkSync(target, join(folder.path, link));
    const run = await folder.run(['init', '--yes', '--workflow']);
    expect(run.code).toBe(64);
    expect(readlinkSync(join(folder.path, link))).toBe(target);
    expect(filesIn(folder)).toEqual([link, 'elsewhere.txt'].sort());
    expect(read(folder, 'elsewhere.txt')).toBe('mine\n');
  });

  it('nor does what a run wrote that failed keep the same command from going on', async () => {
    const folder = desk();
    const words = ['init', '--yes', '--workflow', '-f', 'crm/fields.yaml'];
    const inTheWay = folder.write('crm', 'a file, where a folder belongs');
    const failed = await folder.run(words);
    expect(failed.code, failed.stdout).toBe(1);
    expect(failed.stderr).toMatch(/could not be written \(\w+\)/u);
    rmSync(inTheWay);
    const again = await folder.run(words);
    expect(again.code, again.stderr).toBe(0);
    expect(filesIn(folder)).toEqual(
      [WORKFLOW, '.gitignore', 'crm/fields.schema.json', 'crm/fields.yaml'].sort(),
    );
  });
});

describe('init on a terminal', () => {
  it('asks what no option says, and writes then', async () => {
    const folder = desk();
    const { screen, code } = await converse(
      ['init'],
      [
        [MODULE, `no module${ENTER}`],
        ['letters, digits and _ only', '\u007f'.repeat(9)],
        ['', `Contacts${ENTER}`],
        ['Start from: ● an example', ENTER],
        ['compare with Zoho: ● no', DOWN],
        ['● yes', ENTER],
      ],
      { cwd: folder.path, env: {} },
    );
    expect(code, screen).toBe(0);
    expect(filesIn(folder)).toEqual([WORKFLOW, '.gitignore', 'fields.schema.json', 'fields.yaml'].sort());
    expect(read(folder, 'fields.yaml')).toContain('\nmodule: Contacts\n');
    // A line that is being typed is drawn again with each key.
    const said = screen.split('\n').filter((line) => !line.includes('█'));
    expect(said.filter((line) => line.length > 80)).toEqual([]);
  });

  it('asks nothing twice: only the rest', async () => {
    const folder = desk();
    const { screen, code } = await converse(
      ['init', '--module', 'Leads', '--workflow'],
      [['Start from: ● an example', ENTER]],
      { cwd: folder.path, env: {} },
    );
    expect(code, screen).toBe(0);
    expect(read(folder, 'fields.yaml')).toContain('\nmodule: Leads\n');
  });

  it.each([
    ['Ctrl-C', '\u0003', 130],
    ['Ctrl-D', '\u0004', 1],
  ])('%s at the last question leaves nothing', async (_, key, expected) => {
    const folder = desk();
    const { screen, code } = await converse(
      ['init'],
      [
        [MODULE, ENTER],
        ['Start from: ● an example', ENTER],
        ['compare with Zoho: ● no', key],
      ],
      { cwd: folder.path, env: {} },
    );
    expect(code, screen).toBe(expected);
    expect(flat(screen)).toMatch(/nothing was written/u);
    expect(filesIn(folder)).toEqual([]);
  });
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: object;
}

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly 'timeout-minutes': number; readonly steps: readonly Step[] }>
  >;
}

describe('the workflow of init', () => {
  async function made(...words: readonly string[]): Promise<{ folder: Workspace; workflow: Workflow }> {
    const folder = desk();
    const run = await folder.run(['init', '--yes', '--workflow', ...words]);
    expect(run.code, run.stderr).toBe(0);
    expect(flat(run.stdout)).toContain('ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET and ZOHO_REFRESH_TOKEN');
    return { folder, workflow: parse(read(folder, WORKFLOW)) as Workflow };
  }

  it('reads only, ends, and has secrets in the one step that talks to Zoho, after the install', async () => {
    const { workflow } = await made();
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'schedule', 'workflow_dispatch']);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const { validate, plan } = workflow.jobs;
    expect(Object.keys(workflow.jobs)).toEqual(['validate', 'plan']);
    for (const job of [validate, plan]) {
      expect(job?.['timeout-minutes']).toBe(10);
      expect(job?.steps[0]).toMatchObject({ with: { 'persist-credentials': false } });
      expect(job?.steps[1]?.run).toMatch(
        new RegExp(
          `^cd -- "\\$RUNNER_TEMP" && npm install .*--ignore-scripts .* zoho-fields@${VERSION}$`,
          'u',
        ),
      );
    }
    const withSecrets = Object.values(workflow.jobs)
      .flatMap(({ steps }) => steps)
      .filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(withSecrets).toEqual([plan?.steps[2]]);
    expect(withSecrets[0]?.run).toContain('--settings /dev/null');
    expect(JSON.stringify(validate)).not.toContain('secrets.');
  });

  it('uses the actions that this repository uses, by their hashes', async () => {
    const { folder } = await made();
    const lines = read(folder, WORKFLOW).match(/uses: .*/gu) ?? [];
    const ours = readFileSync(new URL('../../.github/workflows/ci.yml', import.meta.url), 'utf8');
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => !ours.includes(line))).toEqual([]);
  });

  it('has lines that a shell runs as they are meant, wherever the manifest lies', async () => {
    const zoho = await startEmulator();
    onTestFinished(() => zoho.close());
    const { folder, workflow } = await made('-f', 'crm/deals.yaml');
    // An .env of the checkout has no say.
    folder.write('.env', 'ZOHO_DC=mars\n');
    const installed = join(folder.path, 'temp/zoho-fields/node_modules/.bin');
    mkdirSync(installed, { recursive: true });
    symlinkSync(BIN, join(installed, 'zoho-fields'));
    const lines = (job: string): string => workflow.jobs[job]?.steps[2]?.run ?? '';
    const shell = (line: string): Promise<{ stdout: string; code?: number }> =>
      promisify(execFile)('bash', ['-e', '-c', line], {
        cwd: folder.path,
        env: {
          ...ownEnvironment(folder.path),
          ...workflow.env,
          ...zoho.environment,
          ZOHO_DC: '',
          RUNNER_TEMP: join(folder.path, 'temp'),
        },
      }).catch((error: unknown) => error as { stdout: string; code: number });
    expect((await shell(lines('validate'))).code).toBeUndefined();
    const plan = await shell(lines('plan'));
    // The example's two fields are not there yet.
    expect(plan.code, plan.stdout).toBe(2);
    expect(plan.stdout).toContain('2 to create');
  });

  it('lies at the top of the repository, and is refused for a path that GitHub would read otherwise', async () => {
    const folder = desk();
    await promisify(execFile)('git', ['init', '--quiet'], { cwd: folder.path });
    const odd = await folder.run(['init', '--yes', '--workflow', '-f', 'a${{ secrets.X }}.yaml']);
    expect(odd.code).toBe(64);
    expect(flat(odd.stderr)).toContain('cannot be written into a workflow');
    mkdirSync(join(folder.path, 'crm'));
    const line = `cd crm && "$NODE" "$BIN" init --yes --workflow`;
    await promisify(execFile)('/bin/sh', ['-c', line], {
      cwd: folder.path,
      env: { ...ownEnvironment(folder.path), NODE: process.execPath, BIN },
    });
    const workflow = parse(read(folder, WORKFLOW)) as Workflow;
    expect(workflow.env).toEqual({ MANIFEST: 'crm/fields.yaml' });
  });
});
