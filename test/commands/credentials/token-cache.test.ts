import {
  chmodSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DATA_CENTRES } from '../../../src/zoho/auth/data-centre.ts';
import { fileTokenCache } from '../../../src/machine/token-cache.ts';
import type { Credentials } from '../../../src/zoho/auth/token.ts';
import { envText, openDesk, token, type Desk } from './desk.ts';
import { Secret } from '../../../src/zoho/redact.ts';

const TOKEN_PATH = '/oauth/v2/token';
const MANIFEST = 'module: Deals\nfields:\n  - api_name: Deal_Name\n    data_type: text\n    create: false\n';

async function planning(options: Parameters<typeof openDesk>[0] = {}) {
  const desk = await openDesk(options);
  desk.folder.write('.env', envText(desk.settings));
  desk.folder.write('fields.yaml', MANIFEST);
  const folder = join(desk.folder.path, '.cache', 'zoho-fields');
  const plan = (args: readonly string[] = [], env: Record<string, string> = {}) =>
    desk.run(['plan', ...args], { env });
  const file = (): string => join(folder, readdirSync(folder)[0] ?? '');
  return { desk, folder, file, plan, tokens: () => tokens(desk) };
}

const tokens = (desk: Desk): number => desk.zoho.requests.filter((one) => one.path === TOKEN_PATH).length;

describe('access tokens between runs', () => {
  it('are used again, in a file that only the user can read and whose name gives nothing away', async () => {
    const { desk, plan, file, folder, tokens } = await planning();
    for (let run = 0; run < 12; run += 1) expect((await plan()).code).toBe(0);
    expect(tokens()).toBe(1);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);
    expect(readFileSync(file(), 'utf8')).not.toContain(desk.settings['ZOHO_REFRESH_TOKEN']);
    expect(readFileSync(file(), 'utf8')).not.toContain(desk.settings['ZOHO_CLIENT_SECRET']);
  }, 30_000);

  it('lie where XDG says', async () => {
    const { desk, plan, tokens } = await planning();
    const place = join(desk.folder.path, '.cache', 'elsewhere');
    await plan([], { XDG_CACHE_HOME: place });
    await plan([], { XDG_CACHE_HOME: place });
    expect(tokens()).toBe(1);
    expect(existsSync(join(place, 'zoho-fields'))).toBe(true);
  });

  it.each([
    ['under CI', [], { CI: 'true' }],
    ['with --no-token-cache', ['--no-token-cache'], {}],
  ])('are not kept %s', async (_, args, env) => {
    const { plan, folder, tokens } = await planning();
    await plan(args, env);
    await plan(args, env);
    expect(tokens()).toBe(2);
    expect(existsSync(folder)).toBe(false);
  });

  it('are dropped when Zoho no longer takes them, for all calls that were under way', async () => {
    const { desk, plan, tokens } = await planning({ scope: 'ZohoCRM.settings.ALL ZohoCRM.org.READ' });
    await plan();
    desk.zoho.faults = [{ kind: 'expire-tokens', path: '/crm/', times: 1 }];
    const { code } = await plan();
    expect({ code, tokens: tokens() }).toEqual({ code: 0, tokens: 2 });
    desk.zoho.faults = [];
    await plan();
    expect(tokens()).toBe(2);
  });

  it('are not kept when even a fresh one is refused', async () => {
    const other = await openDesk();
    const { plan, folder } = await planning();
    expect((await plan([], { ZOHO_API_URL: other.zoho.url })).code).toBe(77);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a host that is not trusted are not believed', async () => {
    const { plan, file, tokens } = await planning();
    await plan();
    const kept = JSON.parse(readFileSync(file(), 'utf8')) as object;
    writeFileSync(file(), JSON.stringify({ ...kept, api_domain: 'https://evil.example' }));
    expect((await plan()).code).toBe(0);
    expect(tokens()).toBe(2);
  });

  it('end the run when there were too many, with the time to come back', async () => {
    const { plan, tokens } = await planning({ switches: { tokensPerTenMinutes: 1 } });
    await plan(['--no-token-cache']);
    const { code, stderr } = await plan(['--no-token-cache']);
    expect(code).toBe(77);
    expect(stderr).toMatch(/Come back at \d\d:\d\d \(UTC\)/);
    expect(tokens()).toBe(2);
  });
});

