import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { axiosTransport } from '../../../src/zoho/http/axios-transport.ts';
import { TransportError } from '../../../src/zoho/http/transport.ts';
import { envText, openDesk, token } from '../credentials/desk.ts';
import { hasPrograms } from '../../support/programs.ts';
import { makeWorkspace } from '../../support/run-cli.ts';

const OPEN = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
const MANIFEST = 'module: Deals\nfields:\n  - api_name: Deal_Name\n    data_type: text\n    create: false\n';
const SETTINGS = {
  ZOHO_CLIENT_ID: '1000.CLIENT',
  ZOHO_CLIENT_SECRET: 'a-secret-of-a-client',
  ZOHO_REFRESH_TOKEN: token(),
};

/** A proxy that nobody may connect to; a client that tries gets no answer. */
const NOWHERE = { HTTPS_PROXY: 'http://127.0.0.1:9' };

describe('NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  it.each([
    { words: ['plan', '--json'] },
    { words: ['apply', '--yes', '--json'] },
    { words: ['audit', '--json'] },
    { words: ['import', '--json'] },
    { words: ['doctor', '--json'] },
    { words: ['auth', 'status', '--online', '--json'] },
    { words: ['auth', 'login'], input: token() },
  ])('$words is refused before anything is sent: 78', async ({ words, input = '' }) => {
    const workspace = makeWorkspace();
    onTestFinished(() => workspace.remove());
    workspace.write('fields.yaml', MANIFEST);
    const env = { ...SETTINGS, ...OPEN, ...NOWHERE };
    const run = await workspace.run(words, { env, input });
    const text = run.stdout + run.stderr;
    expect(run.code, text).toBe(78);
    expect(text).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
    expect(text).toContain('NODE_EXTRA_CA_CERTS');
    expect(text).not.toContain('could not be reached');
  });

  it('is no matter where nothing goes over TLS: offline, with --emulator, and with a server of this machine', async () => {
    const desk = await openDesk();
    desk.folder.write('fields.yaml', MANIFEST);
    desk.folder.write('.env', envText(desk.settings));
    for (const words of [['validate'], ['plan', '--emulator'], ['plan']])
      expect((await desk.run(words, { env: OPEN })).code).toBe(0);
  });

  it('in .env means nothing to Node, so it is not refused there', async () => {
    const desk = await openDesk();
    desk.folder.write('fields.yaml', MANIFEST);
    desk.folder.write('.env', envText({ ...desk.settings, ...OPEN, ZOHO_API_URL: desk.zoho.url }));
    expect((await desk.run(['plan'])).code).toBe(0);
  });
});

describe.skipIf(!hasPrograms('openssl'))('a certificate that nobody vouches for', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(['', '0'])('is refused before the request is sent, with the variable at "%s"', async (value) => {
    const site = await untrustedSite();
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', value);
    const request = { method: 'POST', url: site.url, headers: {}, body: 'a-secret-of-a-client' } as const;
    const failure: unknown = await axiosTransport(5000)(request).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransportError);
    expect(failure).toMatchObject({ fault: 'tls' });
    expect(site.requests()).toBe(0);
  });
});

async function untrustedSite() {
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-tls-'));
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', [...words, '-subj', '/CN=localhost', '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  });
  let requests = 0;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, answer) => {
    requests += 1;
    answer.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests };
}
