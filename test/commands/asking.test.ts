import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { BIN } from '../support/run-cli.ts';
import { spawnSync } from 'node:child_process';
import { it, missing, type Story } from '../support/story.ts';

const FILE = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));

/** Words as they read, however a screen has broken them. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** What reads a module's fields or the list of modules, without what is asked once a session. */
const reads = (story: Story): readonly string[] =>
  story.zoho.requests
    .filter((one) => one.method === 'GET' && !one.path.endsWith('/org'))
    .map((one) => one.path);

describe.concurrent('a file that is nearly named', () => {
  it.for(['plan', 'validate', 'audit'])(
    '%s with the manifest as a bare word says -f',
    async (name, { open }) => {
      const story = await open();
      story.declare({ Deals: missing(1) });
      story.declare({ Deals: missing(1) }, 'my fields.yaml');
      const run = await story.run([name, 'fields.yaml']);
      expect(run.code).toBe(64);
      expect(flat(run.stderr)).toContain(`zoho-fields ${name} -f fields.yaml`);
      const blanks = await story.run([name, '--json', 'my fields.yaml']);
      expect(blanks.code).toBe(64);
      // With all that was typed beside it: without --emulator a plan would go elsewhere.
      expect(blanks.stdout).toContain(`zoho-fields ${name} -f 'my fields.yaml' --json`);
      expect(flat((await story.run([name, 'nothing.yaml'])).stderr)).toContain(`${name} -f nothing.yaml`);
      expect(flat((await story.run([name, 'nothing'])).stderr)).toContain(
        'takes no argument, and "nothing" is one',
      );
      expect(story.zoho.requests).toEqual([]);
    },
  );

  it('fields.yml beside a missing fields.yaml is named, and so is a slip', async ({ open }) => {
    const story = await open();
    mkdirSync(join(story.folder.path, 'crm'));
    story.declare({ Deals: missing(1) }, 'fields.yml');
    story.declare({ Deals: missing(1) }, 'crm/deals.yaml');
    for (const [words, named] of [
      [[], '-f fields.yml'],
      [['-f', 'crm/daels.yaml'], '-f crm/deals.yaml'],
    ] as const) {
      for (const command of ['validate', 'plan']) {
        const run = await story.run([command, ...words]);
        expect(run.code).toBe(66);
        expect(flat(run.stderr + run.stdout)).toContain(named);
      }
    }
    // What needs no manifest is not made without one because of its ending.
    expect(flat((await story.run(['audit'])).stderr)).toContain('-f fields.yml');
    expect((await story.run(['audit', '--module', 'Deals'])).code).toBe(0);
    const other = await story.run(['validate', '-f', 'crm/contracts.yaml']);
    expect(flat(other.stderr + other.stdout)).not.toContain('deals.yaml');
  });
});

describe.concurrent('a module that is not there (exit 1)', () => {
  it.for(['deals', 'Deal', 'DEALS', 'Dealz'])(
    '%s: the one that was meant, with the line',
    async (module, { open }) => {
      const story = await open();
      story.declare({ [module]: missing(1) });
      const run = await story.json(['plan']);
      expect(run.code, run.stdout).toBe(1);
      expect(run.report.diagnostics).toMatchObject([
        { code: 'invalid-module', file: 'fields.yaml', line: 1, column: 9 },
      ]);
      expect(run.report.diagnostics[0]?.remedy).toContain('Did you mean "Deals"?');
      expect(reads(story)).toEqual(['/crm/v8/settings/fields', '/crm/v8/settings/modules']);
    },
  );

  it('without the scope for the list, or with a name like no other: where to look it up', async ({
    open,
  }) => {
    for (const [scope, module, asked] of [
      ['ZohoCRM.settings.fields.ALL', 'deals', 1],
      ['ZohoCRM.settings.ALL', 'Xyzzy', 2],
    ] as const) {
      const story = await open({ scope });
      story.declare({ [module]: missing(1) });
      const run = await story.json(['plan']);
      expect(run.code, run.stdout).toBe(1);
      expect(run.report.diagnostics[0]?.remedy).toContain('Setup > Developer Space');
      expect(run.report.diagnostics[0]).toMatchObject({ file: 'fields.yaml', line: 1 });
      expect(reads(story)).toHaveLength(asked);
    }
  });

  it('costs a plan that works no request', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    expect((await story.run(['plan'])).code).toBe(0);
    expect(reads(story)).toEqual(['/crm/v8/settings/fields']);
  });
});

