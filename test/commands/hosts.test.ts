import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { it, missing, secretsOf } from '../support/story.ts';

interface Stranger {
  readonly url: string;
  /** Everything that arrived, byte for byte. */
  heard(): string;
  readonly connections: () => number;
  close(): void;
}

/** A server that nobody should talk to: it answers everything kindly and remembers all. */
async function stranger(): Promise<Stranger> {
  let heard = '';
  let connections = 0;
  const server = createServer((request, response) => {
    heard += `${request.method} ${request.url}\n${request.rawHeaders.join('\n')}\n`;
    request.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
    request.on('end', () =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"fields":[]}'),
    );
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard: () => heard,
    connections: () => connections,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe.concurrent('redirects are not followed (contract §4)', () => {
  const PLACES = [
    { name: 'the token request', place: { path: '/oauth/v2/token' } },
    { name: 'the list of fields', place: { path: '/settings/fields', method: 'GET' } },
    { name: 'the creation', place: { path: '/settings/fields', method: 'POST' } },
    { name: 'the label', place: { path: '/settings/fields', method: 'PATCH' } },
  ] as const;
  it.for(PLACES.flatMap((one) => [302, 307].map((status) => ({ ...one, status }))))(
    '$name is not sent on by $status',
    async ({ status, place }, { open, onTestFinished }) => {
      const other = await stranger();
      onTestFinished(() => other.close());
      const story = await open({
        faults: [{ kind: 'redirect', location: `${other.url}/x`, status, ...place }],
      });
      story.declare({ Deals: [{ api_name: 'Part_1', field_label: "A part's name", data_type: 'text' }] });

      const applied = await story.json(['apply', '--yes']);
      expect(applied.code, applied.stdout).not.toBe(0);
      expect(other.connections()).toBe(0);
      expect(other.heard()).toBe('');
    },
  );
});

describe.concurrent('the API host is the answer of the token request, if it may be believed (contract §4)', () => {
  it.for([
    'https://evil.example',
    'https://www.zohoapis.com.evil.example',
    'https://www.zohoapis.com@evil.example',
    'https://zohoapis.com.evil',
    'http://www.zohoapis.com',
    'https://www.zohoapis.com:8443',
    'https://www.zohoapis.com/evil',
    '//evil.example',
    'javascript:alert(1)',
    'not an address',
  ])('%s is refused with 77 before the token leaves', async (apiDomain, { open }) => {
    const story = await open({ switches: { apiDomain } });
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan'], { env: { ZOHO_API_URL: '' } });
    expect(plan.code, plan.stdout).toBe(77);
    expect(plan.report.diagnostics[0]?.code).toBe('foreign-api-domain');
    expect(plan.report.diagnostics[0]?.remedy).toMatch(/ZOHO_ACCOUNTS_URL|ZOHO_API_URL/);
    expect(story.zoho.requests).toHaveLength(1);
  });

  it('loopback is believed where the accounts are on loopback; no api_domain means the same server', async ({
    open,
  }) => {
    for (const apiDomain of ['self', 'absent']) {
      const story = await open({ switches: { apiDomain } });
      story.declare({ Deals: missing(1) });
      const plan = await story.json(['plan'], { env: { ZOHO_API_URL: '' } });
      expect(plan.code, plan.stdout).toBe(0);
    }
  });

  it('ZOHO_API_URL decides where it is set, path and all', async ({ open }) => {
    const story = await open({ switches: { apiDomain: 'https://www.zohoapis.eu' } });
    story.declare({ Deals: missing(1) });
    expect((await story.json(['plan'])).code).toBe(0);
    expect((await story.json(['plan'], { env: { ZOHO_API_URL: `${story.zoho.url}/` } })).code).toBe(0);
    expect((await story.json(['plan'], { env: { ZOHO_API_URL: `${story.zoho.url}/gateway` } })).code).toBe(1);
    expect(story.zoho.requests.at(-1)?.path).toBe('/gateway/crm/v8/settings/fields');
  });
});

describe.concurrent('addresses and proxies (contract §4)', () => {
  it.for([
    ['http://accounts.zoho.com', /http/],
    ['http://192.168.1.1:8080', /http/],
    ['http://localhost.evil.example', /http/],
    ['http://127.0.0.1.evil.example', /http/],
    ['ftp://127.0.0.1', /https/],
    ['accounts.zoho.com', /address/],
    ['https://user:pass@accounts.zoho.com', /more than an address/],
    ['https://accounts.zoho.com?x=1', /more than an address/],
  ] as const)('%s is no accounts address: 78, and nothing is sent', async ([url, says], { open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan'], { env: { ZOHO_ACCOUNTS_URL: url } });
    expect(plan.code, plan.stdout).toBe(78);
    expect(plan.report.diagnostics[0]?.message).toMatch(/ZOHO_ACCOUNTS_URL.*the environment/);
    expect(plan.report.diagnostics[0]?.message).toMatch(says);
    expect(story.zoho.requests).toEqual([]);
  });

  it.for(['localhost', '127.0.0.1'])('http is accepted for %s', async (host, { open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const url = story.zoho.url.replace('127.0.0.1', host);
    const plan = await story.json(['plan'], { env: { ZOHO_ACCOUNTS_URL: url, ZOHO_API_URL: url } });
    expect(plan.code, plan.stdout).toBe(0);
  });

  it('a proxy of the environment is not used for this machine, and hears nothing', async ({
    open,
    onTestFinished,
  }) => {
    const proxy = await stranger();
    onTestFinished(() => proxy.close());
    const story = await open();
    story.declare({ Deals: missing(1) });
    const all = {
      HTTP_PROXY: proxy.url,
      http_proxy: proxy.url,
      HTTPS_PROXY: proxy.url,
      ALL_PROXY: proxy.url,
    };
    const plan = await story.json(['plan'], { env: all });
    expect(plan.code, plan.stdout).toBe(0);
    expect(proxy.connections()).toBe(0);
    expect(secretsOf(story.zoho).some((secret) => proxy.heard().includes(secret))).toBe(false);
    const dead = await story.json(['plan'], {
      env: { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' },
    });
    expect(dead.code, dead.stdout).toBe(0);
  });
});
