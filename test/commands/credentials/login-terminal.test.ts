import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { converse, type Conversation, type Turn } from './conversation.ts';
import { envText, openDesk, token, type Desk } from './desk.ts';

const ENTER = '\r';
const DOWN = '\u001b[B';
const DATA_CENTRE = 'Data centre: which of these is in the address of your Zoho CRM?';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

async function talk(
  desk: Desk,
  turns: readonly Turn[],
  { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
): Promise<Conversation & { readonly settings: Record<string, string> }> {
  const result = await converse(['auth', 'login', ...args], turns, {
    cwd: desk.folder.path,
    env: { ZOHO_ACCOUNTS_URL: desk.zoho.url, ZOHO_TIMEOUT_MS: '4000', ...env },
  });
  const path = join(desk.folder.path, '.env');
  const settings = existsSync(path) ? parse(readFileSync(path)) : {};
  if (settings['ZOHO_REFRESH_TOKEN'] !== undefined) desk.hide(settings['ZOHO_REFRESH_TOKEN']);
  desk.search(result.screen);
  return { ...result, settings };
}

function newCode(desk: Desk, wish: Parameters<Desk['zoho']['grantCode']>[0] = {}): string {
  const code = desk.zoho.grantCode(wish);
  desk.hide(code);
  return code;
}

describe('a login on a terminal', () => {
  it('leads from nothing to a working file', async () => {
    const desk = await openDesk();
    const { ZOHO_CLIENT_ID: id = '', ZOHO_CLIENT_SECRET: secret = '' } = desk.settings;
    const { screen, code, settings } = await talk(desk, [
      [DATA_CENTRE, DOWN],
      ['● eu (zoho.eu)', ENTER],
      ['Environment: ● production', ENTER],
      ['Client ID: ', `${id}${ENTER}`],
      ['Client Secret: ', `${secret}${ENTER}`],
      ['Code: ', `${newCode(desk)}${ENTER}`],
    ]);
    expect(code).toBe(0);
    expect(settings).toMatchObject({ ZOHO_DC: 'eu', ZOHO_CLIENT_ID: id, ZOHO_CLIENT_SECRET: secret });
    expect(statSync(join(desk.folder.path, '.env')).mode & 0o777).toBe(0o600);
    // It says where to click, what to paste, which duration, and why.
    expect(screen).toContain('https://api-console.zoho.eu');
    expect(screen).toContain('"Generate Code"');
    expect(screen).toContain('\nZohoCRM.settings.fields.READ,ZohoCRM.settings.fields.CREATE,');
    expect(screen).toContain('10 minutes');
    expect(screen).toContain('ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ');
    expect(screen).toMatch(/settings\.fields\.CREATE +creates what is missing/);
    expect(screen).toContain('Next: zoho-fields plan');
    // A line that is being typed is drawn again with each key.
    const said = screen.split('\n').filter((line) => !/[█▪]/u.test(line));
    const wide = said.filter((line) => line.length > 80 && !line.startsWith('ZohoCRM.'));
    expect(wide).toEqual([]);
  });

  it('asks only for what is missing', async () => {
    const desk = await openDesk();
    const { ZOHO_REFRESH_TOKEN: _, ...rest } = desk.settings;
    desk.folder.write('.env', envText({ ...rest, ZOHO_DC: 'in', ZOHO_API_URL: desk.zoho.url }));
    const { screen, code } = await talk(desk, [['Code: ', `${newCode(desk)}${ENTER}`]]);
    expect(code).toBe(0);
    expect(screen).not.toMatch(/◆ +(?:Client|Data centre|Environment)/u);
    expect(screen).toContain('https://api-console.zoho.in');
  });

  it('explains codes that are cut, wrong or over, and asks for another one without the rest', async () => {
    const desk = await openDesk();
    const { ZOHO_REFRESH_TOKEN: _, ...rest } = desk.settings;
    desk.folder.write('.env', envText({ ...rest, ZOHO_DC: 'us' }));
    const over = newCode(desk, { minutes: 0 });
    const { screen, code, settings } = await talk(desk, [
      ['Environment: ● production', ENTER],
      ['Code: ', `two words${ENTER}`],
      ['has a space in it', `${token().slice(0, 30)}${ENTER}`],
      ['may be copied in part', ''],
      ['does not accept the code', ''],
      ['Code: ', `${over}${ENTER}`],
      ['does not accept the code', ''],
      ['Code: ', `${over}${ENTER}`],
      ['was refused before', ''],
      ['Code: ', `${newCode(desk)}${ENTER}`],
    ]);
    expect(code).toBe(0);
    expect(settings['ZOHO_REFRESH_TOKEN']).toMatch(/^1000\./);
    expect(screen.split('"Scope": paste this line').length).toBe(2);
  });

  it('asks again for client and secret where they are wrong, and takes the code that is there', async () => {
    const desk = await openDesk();
    const { ZOHO_CLIENT_ID: id = '', ZOHO_CLIENT_SECRET: secret = '' } = desk.settings;
    const wrong = 'f'.repeat(42);
    const { code, settings } = await talk(desk, [
      [DATA_CENTRE, DOWN],
      ['● eu (zoho.eu)', ENTER],
      ['Environment: ● production', ENTER],
      ['Client ID: ', `1000.0000000000000000000000WRONG${ENTER}`],
      ['Client Secret: ', `${wrong}${ENTER}`],
      ['Code: ', `${newCode(desk)}${ENTER}`],
      ['does not know the client id', ''],
      [DATA_CENTRE, ''],
      ['● eu (zoho.eu)', ENTER],
      ['Client ID (Enter keeps the last one): …RONG', `${id}${ENTER}`],
      ['Client Secret (Enter keeps the last one): ', ENTER],
      ['Code (Enter keeps the last one): ', ENTER],
      ['is not its', ''],
      ['Client Secret (Enter keeps the last one): ', `${secret}${ENTER}`],
      ['Code (Enter keeps the last one): ', ENTER],
    ]);
    expect(code).toBe(0);
    expect(settings).toMatchObject({ ZOHO_DC: 'eu', ZOHO_CLIENT_ID: id, ZOHO_CLIENT_SECRET: secret });
  });

  it('wants a code with enough scopes, and asks for it', async () => {
    const desk = await openDesk();
    const { ZOHO_REFRESH_TOKEN: _, ...rest } = desk.settings;
    desk.folder.write('.env', envText({ ...rest, ZOHO_DC: 'us', ZOHO_API_URL: desk.zoho.url }));
    const { code } = await talk(desk, [
      ['Code: ', `${newCode(desk, { scope: 'ZohoCRM.modules.ALL' })}${ENTER}`],
      ['without a scope', ''],
      ['Code: ', `${newCode(desk)}${ENTER}`],
    ]);
    expect(code).toBe(0);
  });

  it('stops for good, with the time to come back, when there were too many codes', async () => {
    const body = '{"error":"access_denied"}';
    const desk = await openDesk({ faults: [{ kind: 'status', path: '/oauth/v2/token', status: 200, body }] });
    const { ZOHO_REFRESH_TOKEN: _, ...rest } = desk.settings;
    desk.folder.write('.env', envText({ ...rest, ZOHO_DC: 'us', ZOHO_API_URL: desk.zoho.url }));
    const { screen, code } = await talk(desk, [['Code: ', `${newCode(desk)}${ENTER}`]]);
    expect(code).toBe(77);
    expect(screen).toMatch(/Come back at \d\d:\d\d \(UTC\)/);
    expect(desk.zoho.requests).toHaveLength(1);
  });
});

describe('a login that is stopped', () => {
  it.each([
    ['Ctrl-C', CTRL_C, 130],
    ['Ctrl-D', CTRL_D, 1],
  ])('by %s keeps what was typed, and goes on from there', async (_, key, expected) => {
    const desk = await openDesk();
    const { ZOHO_CLIENT_ID: id = '', ZOHO_CLIENT_SECRET: secret = '' } = desk.settings;
    const first = await talk(desk, [
      [DATA_CENTRE, DOWN],
      ['● eu (zoho.eu)', ENTER],
      ['Environment: ● production', ENTER],
      ['Client ID: ', `${id}${ENTER}`],
      ['Client Secret: ', `${secret}${ENTER}`],
      ['Code: ', key],
    ]);
    expect(first.code).toBe(expected);
    expect(first.settings).toEqual({ ZOHO_DC: 'eu', ZOHO_CLIENT_ID: id, ZOHO_CLIENT_SECRET: secret });
    expect(first.screen).toContain('goes on from there');
    const second = await talk(desk, [
      ['Environment: ● production', ENTER],
      ['Code: ', `${newCode(desk)}${ENTER}`],
    ]);
    expect(second.code).toBe(0);
    expect(second.screen).not.toMatch(/◆ +Client/u);
  });

  it('changes nothing beside a refresh token that may still work', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(desk.settings));
    const { code } = await talk(desk, [
      [DATA_CENTRE, DOWN],
      ['● eu (zoho.eu)', ENTER],
      ['Environment: ● production', CTRL_C],
    ]);
    expect(code).toBe(130);
    expect(readFileSync(join(desk.folder.path, '.env'), 'utf8')).toBe(envText(desk.settings));
  });
});
