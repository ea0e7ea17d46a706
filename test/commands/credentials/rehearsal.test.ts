import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BIN, makeWorkspace, ownEnvironment, type Workspace } from '../../support/run-cli.ts';
import { converse, type Turn } from './conversation.ts';

const ENTER = '\r';
const DOWN = '\u001b[B';
const CONSOLE = /http:\/\/127\.0\.0\.1:\d+\/__emulator\/console/u;

function desk(): Workspace {
  const folder = makeWorkspace();
  onTestFinished(() => folder.remove());
  return folder;
}

/** What someone copies from the page that the screen names. */
async function copied(screen: string, title: string): Promise<string> {
  const page = await fetch(CONSOLE.exec(screen)?.[0] ?? '');
  expect(page.headers.get('content-type')).toContain('text/html');
  const text = await page.text();
  return new RegExp(`${title}<br><code>([^<]+)</code>`, 'u').exec(text)?.[1] ?? '';
}

/** What the page's button does. */
async function created(screen: string, wish: object = {}): Promise<string> {
  const codes = new URL('codes', CONSOLE.exec(screen)?.[0]);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(codes, { method: 'POST', headers, body: JSON.stringify(wish) });
  return ((await answer.json()) as { readonly code: string }).code;
}

const TO_THE_CODE: readonly Turn[] = [
  ['Data centre: which of these is in the address of your Zoho CRM?', DOWN],
  ['● eu (zoho.eu)', ENTER],
  ['Environment: ● production', DOWN],
  ['● sandbox', ENTER],
  ['Client ID: ', async (screen) => `${await copied(screen, 'Client ID')}${ENTER}`],
  ['Client Secret: ', async (screen) => `${await copied(screen, 'Client Secret')}${ENTER}`],
];

describe('a rehearsal of the login', () => {
  it('is the whole dialogue with the built-in Zoho and its page, and touches neither file nor settings', async () => {
    const folder = desk();
    const own = 'ZOHO_CLIENT_ID=1000.MINE\nZOHO_CLIENT_SECRET=mine-mine-mine\nZOHO_DC=jp\n';
    folder.write('.env', own);
    const { screen, code } = await converse(
      ['auth', 'login', '--emulator'],
      [
        ...TO_THE_CODE,
        ['Code: ', `1000.${'0'.repeat(32)}.${'0'.repeat(32)}${ENTER}`],
        ['does not accept the code', ''],
        ['Code: ', async (text) => `${await created(text, { minutes: 10 })}${ENTER}`],
      ],
      // Real credentials in the environment have no part in it either, wherever they would lead.
      {
        cwd: folder.path,
        env: { ZOHO_REFRESH_TOKEN: 'real-real-real', ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:9' },
      },
    );
    expect(code, screen).toBe(0);
    expect(screen).toContain('A rehearsal of the login');
    expect(screen).toContain('The rehearsal worked.');
    expect(screen).toMatch(/Deals: \d\d fields were read/u);
    expect(screen.replaceAll(/\s+/gu, ' ')).toMatch(
      /A login with Zoho writes ZOHO_DC, ZOHO_API_URL, ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET and ZOHO_REFRESH_TOKEN to \S+\.env\. This one wrote nothing\./u,
    );
    expect(screen).toContain('Next: zoho-fields auth login\n');
    expect(screen).not.toContain('api-console.zoho.eu');
    expect(readdirSync(folder.path)).toEqual(['.env']);
    expect(readFileSync(join(folder.path, '.env'), 'utf8')).toBe(own);
  });

  it.each([
    ['Ctrl-C', '\u0003', 130],
    ['Ctrl-D', '\u0004', 1],
  ])('is left by %s, and nothing stays', async (_, key, expected) => {
    const folder = desk();
    const { screen, code } = await converse(
      ['auth', 'login', '--emulator'],
      [...TO_THE_CODE, ['Code: ', key]],
      {
        cwd: folder.path,
        env: {},
      },
    );
    expect(code, screen).toBe(expected);
    expect(screen).not.toContain('goes on from there');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('needs a terminal, and names what programs use instead: 64', async () => {
    const folder = desk();
    const run = await folder.run(['auth', 'login', '--emulator'], { input: 'code\n' });
    expect(run.code).toBe(64);
    expect(run.stderr.replaceAll(/\s+/gu, ' ')).toMatch(/terminal[\s\S]*"zoho-fields emulator"/u);
    expect(existsSync(join(folder.path, '.env'))).toBe(false);
  });
});

describe('the lines of emulator --export', () => {
  it('point a shell that sources them at the local Zoho, where a code makes a login', async () => {
    const folder = desk();
    const zoho = spawn(process.execPath, [BIN, 'emulator', '--export'], {
      cwd: folder.path,
      env: ownEnvironment(folder.path),
    });
    onTestFinished(() => void zoho.kill());
    let lines = '';
    let told = '';
    zoho.stdout.on('data', (chunk: Buffer) => (lines += String(chunk)));
    zoho.stderr.on('data', (chunk: Buffer) => (told += String(chunk)));
    await expect.poll(() => told, { timeout: 30_000 }).toMatch(CONSOLE);
    expect(lines).toMatch(/^(?:export ZOHO_[A-Z_]+=\S+\n){5}$/u);

    folder.write('zoho.sh', lines);
    folder.write(
      'fields.yaml',
      'module: Deals\nfields: [{api_name: Owner, data_type: ownerlookup, create: false}]\n',
    );
    folder.write('code.txt', await created(told));
    const line = `. ./zoho.sh && "$NODE" "$BIN" plan && unset ZOHO_REFRESH_TOKEN && "$NODE" "$BIN" auth login < code.txt`;
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', line], {
      cwd: folder.path,
      env: { ...ownEnvironment(folder.path), NODE: process.execPath, BIN },
    });
    expect(stdout).toContain('1 in sync');
    expect(stdout).toContain('Logged in.');
  });
});
