import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fault } from '../../../src/emulator/faults/fault.ts';
import { envText, openDesk, token, type Desk, type Document } from './desk.ts';

const TOKEN_PATH = '/oauth/v2/token';

/** The checks that are not well, as `name: state code`. */
function unwell(document: Document): readonly string[] {
  return document.checks
    .filter((check) => check.state === 'failed' || check.state === 'warning')
    .map((check) => `${check.name}: ${check.state} ${check.code ?? ''}`);
}

async function examine(
  desk: Desk,
  changed: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
) {
  desk.folder.write('.env', envText({ ...desk.settings, ...changed }));
  return desk.report(['doctor', ...args]);
}

describe('a doctor of working credentials', () => {
  it('says ready, with one token, one read and one question without credentials', async () => {
    const desk = await openDesk();
    const { code, document, stderr } = await examine(desk);
    expect({ code, stderr, ready: document.ready, unwell: unwell(document) }).toEqual({
      code: 0,
      stderr: '',
      ready: true,
      unwell: [],
    });
    expect(document.sentence).toBe('Ready: plan and apply can run.');
    expect(document.requests).toEqual({ read: 3, write: 0 });
    expect(desk.zoho.requests.map((one) => `${one.method} ${one.path}`)).toEqual([
      'GET /oauth/serverinfo',
      'POST /oauth/v2/token',
      'GET /crm/v8/settings/fields',
    ]);
  });

  it('reads well in 80 columns, with signs and words, and ends with the sentence', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(desk.settings));
    const { stdout } = await desk.run(['doctor']);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^✓ ok {7}ZOHO_CLIENT_ID +….{4}, from/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Ready: plan and apply can run.');
  });

  it('needs no credentials for the built-in emulator', async () => {
    const desk = await openDesk();
    const { code, document } = await desk.report(['doctor', '--emulator']);
    expect({ code, ready: document.ready }).toEqual({ code: 0, ready: true });
  });
});

describe('a doctor of variables', () => {
  it.each([
    ['missing', { ZOHO_CLIENT_SECRET: '' }, 'setting-client-secret', 'not-configured', /is not set/],
    [
      'with a space',
      { ZOHO_REFRESH_TOKEN: '"1000.ab cd"' },
      'setting-refresh-token',
      'malformed-value',
      /a space/,
    ],
    [
      'with a quote',
      { ZOHO_CLIENT_ID: "1000.AB'" },
      'setting-client-id',
      'malformed-value',
      /quotation mark/,
    ],
    [
      'pasted with its name',
      { ZOHO_CLIENT_ID: 'ZOHO_CLIENT_ID=1000.AB' },
      'setting-client-id',
      'malformed-value',
      /its name/,
    ],
    ['of no data centre', { ZOHO_DC: 'mars' }, 'setting-data-centre', 'malformed-value', /not a data centre/],
    [
      'with a host of another data centre',
      { ZOHO_DC: 'eu', ZOHO_API_URL: 'https://www.zohoapis.in' },
      'setting-data-centre',
      'hosts-disagree',
      /"in"/,
    ],
  ])('names one that is %s', async (_, changed, first, problem, words) => {
    const desk = await openDesk();
    desk.folder.write('.env', envText({ ...desk.settings, ...changed }));
    // Hosts that were corrected by hand are not compared with the data centre's own.
    const env = first === 'setting-data-centre' ? { ZOHO_ACCOUNTS_URL: '' } : {};
    const { code, document } = await desk.report(['doctor'], { env });
    const check = document.checks.find((one) => one.name === first);
    expect({ code, first: document.mend_first, problem: check?.code }).toEqual({ code: 78, first, problem });
    expect(check?.seen).toMatch(words);
    // What depends on it is not guessed at, and no secret leaves.
    expect(document.checks.find((one) => one.name === 'refresh-token')?.state).toBe('skipped');
    expect(desk.zoho.requests.filter((one) => one.method === 'POST')).toEqual([]);
  });

  it.each([
    ['a client id', 'ZOHO_CLIENT_ID', 'client', 'invalid-client'],
    ['a client secret', 'ZOHO_CLIENT_SECRET', 'client-secret', 'invalid-client-secret'],
    ['a refresh token', 'ZOHO_REFRESH_TOKEN', 'refresh-token', 'invalid-code'],
  ])('suspects first that %s was copied in part', async (_, name, first, problem) => {
    const desk = await openDesk();
    const half = (desk.settings[name] ?? '').slice(0, 20);
    const { code, document } = await examine(desk, { [name]: half });
    const check = document.checks.find((one) => one.name === first);
    expect({ code, first: document.mend_first, problem: check?.code }).toEqual({ code: 77, first, problem });
    expect(check?.seen).toMatch(/First suspect: .*copied in part/);
    expect(check?.remedy).toMatch(/^Copy the value again/);
  });

  it('recognises a client id in the place of a refresh token', async () => {
    const desk = await openDesk();
    const { document } = await examine(desk, { ZOHO_REFRESH_TOKEN: desk.settings['ZOHO_CLIENT_ID'] ?? '' });
    expect(document.checks.find((one) => one.name === 'refresh-token')?.seen).toMatch(/form of a client id/);
  });
});