describe.concurrent('ZOHO_DC as people write it (78)', () => {
  it.for([
    ['europe', 'eu'],
    ['com', 'us'],
    ['.com.au', 'au'],
    ['zoho.eu', 'eu'],
    ['https://crm.zoho.eu/crm/org20067/tab/Home/begin', 'eu'],
    ['https://www.zohoapis.jp', 'jp'],
    [' in ', 'in'],
    ['mars', undefined],
    ['x\u001b[31m\u202ey', undefined],
  ] as const)('%j', async ([value, meant], { open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const env = { ZOHO_DC: value };
    const run = await story.run(['plan'], { env });
    const { report } = await story.json(['plan'], { env });
    expect(run.code).toBe(78);
    expect(report.diagnostics[0]?.message).toContain(meant === undefined ? 'is "' : value);
    expect(report.diagnostics[0]?.remedy).toContain(
      meant === undefined ? 'Use one of: us, eu' : `Did you mean ZOHO_DC=${meant}?`,
    );
    for (const one of ['\u001b', '\u202e']) expect(run.stderr.includes(one)).toBe(false);
    expect(story.zoho.requests).toEqual([]);
  });

  it('shows no value that may be a credential in the wrong line', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const secret = 'f00dcafe'.repeat(6).slice(0, 42);
    const run = await story.run(['plan', '--json'], { env: { ZOHO_DC: secret } });
    expect(run.code).toBe(78);
    expect(run.stdout + run.stderr).not.toContain(secret.slice(0, 12));
  });
});

describe.concurrent('help', () => {
  it('is found in every way that people ask for it', async ({ open }) => {
    const story = await open();
    const said = async (...words: readonly string[]): Promise<string> => {
      const run = await story.run(words);
      expect([run.code, run.stderr], words.join(' ')).toEqual([0, '']);
      return run.stdout;
    };
    expect(await said('help')).toBe(await said('--help'));
    expect(await said('help', 'plan')).toBe(await said('plan', '--help'));
    expect(await said('help', 'auth', 'login')).toBe(await said('auth', 'login', '-h'));
    for (const words of ['version', '-v', '-V']) expect(await said(words)).toBe(await said('--version'));
    expect(await said('plan', 'help')).toBe(await said('plan', '--help'));
    expect(await said('auth', 'login', 'help')).toBe(await said('auth', 'login', '--help'));
    expect(await said('help', 'help')).toBe(await said('help'));
    const below = await story.run(['auth', 'logn']);
    expect(below.code).toBe(64);
    expect(below.stderr).toContain('Did you mean "login"?');
    expect(flat((await story.run(['auth', 'login', '--frob'])).stderr)).toContain(
      'Run "zoho-fields auth login --help"',
    );
    const slip = await story.run(['help', 'plna']);
    expect([slip.code, slip.stdout]).toEqual([64, '']);
    expect(slip.stderr).toMatch(/plna[^]*plan/);
  });

  it('has examples and exit codes for every command, in 80 columns', async ({ open }) => {
    const story = await open();
    const seen: string[] = [];
    const look = async (path: readonly string[]): Promise<void> => {
      const { stdout } = await story.run([...path, '--help']);
      expect(stdout, path.join(' ')).toMatch(/^Examples:\n {2}zoho-fields /m);
      expect(stdout, path.join(' ')).toMatch(/^Exit codes:\n {3}0 {2}/m);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      seen.push(path.join(' '));
      const below = /^Commands:\n((?: {2}.*\n)+)/m.exec(stdout)?.[1] ?? '';
      for (const [, name = ''] of below.matchAll(/^ {2}([a-z]+)/gm)) await look([...path, name]);
    };
    await look([]);
    expect(seen).toEqual(expect.arrayContaining(['', 'plan', 'auth login', 'doctor', 'emulator']));
    const bare = await story.run([]);
    expect(bare.code).toBe(64);
    expect(bare.stderr).toContain('Examples:');
  });
});

