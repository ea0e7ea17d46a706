import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, missing, type Story } from '../support/story.ts';

const NAMES = ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'] as const;
const NOTHING = {
  ZOHO_CLIENT_ID: '',
  ZOHO_CLIENT_SECRET: '',
  ZOHO_REFRESH_TOKEN: '',
  ZOHO_ACCOUNTS_URL: '',
  ZOHO_API_URL: '',
};

/** The settings of a local Zoho as the text of a file, some of them otherwise. */
function settings(story: Story, otherwise: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...story.zoho.environment, ...otherwise })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

async function withFields(open: (options?: object) => Promise<Story>): Promise<Story> {
  const story = await open();
  story.declare({ Deals: missing(1) });
  return story;
}

describe.concurrent('settings: environment, then file, then default (contract §3, §4)', () => {
  it('.env of the current folder is enough', async ({ open }) => {
    const story = await withFields(open);
    story.folder.write('.env', settings(story));
    const plan = await story.json(['plan'], { env: NOTHING });
    expect(plan.code, plan.stdout).toBe(0);
  });

  it('the environment is stronger than the file; what is empty there counts as not set', async ({ open }) => {
    const story = await withFields(open);
    story.folder.write('.env', settings(story, { ZOHO_REFRESH_TOKEN: '1000.wrong' }));
    const strong = await story.json(['plan']);
    expect(strong.code, strong.stdout).toBe(0);
    const wrong = await story.json(['plan'], { env: { ZOHO_REFRESH_TOKEN: '' } });
    expect(wrong.code).toBe(77);
  });

  it('nothing else that happens to be there changes what is printed', async ({ open }) => {
    const story = await withFields(open);
    const run = (env: Readonly<Record<string, string>>) => story.run(['validate', '--json'], { env });
    const others = {
      LOG_TOKENS: '1',
      LOG_STREAM: '1',
      DEBUG: '*',
      DOTENV_CONFIG_DEBUG: '1',
      NODE_ENV: 'test',
    };
    expect(await run(others)).toEqual(await run({}));
  });

  it('what is empty in the file counts as not set', async ({ open }) => {
    const story = await withFields(open);
    story.folder.write('.env', settings(story, { ZOHO_DC: '', ZOHO_TIMEOUT_MS: '' }));
    const plan = await story.json(['plan'], { env: { ...NOTHING, ZOHO_TIMEOUT_MS: '' } });
    expect(plan.code, plan.stdout).toBe(0);
  });

  it('--settings names another file, so that one manifest serves two organisations', async ({ open }) => {
    const story = await withFields(open);
    story.folder.write('.env', settings(story, { ZOHO_REFRESH_TOKEN: '1000.production' }));
    story.folder.write('sandbox.env', settings(story));
    const sandbox = await story.json(['plan', '--settings', 'sandbox.env'], { env: NOTHING });
    expect(sandbox.code, sandbox.stdout).toBe(0);
    const production = await story.json(['plan'], { env: NOTHING });
    expect(production.code).toBe(77);
    // With its host, since a file does not say where a token of the environment goes.
    const hosts = { ZOHO_ACCOUNTS_URL: story.zoho.url, ZOHO_API_URL: story.zoho.url };
    const stronger = await story.json(['plan', '--settings', 'sandbox.env'], {
      env: { ...NOTHING, ...hosts, ZOHO_REFRESH_TOKEN: '1000.other' },
    });
    expect(stronger.code).toBe(77);
  });

  it('a file with quotes, comments and CRLF is read as people mean it', async ({ open }) => {
    const story = await withFields(open);
    const [id, secret, token] = NAMES.map((name) => story.zoho.environment[name] ?? '');
    story.folder.write(
      '.env',
      `# ours\r\nZOHO_CLIENT_ID="${id}"\r\nexport ZOHO_CLIENT_SECRET='${secret}'\r\nZOHO_REFRESH_TOKEN=${token} # new\r\n` +
        `ZOHO_ACCOUNTS_URL=${story.zoho.url}\r\nZOHO_API_URL=${story.zoho.url}\r\n`,
    );
    const plan = await story.json(['plan'], { env: NOTHING });
    expect(plan.code, plan.stdout).toBe(0);
  });

  it('the file of another folder does not count, and a folder of that name is told', async ({ open }) => {
    const story = await withFields(open);
    mkdirSync(join(story.folder.path, 'sub'));
    story.folder.write('sub/.env', settings(story));
    const plan = await story.json(['plan'], { env: NOTHING });
    expect(plan.code).toBe(78);
    mkdirSync(join(story.folder.path, '.env'));
    const folder = await story.json(['plan'], { env: NOTHING });
    expect(folder.code, folder.stdout).toBe(78);
    expect(folder.report.diagnostics[0]?.message).toContain('.env');
  });
});

