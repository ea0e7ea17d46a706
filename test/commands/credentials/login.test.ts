import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/emulator/faults/fault.ts';
import { envText, openDesk, token, type Desk } from './desk.ts';

const TOKEN_PATH = '/oauth/v2/token';

function env(desk: Desk, name = '.env'): Record<string, string> {
  return parse(readFileSync(join(desk.folder.path, name), 'utf8'));
}

/** What someone has who made a client, and no token yet. */
function clientOnly(desk: Desk): Record<string, string> {
  const { ZOHO_CLIENT_ID = '', ZOHO_CLIENT_SECRET = '' } = desk.settings;
  return { ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET };
}

function newCode(desk: Desk, wish: Parameters<Desk['zoho']['grantCode']>[0] = {}): string {
  const code = desk.zoho.grantCode(wish);
  desk.hide(code);
  return code;
}

async function login(
  desk: Desk,
  input: string,
  args: readonly string[] = [],
  extra: Record<string, string> = {},
) {
  const run = await desk.run(['auth', 'login', ...args], { input, env: extra });
  const name = args[args.indexOf('--settings') + 1];
  const path = join(desk.folder.path, args.includes('--settings') && name !== undefined ? name : '.env');
  const written = existsSync(path) ? parse(readFileSync(path, 'utf8'))['ZOHO_REFRESH_TOKEN'] : undefined;
  if (written !== undefined && written !== '') desk.hide(written);
  desk.search(run.stdout + run.stderr);
  return { ...run, written };
}

describe('a login with the code on standard input', () => {
  it('writes a refresh token that plan works with, and nothing else', async () => {
    const desk = await openDesk();
    const before = `# portal\r\nPORTAL='x y'\n\n${envText(clientOnly(desk))}ZOHO_REFRESH_TOKEN=\nLAST=1`;
    desk.folder.write('.env', before);
    const { code, stdout, stderr, written } = await login(desk, `${newCode(desk)}\n`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll('\n', ' ')).toContain('ZOHO_REFRESH_TOKEN. Every other line is as it was.');
    const after = readFileSync(join(desk.folder.path, '.env'), 'utf8');
    expect(after).toBe(before.replace('ZOHO_REFRESH_TOKEN=', `ZOHO_REFRESH_TOKEN=${written ?? ''}`));
    expect(statSync(join(desk.folder.path, '.env')).mode & 0o777).toBe(0o600);
    desk.folder.write(
      'fields.yaml',
      'module: Deals\nfields:\n  - api_name: Deal_Name\n    data_type: text\n    create: false\n',
    );
    expect((await desk.run(['plan'])).code).toBe(0);
    // The access token that came along was kept: one exchange, and no token request for the plan.
    expect(desk.zoho.requests.filter((one) => one.path === TOKEN_PATH)).toHaveLength(1);
    expect(desk.zoho.requests.filter((one) => one.path === '/crm/v8/settings/fields')).toHaveLength(2);
  });

  it('writes into the file of --settings, which it makes, what the flags say', async () => {
    const desk = await openDesk();
    const { ZOHO_CLIENT_ID = '', ZOHO_CLIENT_SECRET = '' } = clientOnly(desk);
    const { code } = await login(
      desk,
      newCode(desk),
      ['--settings', 'sandbox.env', '--dc', 'eu', '--client-id', ZOHO_CLIENT_ID],
      { ZOHO_CLIENT_SECRET },
    );
    expect(code).toBe(0);
    expect(Object.keys(env(desk, 'sandbox.env'))).toEqual([
      'ZOHO_DC',
      'ZOHO_CLIENT_ID',
      'ZOHO_REFRESH_TOKEN',
    ]);
    expect(env(desk, 'sandbox.env')).toMatchObject({ ZOHO_DC: 'eu', ZOHO_CLIENT_ID });
  });

  it('keeps the old token in a comment only when asked', async () => {
    const desk = await openDesk();
    const old = desk.settings['ZOHO_REFRESH_TOKEN'] ?? '';
    desk.folder.write('.env', envText(desk.settings));
    await login(desk, newCode(desk));
    expect(readFileSync(join(desk.folder.path, '.env'), 'utf8')).not.toContain(old);
    desk.folder.write('.env', envText(desk.settings));
    await login(desk, newCode(desk), ['--keep-old-token']);
    expect(readFileSync(join(desk.folder.path, '.env'), 'utf8')).toContain(`# ZOHO_REFRESH_TOKEN=${old}\n`);
  });

  it('names everything that is missing', async () => {
    const desk = await openDesk();
    const { code, stderr } = await login(desk, newCode(desk));
    expect(code).toBe(78);
    expect(stderr).toContain('ZOHO_CLIENT_ID is not set');
    expect(stderr).toContain('ZOHO_CLIENT_SECRET is not set');
    desk.folder.write('.env', envText(clientOnly(desk)));
    const empty = await login(desk, '');
    expect(empty.code).toBe(78);
    expect(empty.stderr).toContain('No code came on standard input');
    const cut = await login(desk, '"1000.abc def"');
    expect(cut.code).toBe(78);
    expect(desk.zoho.requests).toEqual([]);
  });

  it('takes no code from an argument', async () => {
    const desk = await openDesk();
    expect((await login(desk, '', [newCode(desk)])).code).toBe(64);
    expect((await login(desk, '', ['--code', newCode(desk)])).code).toBe(64);
  });

  it('says when the environment will overrule what it writes', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, stderr } = await login(desk, newCode(desk), [], { ZOHO_REFRESH_TOKEN: token() });
    expect(code).toBe(0);
    expect(stderr).toMatch(/ZOHO_REFRESH_TOKEN is set in the environment too, and wins/);
    const flag = await login(desk, newCode(desk), ['--dc', 'eu'], { ZOHO_DC: 'us' });
    expect(flag.code).toBe(78);
  });
});

