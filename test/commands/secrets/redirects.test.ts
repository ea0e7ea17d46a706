import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/model/problem.ts';
import { axiosTransport } from '../../../src/zoho/http/axios-transport.ts';
import { DATA_CENTRES } from '../../../src/zoho/auth/data-centre.ts';
import { ZohoReader } from '../../../src/zoho/reader.ts';
import { Session } from '../../../src/zoho/session.ts';
import type { Credentials } from '../../../src/zoho/auth/token.ts';
import type { Transport } from '../../../src/zoho/http/transport.ts';
import { ZohoWriter } from '../../../src/zoho/writer.ts';
import { openMisleading, openStranger, type Verb } from './two-servers.ts';
import { Secret } from '../../../src/zoho/redact.ts';

/** What must not get there: every secret of a request, and in a body of ours what the fields are called. */
const CANARIES = ['1000.honest', 'client-secret-', 'refresh-token-', 'A_Field_Of_Ours'];
const HTML =
  '<html><head><meta http-equiv="refresh" content="0;url=TO"></head><script>location="TO"</script>';

type Attack = readonly [string, (answer: ServerResponse, to: string) => void];
const status = (code: number): Attack => [
  `HTTP ${code}`,
  (answer, to) => answer.writeHead(code, { location: `${to}/x` }).end(),
];
const header = (name: string, code: number, headers: (to: string) => Record<string, string>): Attack => [
  name,
  (answer, to) => answer.writeHead(code, headers(to)).end('{}'),
];

/** Ways in which a server can say "there, not here". */
const ATTACKS: readonly Attack[] = [
  ...[300, 301, 302, 303, 305, 306, 307, 308].map((code) => status(code)),
  header('307 without a scheme', 307, (to) => ({ location: to.replace('http:', '') })),
  header('308 with a user name', 308, (to) => ({ location: to.replace('//', '//www.zohoapis.com@') })),
  header('307 with two places', 307, (to) => ({ location: `${to}, ${to}` })),
  header('201 with a place', 201, (to) => ({ location: to })),
  header('Refresh', 200, (to) => ({ refresh: `0; url=${to}` })),
  header('Alt-Svc and Content-Location', 200, (to) => ({
    'alt-svc': `h2="${new URL(to).host}"`,
    'content-location': to,
    link: `<${to}>; rel=canonical`,
  })),
  header('401 by another realm', 401, (to) => ({ 'www-authenticate': `Basic realm="${to}"` })),
  header('407 of a proxy', 407, (to) => ({ 'proxy-authenticate': `Basic realm="${to}"`, location: to })),
  header('421 of another server', 421, (to) => ({ location: to })),
  [
    '101 to another protocol',
    (answer, to) =>
      answer.socket?.end(
        `HTTP/1.1 101 There\r\nconnection: upgrade\r\nupgrade: h2c\r\nlocation: ${to}\r\n\r\n`,
      ),
  ],
  [
    '103 before 307',
    (answer, to) => {
      answer.writeEarlyHints({ link: `<${to}>; rel=preload` });
      answer.writeHead(307, { location: to }).end();
    },
  ],
  [
    'a page that leads on',
    (answer, to) =>
      answer.writeHead(200, { 'content-type': 'text/html' }).end(HTML.replaceAll('TO', `${to}/x`)),
  ],
];
const VERBS: readonly Verb[] = ['token', 'GET', 'POST', 'PATCH'];

function sessionAt(accountsUrl: string, transport: Transport, more: Partial<Credentials> = {}) {
  const [us] = DATA_CENTRES;
  if (us === undefined) throw new Error('no data centre');
  const credentials: Credentials = {
    clientId: '1000.CLIENT',
    clientSecret: new Secret(`client-secret-${randomBytes(16).toString('hex')}`),
    refreshToken: new Secret(`refresh-token-${randomBytes(16).toString('hex')}`),
    dataCentre: us,
    accountsUrl: new URL(accountsUrl),
    ...more,
  };
  const ports = { transport, wait: () => Promise.resolve(), random: () => 0, now: () => Date.now() };
  return new Session(credentials, ports);
}

/**
 * Every call that there is, in the order of an apply, up to the last one of this kind; what it ends with does not matter
 * here.
 */