describe.concurrent('what is not set or malformed is 78, named, before any request (contract §4, §6)', () => {
  it('all missing variables are named in one run, with where they were looked for', async ({ open }) => {
    const story = await withFields(open);
    for (const command of [['plan'], ['apply', '--yes']]) {
      const run = await story.json(command, { env: NOTHING });
      expect(run.code).toBe(78);
      expect(run.report.diagnostics.map((one) => one.message.split(' ')[0])).toEqual([...NAMES]);
      expect(run.report.diagnostics[0]?.message).toContain(join(story.folder.path, '.env'));
      expect(run.report.diagnostics[0]?.remedy).toMatch(/\.env\.example|auth login|--emulator/);
    }
    const screen = await story.run(['plan'], { env: NOTHING });
    expect(screen.stderr).toMatch(/ZOHO_CLIENT_ID[\s\S]*ZOHO_CLIENT_SECRET[\s\S]*ZOHO_REFRESH_TOKEN/);
    expect(story.zoho.requests).toEqual([]);
  });

  const FAULTS: readonly {
    readonly name: string;
    readonly spoil: (value: string) => string;
    readonly says: RegExp;
  }[] = [
    { name: 'a space in front', spoil: (value) => ` ${value}`, says: /space/ },
    { name: 'a space behind', spoil: (value) => `${value} `, says: /space/ },
    { name: 'a line break behind', spoil: (value) => `${value}\n`, says: /line break/ },
    {
      name: 'a line break inside',
      spoil: (value) => `${value.slice(0, 9)}\n${value.slice(9)}`,
      says: /line break/,
    },
    { name: 'a space inside', spoil: (value) => `${value.slice(0, 9)} ${value.slice(9)}`, says: /space/ },
    { name: 'quotation marks', spoil: (value) => `"${value}"`, says: /quotation mark/ },
    { name: 'typographic quotation marks', spoil: (value) => `“${value}”`, says: /quotation mark/ },
    { name: 'an invisible character', spoil: (value) => `${value}\u200b`, says: /invisible/ },
    {
      name: 'its own name',
      spoil: (value) => `ZOHO_REFRESH_TOKEN=${value}`,
      says: /pasted together with its name/,
    },
    { name: 'a placeholder', spoil: () => '<your-refresh-token>', says: /placeholder/ },
  ];
  it.for(FAULTS)('a token pasted with $name', async ({ spoil, says }, { open }) => {
    const story = await withFields(open);
    const plan = await story.json(['plan'], {
      env: { ZOHO_REFRESH_TOKEN: spoil(story.zoho.environment['ZOHO_REFRESH_TOKEN'] ?? '') },
    });
    expect(plan.code, plan.stdout).toBe(78);
    expect(plan.report.diagnostics[0]?.message).toMatch(/ZOHO_REFRESH_TOKEN \(from the environment\)/);
    expect(plan.report.diagnostics[0]?.message).toMatch(says);
    expect(story.zoho.requests).toEqual([]);
  });

  it.for([
    { name: 'ZOHO_DC', value: 'mars', says: /us, eu, in, au, jp, cn, ca, sa, uk/ },
    { name: 'ZOHO_TIMEOUT_MS', value: '0', says: /30000/ },
    { name: 'ZOHO_TIMEOUT_MS', value: '30s', says: /30000/ },
    { name: 'ZOHO_TIMEOUT_MS', value: '-1', says: /30000/ },
    { name: 'ZOHO_SETTLE_MS', value: '99999999999', says: /5000/ },
    { name: 'ZOHO_API_URL', value: 'http://www.zohoapis.com', says: /https/ },
  ])('$name=$value', async ({ name, value, says }, { open }) => {
    const story = await withFields(open);
    const plan = await story.json(['plan'], { env: { [name]: value } });
    expect(plan.code, plan.stdout).toBe(78);
    expect(plan.report.diagnostics[0]?.message).toContain(`${name} (from the environment)`);
    expect(plan.report.diagnostics[0]?.remedy).toMatch(says);
    expect(story.zoho.requests).toEqual([]);

    story.folder.write('sandbox.env', settings(story, { [name]: value }));
    const filed = await story.json(['plan', '--settings', 'sandbox.env'], {
      env: { ...NOTHING, [name]: '' },
    });
    expect(filed.code).toBe(78);
    expect(filed.report.diagnostics[0]?.message).toContain('sandbox.env');
  });

  it('everything that is wrong is told in one run', async ({ open }) => {
    const story = await withFields(open);
    const plan = await story.json(['plan'], {
      env: { ZOHO_CLIENT_ID: '', ZOHO_DC: 'mars', ZOHO_TIMEOUT_MS: 'x', ZOHO_ACCOUNTS_URL: 'ftp://x' },
    });
    const told = plan.report.diagnostics.map((one) => one.message).join('\n');
    for (const name of ['ZOHO_CLIENT_ID', 'ZOHO_DC', 'ZOHO_TIMEOUT_MS', 'ZOHO_ACCOUNTS_URL'])
      expect(told).toContain(name);
  });

  it.for(['us', 'uk', 'EU'])('ZOHO_DC=%s is a data centre', async (dc, { open }) => {
    const story = await withFields(open);
    const plan = await story.json(['plan'], { env: { ZOHO_DC: dc } });
    expect(plan.code, plan.stdout).toBe(0);
  });

  it('what is wrong with the manifest is told before what is wrong with the settings', async ({ open }) => {
    const story = await open();
    story.folder.write('fields.yaml', 'module: Deals\nfields: 7\n');
    const plan = await story.json(['plan'], { env: NOTHING });
    expect(plan.code).toBe(65);
  });
});

describe.concurrent('ZOHO_TIMEOUT_MS and ZOHO_SETTLE_MS (contract §4)', () => {
  it('the first bounds one request, whatever trickles in', async ({ open }) => {
    const story = await open({ faults: [{ kind: 'slow', bytesPerSecond: 20, path: '/settings/fields' }] });
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan'], { env: { ZOHO_TIMEOUT_MS: '300' } });
    expect(plan.code).toBe(69);
    expect(plan.report.diagnostics[0]?.message).toContain('300 ms');
    expect(plan.report.diagnostics[0]?.remedy).toContain('ZOHO_TIMEOUT_MS');
  });

  it('the second is how long a late commit is waited for: nothing is created twice', async ({ open }) => {
    const story = await open({
      faults: [
        { kind: 'hang', commit: 'all', commitAfterMs: 600, method: 'POST', path: '/settings/fields', nth: 1 },
      ],
    });
    story.declare({ Deals: missing(5) });
    const applied = await story.json(['apply', '--yes'], {
      env: { ZOHO_TIMEOUT_MS: '400', ZOHO_SETTLE_MS: '900' },
    });
    expect(applied.code, applied.stdout).toBe(0);
    expect(story.wire().posts).toHaveLength(1);
  });
});
