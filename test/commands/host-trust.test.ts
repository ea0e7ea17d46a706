import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { loadManifest, plan as planByLibrary, Problem } from '../../src/index.ts';
import { it, missing, type Story } from '../support/story.ts';

const SECRETS = ['ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'];
const NAMES = ['ZOHO_CLIENT_ID', ...SECRETS];
const HOSTS = ['ZOHO_ACCOUNTS_URL', 'ZOHO_API_URL'];

/** Puts each setting of a local Zoho into `.env`, or into the environment, which is what comes back. */
function place(story: Story, inFile: readonly string[]): Record<string, string> {
  const values = Object.entries({ ZOHO_API_URL: story.zoho.url, ...story.zoho.environment }).filter(
    ([name]) => NAMES.includes(name) || HOSTS.includes(name),
  );
  const lines = values.filter(([name]) => inFile.includes(name)).map(([name, value]) => `${name}=${value}\n`);
  story.folder.write('.env', lines.join(''));
  return Object.fromEntries(values.map(([name, value]) => [name, inFile.includes(name) ? '' : value]));
}

/** Every way to spread the credentials and one host over the file and the environment. */
const SPREADS = HOSTS.flatMap((host) =>
  [0, 1, 2, 3, 4, 5, 6, 7].flatMap((bits) => {
    const named = NAMES.filter((_, index) => (bits & (1 << index)) !== 0);
    return [named, [...named, host]].map((inFile) => ({ host, inFile, shown: inFile.join(' ') }));
  }),
);

describe.concurrent('a file does not say where secrets of the environment go (contract §4)', () => {
  it.for(SPREADS)('$host, with in the file: $shown', async ({ host, inFile }, { open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const env = place(story, inFile);
    const betrayed = SECRETS.filter((name) => !inFile.includes(name));
    const plan = await story.json(['plan'], { env });
    if (!inFile.includes(host) || betrayed.length === 0) {
      expect(plan.code, plan.stdout).toBe(0);
      return;
    }
    expect(plan.code, plan.stdout).toBe(78);
    const [told] = plan.report.diagnostics;
    expect(told?.code).toBe('host-less-trusted');
    for (const word of [join(story.folder.path, '.env'), host, ...betrayed, 'the environment'])
      expect(told?.message).toContain(word);
    expect(story.zoho.requests).toEqual([]);
  });

  const ASKING = [
    ['plan'],
    ['apply', '--yes'],
    ['audit'],
    ['import'],
    ['auth', 'status', '--online'],
    ['auth', 'login'],
    ['doctor', '--try-other-data-centres'],
  ];
  it.for(ASKING.flatMap((words) => HOSTS.map((host) => ({ words, host }))))(
    'no command asks: $words with $host',
    async ({ words, host }, { open }) => {
      const story = await open();
      story.declare({ Deals: missing(1) });
      const input = story.zoho.grantCode();
      const run = await story.run(words, { env: place(story, [host]), input });
      expect(run.code, run.stdout + run.stderr).toBe(78);
      expect((run.stdout + run.stderr).replaceAll(/\s+/g, ' ')).toContain('does not decide where secrets of');
      expect(story.zoho.requests).toEqual([]);
    },
  );

  it('a file that was named for the run is a file as well', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const env = place(story, HOSTS);
    story.folder.write('sandbox.env', `ZOHO_ACCOUNTS_URL=${story.zoho.url}\n`);
    story.folder.write('.env', '');
    expect((await story.json(['plan', '--settings', 'sandbox.env'], { env })).code).toBe(78);
    expect(story.zoho.requests).toEqual([]);
  });

  it('a file may pick the data centre, which is one of Zoho', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    story.folder.write('.env', 'ZOHO_DC=eu\n');
    expect((await story.json(['plan'])).code).toBe(0);
  });

  it('the library refuses as well', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const env = place(story, ['ZOHO_ACCOUNTS_URL']);
    const manifest = await loadManifest('fields.yaml', { cwd: story.folder.path });
    const failure = await planByLibrary(manifest, { env, cwd: story.folder.path }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({ kind: 'configuration' });
    expect(story.zoho.requests).toEqual([]);
  });

  it('a login tells when what it wrote beside a secret of the environment will not be taken', async ({
    open,
  }) => {
    const story = await open();
    const env = { ...place(story, []), ZOHO_API_URL: '', ZOHO_REFRESH_TOKEN: '' };
    // The proof is read at the host that was chosen, where nobody is.
    const proxy = { HTTPS_PROXY: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
    const login = await story.run(['auth', 'login', '--environment', 'sandbox', '--dc', 'eu'], {
      env: { ...env, ...proxy },
      input: story.zoho.grantCode(),
    });
    expect(login.stdout, login.stderr).toContain('ZOHO_API_URL');
    expect(login.stderr.replaceAll(/\s+/g, ' ')).toContain('sets ZOHO_API_URL, and ZOHO_CLIENT_SECRET comes');
  });
});
