import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { token } from '../credentials/desk.ts';
import { openInternet } from '../credentials/internet.ts';
import { hasPrograms } from '../../support/programs.ts';
import { makeWorkspace, type Run } from '../../support/run-cli.ts';
import { leaks } from '../../support/secrets.ts';

const USER = 'proxy-user:proxy-password-1';
const [SECRET, REFRESH, ACCESS] = ['client-secret-of-ours', token(), token()];
const MANIFEST = 'module: Deals\nfields:\n  - {api_name: Deal_Name, data_type: text, create: false}\n';
const FIELDS = {
  fields: [{ id: '1', api_name: 'Deal_Name', field_label: 'Deal Name', data_type: 'text' }],
  org: [{ id: '1', company_name: 'Example', type: 'production' }],
};

/** Plans with the real names of Zoho. */
async function plan(env: Readonly<Record<string, string>>): Promise<Run> {
  const workspace = makeWorkspace();
  onTestFinished(() => workspace.remove());
  workspace.write('fields.yaml', MANIFEST);
  const settings = { ZOHO_CLIENT_ID: '1000.CLIENT', ZOHO_CLIENT_SECRET: SECRET, ZOHO_REFRESH_TOKEN: REFRESH };
  const run = await workspace.run(['plan'], {
    env: { ...settings, ZOHO_TIMEOUT_MS: '5000', CI: '1', ...env },
  });
  const found = leaks(run.stdout + run.stderr, [SECRET, REFRESH, ACCESS, USER, 'proxy-password-1']);
  expect(found, 'secrets that can be seen').toEqual([]);
  return run;
}

/** A proxy that notes what it hears, and hands it on as `answer` says. */
async function openProxy(answer: string) {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      socket.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, heard: () => heard };
}

describe('a proxy that wants a password', () => {
  it.each([
    ['refuses', 407, ''],
    ['answers in place of Zoho', 200, '{"access_token":"x"}'],
    ['leads elsewhere', 302, ''],
    ['fails', 502, `<html>${USER}</html>`],
  ])('hears its own password and nothing of ours, when it %s', async (_, status, body) => {
    const proxy = await openProxy(
      `HTTP/1.1 ${status} ${USER}\r\nproxy-authenticate: Basic realm="${USER}"\r\nlocation: http://x/\r\n\r\n${body}`,
    );
    const address = `http://${USER}@127.0.0.1:${proxy.port}`;
    const run = await plan({ HTTPS_PROXY: address, DEBUG: '*', NODE_DEBUG: '*' });
    expect(run.code, run.stderr).toBe(69);
    expect(proxy.heard()).toMatch(/^CONNECT accounts\.zoho\.com:443 HTTP/);
    expect(proxy.heard()).toContain(Buffer.from(USER).toString('base64'));
    expect(leaks(proxy.heard(), [SECRET, REFRESH])).toEqual([]);
  });

  it.each([
    ['says nothing at all', '', 'did not answer'],
    ['never ends its answer', 'HTTP/1.1 200 OK\r\nx: ', 'whole of its answer'],
    ['answers without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`, 'larger than'],
    ['says no', 'HTTP/1.1 407 No\r\n\r\n', 'the proxy on the way to accounts.zoho.com'],
  ])('does not keep the command, when it %s', async (_, answer, says) => {
    const silent = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write(answer);
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const run = await plan({ HTTPS_PROXY: address, ZOHO_TIMEOUT_MS: '700' });
    expect(run.code).toBe(69);
    expect(run.stderr.replaceAll(/\s+/g, ' ')).toContain(says);
  });

  it.each(['localhost', '127.0.0.1', '[::1]'])(
    'is not taken to %s, whichever variable says so',
    async (host) => {
      const proxy = await openProxy('HTTP/1.1 200 OK\r\n\r\n');
      const address = `http://127.0.0.1:${proxy.port}`;
      const names = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
      for (const scheme of ['http', 'https']) {
        // Nobody listens there, which is as good as an answer: the proxy would have given one.
        const run = await plan({
          ...Object.fromEntries(names.map((name) => [name, address])),
          NO_PROXY: 'elsewhere.example',
          ZOHO_ACCOUNTS_URL: `${scheme}://${host}:9`,
        });
        expect(run.stderr).toContain('refused the connection');
      }
      expect(proxy.heard()).toBe('');
    },
  );

  it.skipIf(!hasPrograms('openssl'))('is no reason to trust a server that answers behind it', async () => {
    const strange = await openInternet(['accounts.zoho.com'], () => FIELDS);
    const misnamed = await openInternet(['accounts.zoho.com.evil.example'], () => FIELDS);
    const { HTTPS_PROXY = '' } = strange.env;
    for (const env of [{ HTTPS_PROXY }, misnamed.env]) {
      const run = await plan(env);
      expect(run.code).toBe(69);
      const said = run.stderr.replaceAll(/\s+/g, ' ');
      expect(said).toContain('the certificate of accounts.zoho.com is not trusted');
    }
    expect([...strange.requests, ...misnamed.requests]).toEqual([]);
  });

  it.skipIf(!hasPrograms('openssl'))(
    'is a tunnel, and no log that can be asked for shows what goes through it',
    async () => {
      const internet = await openInternet(['accounts.zoho.com', 'www.zohoapis.com'], ({ path }) =>
        path === '/oauth/v2/token'
          ? { access_token: ACCESS, scope: 'ZohoCRM.settings.ALL ZohoCRM.org.READ', expires_in: 3600 }
          : FIELDS,
      );
      const address = (internet.env['HTTPS_PROXY'] ?? '').replace('//', `//${USER}@`);
      for (const log of [{}, { DEBUG: '*' }, { NODE_DEBUG: '*', NODE_OPTIONS: '--trace-warnings' }]) {
        const run = await plan({ ...internet.env, HTTPS_PROXY: address, ...log });
        expect(run.code, run.stderr).toBe(0);
      }
      expect(internet.requests.some(({ authorization }) => authorization.includes(ACCESS))).toBe(true);
    },
  );
});