const [us] = DATA_CENTRES;
const NOW = Date.now();

function cacheIn(now = NOW, changed: Partial<Credentials> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-cache-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (us === undefined) throw new Error('no data centre');
  const credentials = {
    clientId: '1000.A',
    clientSecret: new Secret('s'),
    refreshToken: new Secret('r'),
    dataCentre: us,
    accountsUrl: new URL(us.accountsUrl),
    ...changed,
  };
  const at = (time: number, other: Partial<Credentials> = {}) =>
    fileTokenCache(folder, { ...credentials, ...other }, () => time);
  at(now).store({ value: new Secret(token()), apiBase: us.apiUrl, scopes: ['A', 'B'], lifeSeconds: 3600 });
  return { folder, at, file: join(folder, readdirSync(folder)[0] ?? '') };
}

describe('the file of a token', () => {
  it('is good until two minutes before its end, and not before it was made', () => {
    const { at } = cacheIn();
    expect(at(NOW).load()?.scopes).toEqual(['A', 'B']);
    expect(at(NOW + 3_600_000 - 121_000).load()).toBeDefined();
    expect(at(NOW + 3_600_000 - 119_000).load()).toBeUndefined();
    expect(at(NOW - 600_000).load()).toBeUndefined();
  });

  it('is another one for other credentials or another host', () => {
    const { at } = cacheIn();
    expect(at(NOW, { clientId: '1000.B' }).load()).toBeUndefined();
    expect(at(NOW, { refreshToken: new Secret('other') }).load()).toBeUndefined();
    expect(at(NOW, { accountsUrl: new URL('https://accounts.zoho.eu') }).load()).toBeUndefined();
    expect(at(NOW, { apiUrl: new URL('https://sandbox.zohoapis.com') }).load()).toBeUndefined();
  });

  it.each([0o640, 0o604, 0o620, 0o666])('is ignored with mode %o', (mode) => {
    const { at, file } = cacheIn();
    chmodSync(file, mode);
    expect(at(NOW).load()).toBeUndefined();
  });

  it('is ignored when it is a link, half a file, or far too large', () => {
    const { at, file } = cacheIn();
    const text = readFileSync(file, 'utf8');
    linkSync(file, `${file}.real`);
    rmSync(file);
    symlinkSync(`${file}.real`, file);
    expect(at(NOW).load()).toBeUndefined();
    rmSync(file);
    for (const other of [text.slice(0, 40), '[]', 'null', `${text}${' '.repeat(20_000)}`]) {
      writeFileSync(file, other, { mode: 0o600 });
      expect(at(NOW).load()).toBeUndefined();
    }
    writeFileSync(file, text, { mode: 0o600 });
    expect(at(NOW).load()).toBeDefined();
  });

  it.runIf(process.getuid?.() === 0)('is ignored when it belongs to someone else', async () => {
    const { chownSync } = await import('node:fs');
    const { at, file } = cacheIn();
    chownSync(file, 12_345, 12_345);
    expect(at(NOW).load()).toBeUndefined();
  });

  it('is swept when it has long ended, and nothing else is', () => {
    const { at, file, folder } = cacheIn(Date.now());
    const old = new Date(Date.now() - 3 * 3_600_000);
    utimesSync(file, old, old);
    writeFileSync(join(folder, 'something-else.json'), '');
    utimesSync(join(folder, 'something-else.json'), old, old);
    const fresh = {
      value: new Secret(token()),
      apiBase: 'https://www.zohoapis.com',
      scopes: [],
      lifeSeconds: 60,
    };
    at(Date.now(), { clientId: '1000.B' }).store(fresh);
    expect([...readdirSync(folder)].sort()).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}/),
      'something-else.json',
    ]);
    expect(existsSync(file)).toBe(false);
  });
});