async function callAll(session: Session, last: Verb = 'PATCH'): Promise<void> {
  const reader = new ZohoReader(session);
  const writer = new ZohoWriter(session);
  const calls: readonly (readonly [Verb, () => Promise<unknown>])[] = [
    ['GET', () => reader.fields('Deals', [])],
    ['POST', () => writer.create('Deals', [{ field_label: 'A_Field_Of_Ours' }])],
    ['PATCH', () => reader.fields('Deals', [])],
    ['PATCH', () => writer.relabel('Deals', [{ id: '1', field_label: 'A_Field_Of_Ours' }])],
  ];
  const end = last === 'token' ? calls.length : calls.findLastIndex(([verb]) => verb === last) + 1;
  for (const [, call] of calls.slice(0, end))
    await call().catch((error: unknown) => expect(error).toBeInstanceOf(Problem));
}

describe('a server that says "there, not here"', () => {
  it.each(ATTACKS.flatMap(([name, reply]) => VERBS.map((verb) => ({ name, verb, reply }))))(
    'by $name to $verb is not followed: not one byte gets there',
    async ({ verb, reply }) => {
      const stranger = await openStranger();
      const to = `http://127.0.0.1:${stranger.port}`;
      const zoho = await openMisleading(verb, (answer) => reply(answer, to));
      await callAll(sessionAt(zoho.url, axiosTransport(5000)), verb);
      expect(zoho.asked()).toBeGreaterThan(0);
      expect({ connections: stranger.connections(), heard: stranger.heard() }).toEqual({
        connections: 0,
        heard: '',
      });
    },
  );

  it('would hear the secrets of a client that follows', async () => {
    const stranger = await openStranger();
    const zoho = await openMisleading('token', (answer) =>
      answer.writeHead(307, { location: `http://127.0.0.1:${stranger.port}` }).end(),
    );
    await fetch(`${zoho.url}/oauth/v2/token`, { method: 'POST', body: 'refresh_token=refresh-token-1' });
    expect(CANARIES.some((canary) => stranger.heard().includes(canary))).toBe(true);
  });
});

/** Ways in which a token answer can name the stranger as the API. */
const DOMAINS: readonly string[] = [
  'http://127.0.0.1:PORT',
  'http://localhost:PORT',
  'http://[::1]:PORT',
  'https://127.0.0.1:PORT',
  'http://0.0.0.0:PORT',
  'http://[::ffff:127.0.0.1]:PORT',
  'http://localhost.:PORT',
  `http://${hostname()}:PORT`,
  'http://2130706433:PORT',
  'http://0x7f.1:PORT',
  'http://www.zohoapis.com@127.0.0.1:PORT',
  'http://127.0.0.1:PORT/.zohoapis.com',
  'http://127.0.0.1:PORT#.zohoapis.com',
  'http://127.0.0.1:PORT?www.zohoapis.com',
  '//127.0.0.1:PORT',
  String.raw`http:\\127.0.0.1:PORT`,
  ' HTTP://127.0.0.1:PORT ',
];
/** Those that are no address of this machine by the rules, although the stranger is reached by them. */
const OTHER_NAMES = DOMAINS.slice(4, 8);

describe('an api_domain that is not of Zoho', () => {
  it.each(DOMAINS)('%s is not believed when the real accounts server says it', async (domain) => {
    const stranger = await openStranger();
    const answer = { access_token: '1000.honest', api_domain: domain.replace('PORT', String(stranger.port)) };
    const zoho = await openMisleading('token', (reply) => reply.end(JSON.stringify(answer)));
    // The real name of Zoho's accounts server leads to a local one; everything else goes where it says.
    const network = axiosTransport(5000);
    const transport: Transport = (request) =>
      network({ ...request, url: request.url.replace('https://accounts.zoho.com', zoho.url) });
    await callAll(sessionAt('https://accounts.zoho.com', transport));
    expect(zoho.asked()).toBeGreaterThan(0);
    expect({ connections: stranger.connections(), heard: stranger.heard() }).toEqual({
      connections: 0,
      heard: '',
    });
  });

  it.each(OTHER_NAMES)('%s is not believed even of a server of this machine', async (domain) => {
    const stranger = await openStranger();
    const answer = { access_token: '1000.honest', api_domain: domain.replace('PORT', String(stranger.port)) };
    const zoho = await openMisleading('token', (reply) => reply.end(JSON.stringify(answer)));
    await callAll(sessionAt(zoho.url, axiosTransport(5000)));
    expect(stranger.connections()).toBe(0);
  });

  it('is believed where it may be, and then the stranger does hear the token', async () => {
    const stranger = await openStranger();
    const answer = { access_token: '1000.honest', api_domain: `http://127.0.0.1:${stranger.port}` };
    const zoho = await openMisleading('token', (reply) => reply.end(JSON.stringify(answer)));
    await callAll(sessionAt(zoho.url, axiosTransport(5000)));
    expect(stranger.heard()).toContain('1000.honest');
  });
});