describe('a login that Zoho refuses', () => {
  it.each([
    ['is over', { minutes: 0 }],
    ['is of another client', { clientId: 'another' }],
  ])('explains a code that %s', async (_, wish) => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, stderr, written } = await login(desk, newCode(desk, wish));
    expect({ code, written }).toEqual({ code: 77, written: undefined });
    expect(stderr).toMatch(/its minutes are\s+over; it was used before/);
  });

  it('explains a code that was used', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(clientOnly(desk)));
    const used = newCode(desk);
    expect((await login(desk, used)).code).toBe(0);
    const { written: kept } = await login(desk, used);
    const again = await login(desk, used);
    expect(again.code).toBe(77);
    expect(again.written).toBe(kept);
  });

  /** Sheet §1.3, as an exchange meets it. */
  it.each([
    ['invalid_code', /does not accept the\s+code/],
    ['invalid_client', /does not know the client\s+id/],
    ['invalid_client_secret', /not its\s+secret/],
    ['invalid_redirect_uri', /Self\s+Client/],
    ['invalid_scope', /does not know one of the\s+scopes/],
    ['access_denied', /Come back at\s+\d\d:\d\d/],
    ['Access Denied', /Come back at\s+\d\d:\d\d/],
    ['other_dc', /another data\s+centre/],
    ['general_error', /without a\s+reason/],
    ['expired', /minutes of the code are\s+over/],
    ['something_new', /does not\s+know, "something_new"/],
  ])('explains %s and writes nothing', async (error, words) => {
    const body = JSON.stringify({ error });
    const desk = await openDesk({ faults: [{ kind: 'status', path: TOKEN_PATH, status: 200, body }] });
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, stderr, written } = await login(desk, newCode(desk));
    expect({ code, written }).toEqual({ code: 77, written: undefined });
    expect(stderr.replaceAll(/\n +/g, ' ')).toMatch(words);
    expect(desk.zoho.requests).toHaveLength(1);
  });

  it('wants a refresh token, not an access token alone', async () => {
    const secret = token();
    const body = JSON.stringify({ access_token: secret, expires_in: 3600 });
    const desk = await openDesk({ faults: [{ kind: 'status', path: TOKEN_PATH, status: 200, body }] });
    desk.hide(secret);
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, stderr, written } = await login(desk, newCode(desk));
    expect({ code, written }).toEqual({ code: 77, written: undefined });
    expect(stderr).toMatch(/no\s+refresh token/);
  });

  it('sends a code once, and says what became of it when no answer came', async () => {
    const desk = await openDesk({ faults: [{ kind: 'reset', path: TOKEN_PATH }] });
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, stderr } = await login(desk, newCode(desk));
    expect(code).toBe(69);
    expect(stderr).toMatch(/may be used up/);
    expect(desk.zoho.requests).toHaveLength(1);
  });

  it('does not write a token that may not read the fields', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, written } = await login(desk, newCode(desk, { scope: 'ZohoCRM.modules.ALL' }));
    expect({ code, written }).toEqual({ code: 77, written: undefined });
  });

  it('writes one that may read but not create, and says so', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, stderr } = await login(desk, newCode(desk, { scope: 'ZohoCRM.settings.fields.READ' }));
    expect(code).toBe(0);
    expect(stderr).toMatch(/without\s+ZohoCRM\.settings\.fields\.CREATE/);
  });

  it.each([
    ['Zoho has trouble', { kind: 'status', path: '/settings/fields', status: 503 }, [], 69],
    ['there is no such module', undefined, ['--module', 'Dealz'], 1],
  ] as const)('keeps the token when only the proof fails: %s', async (_, fault, args, expected) => {
    const faults: readonly Fault[] = fault === undefined ? [] : [fault];
    const desk = await openDesk({ faults });
    desk.folder.write('.env', envText(clientOnly(desk)));
    const { code, written, stdout } = await login(desk, newCode(desk), args);
    expect(code).toBe(expected);
    expect(written).toMatch(/^1000\./);
    expect(stdout).toContain('Next: zoho-fields doctor');
  });
});

describe('the file of a login', () => {
  it('is refused when git tracks it, before the code is spent', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(clientOnly(desk)));
    git(desk, 'init', '-q');
    git(desk, 'add', '-f', '.env');
    const { code, stderr } = await login(desk, newCode(desk));
    expect(code).toBe(78);
    expect(stderr).toMatch(/tracked by\s+git/);
    expect(desk.zoho.requests).toEqual([]);
    git(desk, 'rm', '-q', '--cached', '.env');
  });

  it('is warned about when git does not ignore it', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(clientOnly(desk)));
    git(desk, 'init', '-q');
    const open = await login(desk, newCode(desk));
    expect(open.code).toBe(0);
    expect(open.stderr).toMatch(/Git does not ignore/);
    writeFileSync(join(desk.folder.path, '.gitignore'), '.env\n');
    const ignored = await login(desk, newCode(desk));
    expect({ code: ignored.code, stderr: ignored.stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is never written through a link', async () => {
    const desk = await openDesk();
    const target = desk.folder.write('target', envText(clientOnly(desk)));
    symlinkSync(target, join(desk.folder.path, '.env'));
    const { code, stderr } = await login(desk, newCode(desk));
    expect(code).toBe(78);
    expect(stderr).toMatch(/is a link/);
    expect(desk.zoho.requests).toEqual([]);
    writeFileSync(target, '');
  });
});

function git(desk: Desk, ...words: readonly string[]): void {
  execFileSync('git', [...words], { cwd: desk.folder.path, stdio: 'ignore' });
}
