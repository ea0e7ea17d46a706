import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { parseDataCentre } from '../../../src/credentials/typed-values.ts';
import { DATA_CENTRES, ENVIRONMENTS, environmentUrl, webDomain } from '../../../src/zoho/auth/data-centre.ts';
import { converse, type Turn } from './conversation.ts';
import { envText, openDesk, token } from './desk.ts';
import { hasPrograms } from '../../support/programs.ts';
import { openInternet, type Arrived } from './internet.ts';

/** Sheet §1.5, written down a second time: accounts host, and the ending of the API hosts. */
const TABLE: Readonly<Record<string, readonly [string, string]>> = {
  us: ['accounts.zoho.com', 'com'],
  eu: ['accounts.zoho.eu', 'eu'],
  in: ['accounts.zoho.in', 'in'],
  au: ['accounts.zoho.com.au', 'com.au'],
  jp: ['accounts.zoho.jp', 'jp'],
  cn: ['accounts.zoho.com.cn', 'com.cn'],
  ca: ['accounts.zohocloud.ca', 'ca'],
  sa: ['accounts.zoho.sa', 'sa'],
  uk: ['accounts.zoho.uk', 'uk'],
};
const HOSTS = Object.values(TABLE).flatMap(([accounts, end]) => [
  accounts,
  ...ENVIRONMENTS.map((one) => `${one === 'production' ? 'www' : one}.zohoapis.${end}`),
]);
const FIELD = {
  id: '4876876000000000001',
  api_name: 'Deal_Name',
  field_label: 'Deal Name',
  data_type: 'text',
  type: 'used',
  profiles: [],
};
const SCOPE = 'ZohoCRM.settings.ALL ZohoCRM.org.READ';

/** A Zoho in which only one accounts server knows the client, and tokens open one API host only. */
function zohoAt(accounts: string, api: string, secrets: { access: string; refresh: string }) {
  return (request: Arrived): object | undefined => {
    if (request.path === '/oauth/serverinfo') return { result: 'success' };
    if (request.path === '/oauth/v2/token') {
      if (request.host !== accounts) return { error: 'invalid_client' };
      const refresh = request.body.includes('authorization_code') ? { refresh_token: secrets.refresh } : {};
      const api_domain = `https://${api.replace(/^(sandbox|developer)\./, 'www.')}`;
      return { access_token: secrets.access, ...refresh, scope: SCOPE, api_domain, expires_in: 3600 };
    }
    if (request.host !== api)
      return { code: 'INVALID_TOKEN', message: 'invalid oauth token', status: 'error', details: {} };
    if (request.path.startsWith('/crm/v8/org'))
      return { org: [{ id: '1', company_name: 'Example', type: 'sandbox' }] };
    return { fields: [FIELD] };
  };
}

describe.skipIf(!hasPrograms('openssl'))('every data centre by name', () => {
  it('has the hosts of the sheet', () => {
    expect(Object.fromEntries(DATA_CENTRES.map((one) => [one.name, new URL(one.accountsUrl).host]))).toEqual(
      Object.fromEntries(Object.entries(TABLE).map(([name, [accounts]]) => [name, accounts])),
    );
    for (const one of DATA_CENTRES) {
      const end = TABLE[one.name]?.[1] ?? '';
      expect(environmentUrl(one, 'production')).toBe(`https://www.zohoapis.${end}`);
      const known = one.name !== 'uk';
      expect(environmentUrl(one, 'sandbox')).toBe(known ? `https://sandbox.zohoapis.${end}` : undefined);
      expect(environmentUrl(one, 'developer')).toBe(known ? `https://developer.zohoapis.${end}` : undefined);
      expect(one.consoleUrl).toBe(`https://api-console.${webDomain(one)}`);
    }
  });

  it.each([
    ['eu', 'eu'],
    [' EU ', 'eu'],
    ['crm.zoho.com', 'us'],
    ['https://crm.zoho.com.au/crm/org1/tab/Deals', 'au'],
    ['zohocloud.ca', 'ca'],
    ['https://one.zoho.in', 'in'],
    ['notzoho.eu', undefined],
    ['mars', undefined],
    ['', undefined],
  ])('understands %j as %s', (text, name) => {
    expect(parseDataCentre(text)?.name).toBe(name);
  });

  it.each(Object.entries(TABLE))('asks and reads at the hosts of %s', async (name, [accounts, end]) => {
    const desk = await openDesk();
    const secrets = { access: token(), refresh: token() };
    desk.hide(secrets.access, secrets.refresh);
    const net = await openInternet(HOSTS, zohoAt(accounts, `www.zohoapis.${end}`, secrets));
    desk.folder.write('.env', envText({ ...desk.settings, ZOHO_DC: name }));
    const { code, document } = await desk.report(['doctor'], { env: { ...net.env, ZOHO_ACCOUNTS_URL: '' } });
    expect({ code, ready: document.ready }).toEqual({ code: 0, ready: true });
    expect([...new Set(net.requests.map((one) => one.host))]).toEqual([accounts, `www.zohoapis.${end}`]);
    expect(document.checks.find((one) => one.name === 'proxy')?.seen).toContain('HTTPS_PROXY');
  });
});