it('--settings is taken in every position, and alone says what it needs', async ({ open }) => {
  const story = await open();
  story.declare({ Deals: missing(1) });
  writeFileSync(join(story.folder.path, 'other.env'), 'ZOHO_DC=mars\n');
  const env = { ZOHO_DC: '' };
  for (const words of [
    ['--settings', 'other.env', 'auth', 'status'],
    ['auth', '--settings', 'other.env', 'status'],
    ['auth', 'status', '--settings=other.env'],
    ['--env-file', 'other.env', 'plan'],
  ])
    expect((await story.run(words, { env })).stderr, words.join(' ')).toContain('other.env) is "mars"');
  const alone = await story.run(['--settings', 'plan']);
  expect(alone.code).toBe(64);
  expect(alone.stderr).toContain('zoho-fields plan --settings FILE');
});

it('doctor, too, prints one remedy once, and at the end what comes first', async ({ open }) => {
  const story = await open();
  const env = { ZOHO_CLIENT_ID: '', ZOHO_CLIENT_SECRET: '', ZOHO_REFRESH_TOKEN: '' };
  const { code, stdout } = await story.run(['doctor'], { env });
  expect(code).toBe(78);
  expect(stdout.match(/auth login/g)).toHaveLength(1);
  expect(stdout).toContain('Not ready; first fix ZOHO_CLIENT_ID, as said above.');
});

it('one remedy is printed once for all that it is the same for', async ({ open }) => {
  const story = await open();
  story.declare({ Deals: missing(1) });
  const env = { ZOHO_CLIENT_ID: '', ZOHO_CLIENT_SECRET: '', ZOHO_REFRESH_TOKEN: '' };
  const { code, stderr } = await story.run(['plan'], { env });
  expect(code).toBe(78);
  expect(stderr.match(/is not set/g)).toHaveLength(3);
  expect(stderr.match(/do: /g)).toHaveLength(1);
  expect(stderr.indexOf('do: ')).toBeGreaterThan(stderr.lastIndexOf('is not set'));
});

describe.concurrent('the next line is typed as this one was', () => {
  const start = (story: Story, file: string, words: readonly string[], env: Record<string, string> = {}) => {
    const run = spawnSync(process.execPath, [file, ...words], {
      cwd: story.folder.path,
      env: { PATH: process.env['PATH'] ?? '', HOME: story.folder.path, ...env },
      encoding: 'utf8',
    });
    // Where this checkout lies decides whether a command fits into one line.
    return flat((run.stdout + run.stderr).replaceAll(' \\\n', '\n'));
  };

  it('by node, by npx, by npm exec, and by the bare name', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const local = join(story.folder.path, 'node_modules', '.bin', 'zoho-fields');
    mkdirSync(dirname(local), { recursive: true });
    symlinkSync(FILE, local);
    const plan = ['plan', '--emulator', '--settings', 'my own.env'];
    writeFileSync(join(story.folder.path, 'my own.env'), '');
    const rest = "apply --emulator --settings 'my own.env'";
    expect(start(story, BIN, plan)).toContain(`Next: zoho-fields ${rest}`);
    expect(start(story, FILE, plan)).toContain(`Next: node ${FILE} ${rest}`);
    expect(start(story, local, plan)).toContain(`Next: npx zoho-fields ${rest}`);
    expect(start(story, BIN, plan, { npm_command: 'exec' })).toContain(`Next: npx zoho-fields ${rest}`);
    for (const [file, command] of [
      [local, 'npx zoho-fields'],
      [FILE, `node ${FILE}`],
    ] as const) {
      expect(start(story, file, ['plan'])).toContain(`Run "${command} auth login"`);
      expect(start(story, file, ['plna'])).toContain(`Did you mean "plan"? Run "${command} --help"`);
      expect(start(story, file, ['plan', '--help'])).toContain(`${command} plan --emulator`);
    }
  });

  it('but what is read elsewhere has the bare name', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    start(story, FILE, ['plan', '--emulator', '--format', 'markdown=a.md', '--format', 'json=a.json']);
    for (const name of ['a.md', 'a.json'])
      expect(readFileSync(join(story.folder.path, name), 'utf8')).not.toContain(FILE);
  });
});