/** Sheet §1.3: every row that a refresh can meet, and the check that has to name it. */
const ROWS: readonly (readonly [string, string, string, RegExp])[] = [
  ['invalid_code', 'refresh-token', 'invalid-code', /revoked|grant code|client id|data centre/],
  ['invalid_client', 'client', 'invalid-client', /another data centre/],
  ['invalid_client_secret', 'client-secret', 'invalid-client-secret', /not its secret/],
  ['invalid_redirect_uri', 'client', 'invalid-redirect-uri', /Self Client/],
  ['invalid_scope', 'refresh-token', 'invalid-scope', /scopes/],
  ['access_denied', 'refresh-token', 'token-throttled', /10 access tokens/],
  ['Access Denied', 'refresh-token', 'token-throttled', /10 access tokens/],
  ['other_dc', 'client', 'other-data-centre', /another data centre/],
  ['general_error', 'refresh-token', 'general-error', /without a reason/],
  ['expired', 'refresh-token', 'expired', /expired/],
  ['never_seen_before', 'refresh-token', 'token-refused', /does not know/],
];

describe('a doctor of what the token endpoint answers', () => {
  for (const status of [200, 400]) {
    it.each(ROWS)(
      `names %s under HTTP ${status} as the fault of the right thing`,
      async (error, first, problem, words) => {
        const desk = await openDesk({ faults: [answering(error, status)] });
        const { code, document } = await examine(desk);
        const check = document.checks.find((one) => one.name === first);
        expect({ code, first: document.mend_first, problem: check?.code }).toEqual({
          code: 77,
          first,
          problem,
        });
        expect(check?.seen).toMatch(words);
        expect(document.checks.find((one) => one.name === 'module')?.state).toBe('skipped');
        expect(desk.zoho.requests.filter((one) => one.path === TOKEN_PATH)).toHaveLength(1);
      },
    );
  }

  it('says at what time to come back after too many tokens, and does not try again', async () => {
    const desk = await openDesk({ switches: { tokensPerTenMinutes: 1 } });
    await examine(desk);
    const { document } = await examine(desk);
    const remedy = document.checks.find((one) => one.name === 'refresh-token')?.remedy ?? '';
    const wanted = new Date(Date.now() + 10 * 60_000).toISOString().slice(11, 13);
    expect(remedy).toMatch(/^Come back at \d\d:\d\d \(UTC\), not earlier/);
    expect(Math.abs(Number(remedy.slice(13, 15)) - Number(wanted)) % 23).toBeLessThanOrEqual(1);
    expect(desk.zoho.requests.filter((one) => one.path === TOKEN_PATH)).toHaveLength(2);
  });

  it('offers to ask other data centres, and does not ask them by itself', async () => {
    const desk = await openDesk({ faults: [answering('invalid_client', 200)] });
    desk.folder.write('.env', envText(desk.settings));
    const { document } = await desk.report(['doctor']);
    expect(document.other_data_centres).toBeUndefined();
    // This server was set by hand, so ZOHO_DC is not what is wrong.
    expect(document.checks.find((one) => one.name === 'client')?.remedy).toMatch(/ZOHO_ACCOUNTS_URL is set/);
    expect(document.sentence).toMatch(/^Not ready; first fix client known: Compare ZOHO_CLIENT_ID[^]*\.$/);
  });

  it.each([
    ['a page', { kind: 'html', status: 200 }, /web page/],
    ['a redirect', { kind: 'redirect', location: 'https://evil.example/' }, /redirect/],
  ] as const)('says that %s is not Zoho', async (_, effect, words) => {
    const desk = await openDesk({ faults: [{ path: TOKEN_PATH, ...effect }] });
    const { code, document } = await examine(desk);
    expect({ code, first: document.mend_first }).toEqual({ code: 69, first: 'accounts-server' });
    expect(document.checks.find((one) => one.name === 'accounts-server')?.seen).toMatch(words);
  });

  it('sends no token to a foreign host that the answer names', async () => {
    const desk = await openDesk({ switches: { apiDomain: 'https://www.zohoapis.evil.example' } });
    const { code, document } = await examine(desk);
    expect(code).toBe(77);
    expect(unwell(document)).toEqual(['refresh-token: failed foreign-api-domain']);
  });
});