describe.skipIf(!hasPrograms('openssl'))('sandboxes and developer organisations by name', () => {
  it.each([
    ['sandbox', 'sandbox.zohoapis.eu'],
    ['developer', 'developer.zohoapis.eu'],
  ])('a login of --environment %s works at its host and writes it down', async (environment, host) => {
    const desk = await openDesk();
    const secrets = { access: token(), refresh: token() };
    desk.hide(secrets.access, secrets.refresh);
    const net = await openInternet(HOSTS, zohoAt('accounts.zoho.eu', host, secrets));
    const { ZOHO_REFRESH_TOKEN: _, ...client } = desk.settings;
    desk.folder.write('.env', envText({ ...client, ZOHO_DC: 'eu' }));
    const env = { ...net.env, ZOHO_ACCOUNTS_URL: '' };
    const run = await desk.run(['auth', 'login', '--environment', environment], { env, input: token() });
    expect(run.code).toBe(0);
    const settings = parse(readFileSync(join(desk.folder.path, '.env')));
    expect(settings).toMatchObject({ ZOHO_API_URL: `https://${host}`, ZOHO_REFRESH_TOKEN: secrets.refresh });
    const { document } = await desk.report(['doctor'], { env });
    expect(document.ready).toBe(true);
    expect(document.checks.find((one) => one.name === 'setting-data-centre')?.seen).toContain(
      `(${environment})`,
    );
  });

  it('asks again for the environment when a code turns out to be of another one', async () => {
    const desk = await openDesk();
    const secrets = { access: token(), refresh: token() };
    desk.hide(secrets.access, secrets.refresh);
    const net = await openInternet(HOSTS, zohoAt('accounts.zoho.eu', 'www.zohoapis.eu', secrets));
    const { ZOHO_REFRESH_TOKEN: _, ...client } = desk.settings;
    desk.folder.write('.env', envText({ ...client, ZOHO_DC: 'eu' }));
    const turns: readonly Turn[] = [
      ['Environment: ● production', '\u001b[B'],
      ['● sandbox', '\r'],
      ['choose CRM and your sandbox organisation', ''],
      ['Code: ', `${token()}\r`],
      ['belongs to another data centre or environment', ''],
      ['Environment: ● production', '\r'],
      ['choose CRM and your production organisation', ''],
      ['Code: ', `${token()}\r`],
    ];
    const { code, screen } = await converse(['auth', 'login'], turns, {
      cwd: desk.folder.path,
      env: net.env,
    });
    expect(code).toBe(0);
    desk.search(screen);
    const settings = parse(readFileSync(join(desk.folder.path, '.env')));
    expect(settings).toMatchObject({ ZOHO_DC: 'eu', ZOHO_REFRESH_TOKEN: secrets.refresh });
    expect(settings['ZOHO_API_URL']).toBeUndefined();
  });

  it('goes back to production by taking the address out', async () => {
    const desk = await openDesk();
    const secrets = { access: token(), refresh: token() };
    desk.hide(secrets.access, secrets.refresh);
    const net = await openInternet(HOSTS, zohoAt('accounts.zoho.eu', 'www.zohoapis.eu', secrets));
    const { ZOHO_REFRESH_TOKEN: _, ...client } = desk.settings;
    const sandbox = { ZOHO_DC: 'eu', ZOHO_API_URL: 'https://sandbox.zohoapis.eu' };
    desk.folder.write('.env', envText({ ...client, ...sandbox }));
    const env = { ...net.env, ZOHO_ACCOUNTS_URL: '' };
    const words = ['auth', 'login', '--environment', 'production'];
    expect((await desk.run(words, { env, input: token() })).code).toBe(0);
    expect(parse(readFileSync(join(desk.folder.path, '.env')))['ZOHO_API_URL']).toBe('');
  });

  it('a doctor explains a token of production at a sandbox, and the other way round', async () => {
    const desk = await openDesk();
    const secrets = { access: token(), refresh: token() };
    desk.hide(secrets.access, secrets.refresh);
    const net = await openInternet(HOSTS, zohoAt('accounts.zoho.eu', 'www.zohoapis.eu', secrets));
    const env = { ...net.env, ZOHO_ACCOUNTS_URL: '' };
    desk.folder.write(
      '.env',
      envText({ ...desk.settings, ZOHO_DC: 'eu', ZOHO_API_URL: 'https://sandbox.zohoapis.eu' }),
    );
    const { code, document } = await desk.report(['doctor'], { env });
    expect({ code, first: document.mend_first }).toEqual({ code: 77, first: 'module' });
    const module = document.checks.find((one) => one.name === 'module');
    expect(module?.seen).toContain('the sandbox host sandbox.zohoapis.eu');
    expect(module?.remedy).toContain('correct ZOHO_API_URL or take it out');
  });
});

describe.skipIf(!hasPrograms('openssl'))('a client that another data centre knows', () => {
  it('is looked for only when that was asked for', async () => {
    const desk = await openDesk();
    const secrets = { access: token(), refresh: token() };
    desk.hide(secrets.access, secrets.refresh);
    const net = await openInternet(HOSTS, zohoAt('accounts.zoho.in', 'www.zohoapis.in', secrets));
    desk.folder.write('.env', envText(desk.settings));
    const env = { ...net.env, ZOHO_ACCOUNTS_URL: '' };
    const first = await desk.report(['doctor'], { env });
    expect({ code: first.code, first: first.document.mend_first }).toEqual({ code: 77, first: 'client' });
    expect(first.document.checks.find((one) => one.name === 'client')?.remedy).toContain(
      'doctor --try-other-data-centres',
    );
    expect([...new Set(net.requests.map((one) => one.host))]).toEqual(['accounts.zoho.com']);

    const second = await desk.report(['doctor', '--try-other-data-centres'], { env });
    expect(second.document.sentence).toContain('set ZOHO_DC=in');
    expect(second.document.other_data_centres?.filter((one) => one.knows_client === true)).toEqual([
      { data_centre: 'in', knows_client: true },
    ]);
    expect(new Set(net.requests.map((one) => one.host)).size).toBe(DATA_CENTRES.length);
    // Secrets went to Zoho's accounts servers in bodies, and nowhere in an address.
    desk.search(net.requests.map((one) => one.path).join('\n'));
  });
});