function answering(error: string, status: number): Fault {
  const body = JSON.stringify({ error, error_description: 'translated', status: 'failure' });
  return { kind: 'status', path: TOKEN_PATH, status, body };
}

describe('a doctor of the network', () => {
  it('says that nobody answers', async () => {
    const desk = await openDesk();
    desk.folder.write('.env', envText(desk.settings));
    const { code, document } = await desk.report(['doctor'], {
      env: { ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:9' },
    });
    expect({ code, first: document.mend_first }).toEqual({ code: 69, first: 'accounts-server' });
    expect(document.checks.find((one) => one.name === 'accounts-server')?.code).toBe('network-refused');
    expect(document.checks.find((one) => one.name === 'client')?.state).toBe('skipped');
  });

  it.each([
    ['ahead', 600_000],
    ['behind', -600_000],
  ])('sees that the clock is ten minutes %s', async (side, shift) => {
    const desk = await openDesk();
    const url = await serverAt(new Date(Date.now() - shift));
    desk.folder.write('.env', envText(desk.settings));
    const { document } = await desk.report(['doctor'], { env: { ZOHO_ACCOUNTS_URL: url } });
    const check = document.checks.find((one) => one.name === 'clock');
    expect(check).toMatchObject({ state: 'warning', code: 'clock-skew' });
    expect(check?.seen).toMatch(new RegExp(`10 minutes ${side}`));
  });

  it('names the proxy without its password', async () => {
    const desk = await openDesk();
    desk.hide('proxy-password-canary');
    desk.folder.write('.env', envText(desk.settings));
    const { document } = await desk.report(['doctor'], {
      env: { https_proxy: 'http://me:proxy-password-canary@proxy.example:3128' },
    });
    const seen = document.checks.find((one) => one.name === 'proxy')?.seen;
    expect(seen).toMatch(
      /www\.zohoapis\.com through http:\/\/\[redacted\]@proxy\.example:3128 \(https_proxy\)/,
    );
    expect(seen).toMatch(/127\.0\.0\.1:\d+ without one/);
  });
});

/** An accounts server that knows nobody and lives at another time. */
async function serverAt(time: Date): Promise<string> {
  const server = createServer((_, answer) => {
    answer.setHeader('date', time.toUTCString());
    answer.end('{"error":"invalid_client"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a doctor of what the credentials may do', () => {
  it.each([
    ['ZohoCRM.modules.ALL', ['scope-read', 'scope-create', 'scope-update'], 'plan, apply, audit, import'],
    ['ZohoCRM.settings.fields.READ', ['scope-create', 'scope-update'], 'apply'],
    ['ZohoCRM.settings.fields.READ,ZohoCRM.settings.fields.CREATE', ['scope-update'], 'apply'],
  ])('names every scope that %s lacks, with the command that needs it', async (scope, lacking, commands) => {
    const desk = await openDesk({ scope });
    const { code, document } = await examine(desk);
    expect({ code, first: document.mend_first }).toEqual({ code: 77, first: lacking[0] });
    expect(unwell(document)).toEqual(lacking.map((name) => `${name}: failed scope-missing`));
    expect(document.checks.find((one) => one.name === lacking[0])?.seen).toContain(`needed by ${commands}:`);
  });

  it.each(['ZohoCRM.settings.ALL', 'ZohoCRM.settings.fields.ALL'])('is content with %s', async (scope) => {
    const desk = await openDesk({ scope });
    expect((await examine(desk)).code).toBe(0);
  });

  it('judges by the read where Zoho names no scopes', async () => {
    const desk = await openDesk({ scope: 'ZohoCRM.modules.ALL', switches: { scopeInToken: 'absent' } });
    const { code, document } = await examine(desk);
    expect({ code, first: document.mend_first }).toEqual({ code: 77, first: 'scope-read' });
    expect(document.checks.find((one) => one.name === 'scope-create')?.state).toBe('skipped');
  });

  it('sees in a read that the user may not customise, in the words of Zoho', async () => {
    const desk = await openDesk({ switches: { userPermission: 'denied' } });
    const { code, document } = await examine(desk);
    expect(code).toBe(77);
    expect(unwell(document)).toEqual(['profile: failed no-permission']);
    expect(document.sentence).toContain('"Customize Zoho CRM"');
    expect(desk.zoho.requests.every((one) => one.method === 'GET' || one.path === TOKEN_PATH)).toBe(true);
  });

  it('gives the refusal of a read for the profile in the words of Zoho', async () => {
    const body = JSON.stringify({
      code: 'NO_PERMISSION',
      details: { permissions: ['Crm_Implied_Customize_Zoho_CRM'] },
      message: 'permission denied',
      status: 'error',
    });
    const desk = await openDesk({
      faults: [{ kind: 'status', path: '/settings/fields', status: 403, body }],
    });
    const { code, document } = await examine(desk);
    expect({ code, first: document.mend_first }).toEqual({ code: 77, first: 'profile' });
    expect(document.checks.find((one) => one.name === 'profile')?.seen).toContain(
      'Crm_Implied_Customize_Zoho_CRM',
    );
  });

  it('is content with less where only plan is to run', async () => {
    const desk = await openDesk({
      scope: 'ZohoCRM.settings.fields.READ',
      switches: { userPermission: 'denied' },
    });
    const { code, document } = await examine(desk, {}, ['--read-only']);
    expect({ code, sentence: document.sentence }).toEqual({ code: 0, sentence: 'Ready: plan can run.' });
  });

  it('says that there is no such module', async () => {
    const desk = await openDesk();
    const { code, document } = await examine(desk, {}, ['--module', 'Dealz']);
    expect({ code, first: document.mend_first }).toEqual({ code: 1, first: 'module' });
  });

  it('explains a host that takes no token of these credentials', async () => {
    const other = await openDesk();
    const desk = await openDesk();
    const { code, document } = await examine(desk, { ZOHO_API_URL: other.zoho.url });
    expect({ code, first: document.mend_first }).toEqual({ code: 77, first: 'module' });
    expect(document.checks.find((one) => one.name === 'module')?.seen).toMatch(
      /another organisation or environment/,
    );
  });

  it('shows the organisation where a scope allows it', async () => {
    const desk = await openDesk({ scope: 'ZohoCRM.settings.ALL ZohoCRM.org.READ' });
    const { document } = await examine(desk);
    expect(document.checks.find((one) => one.name === 'module')?.seen).toContain(
      'Emulated Organisation (production)',
    );
  });
});

describe('a doctor of the token cache', () => {
  it('warns of a token that others can read, names the file, and does not use it', async () => {
    const desk = await openDesk();
    await examine(desk);
    const folder = join(desk.folder.path, '.cache', 'zoho-fields');
    const [name = ''] = readdirSync(folder);
    chmodSync(join(folder, name), 0o644);
    const { code, document } = await examine(desk);
    expect({ code, unwell: unwell(document) }).toEqual({
      code: 0,
      unwell: ['token-cache: warning cache-exposed'],
    });
    expect(document.checks.find((one) => one.name === 'token-cache')?.seen).toContain(name);
    expect(document.sentence).toMatch(/^Ready.*token cache/);
  });

  it('warns of a folder that is open, and of a link in the place of a token', async () => {
    const desk = await openDesk();
    const folder = join(desk.folder.path, '.cache', 'zoho-fields');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    expect(unwell((await examine(desk)).document)).toEqual(['token-cache: warning cache-exposed']);
    chmodSync(folder, 0o700);
    const [name = ''] = readdirSync(folder);
    rmSync(join(folder, name));
    symlinkSync('/dev/null', join(folder, name));
    const { document } = await examine(desk);
    expect(document.checks.find((one) => one.name === 'token-cache')?.seen).toContain('link');
  });

  it('leaves the token that it got for the next command', async () => {
    const desk = await openDesk();
    await examine(desk);
    desk.folder.write(
      'fields.yaml',
      'module: Deals\nfields:\n  - api_name: Deal_Name\n    data_type: text\n    create: false\n',
    );
    const { code } = await desk.run(['plan']);
    expect(code).toBe(0);
    expect(desk.zoho.requests.filter((one) => one.path === TOKEN_PATH)).toHaveLength(1);
  });
});

it('the desk itself would see a secret in any form', async () => {
  const desk = await openDesk();
  const secret = token();
  desk.hide(secret);
  const forms = [
    secret,
    `x${secret.slice(0, 12)}y`,
    Buffer.from(`id:${secret}`).toString('base64'),
    Buffer.from(`a${secret}`).toString('base64'),
    JSON.stringify({ secret }),
  ];
  for (const form of forms) expect(() => desk.search(form)).toThrow('a secret that can be seen');
  expect(() => desk.search('nothing')).not.toThrow();
});
