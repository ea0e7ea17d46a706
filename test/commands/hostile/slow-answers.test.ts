import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { axiosTransport } from '../../../src/zoho/http/axios-transport.ts';
import { DATA_CENTRES } from '../../../src/zoho/auth/data-centre.ts';
import { Session } from '../../../src/zoho/session.ts';
import { TransportError } from '../../../src/zoho/http/transport.ts';
import { ZohoWriter } from '../../../src/zoho/writer.ts';
import { Secret } from '../../../src/zoho/redact.ts';

type Answer = (socket: Socket) => void | Promise<void>;

/** Tests that run beside each other cannot clean up after themselves. */
const opened: Server[] = [];
const sockets = new Set<Socket>();
afterAll(() => {
  for (const one of sockets) one.destroy();
  for (const server of opened) server.close();
});

/** A server of bare sockets, and what each request began with. */
async function open(answer: Answer) {
  const asked: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      const [line = ''] = bytes.toString('latin1').split(' HTTP');
      asked.push(line);
      if (line.includes('/oauth/')) socket.end(whole('{"access_token":"1000.0a","expires_in":3600}'));
      else void answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const whole = (body: string): string =>
  `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const head = (length: number, more = ''): string =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n${more}\r\n`;

/** The same again and again, until nobody listens any more. */
const drip =
  (first: string | Uint8Array, again: string, times = 60, everyMs = 1000): Answer =>
  async (socket) => {
    socket.write(first);
    for (let left = times; left > 0 && socket.writable; left -= 1) {
      await sleep(everyMs);
      socket.write(again);
    }
    socket.end();
  };

function sessionAt(url: string): Session {
  const [dataCentre] = DATA_CENTRES;
  if (dataCentre === undefined) throw new Error('no data centre');
  const secrets = { clientSecret: new Secret('client-secret'), refreshToken: new Secret('refresh-token') };
  const ports = {
    transport: axiosTransport(30_000),
    wait: () => Promise.resolve(),
    random: () => 0,
    now: () => 0,
  };
  return new Session({ clientId: 'id', ...secrets, dataCentre, accountsUrl: new URL(url) }, ports);
}

const LIST = { path: 'settings/fields', query: { module: 'Deals' } };
const packed = Buffer.concat([
  Buffer.from(head(999, 'content-encoding: gzip\r\n')),
  gzipSync('x').subarray(0, 9),
]);

describe.concurrent('an answer that trickles is given up long before the time of a request is over', () => {
  it.for<[string, Answer]>([
    ['its body', drip(head(999), ' ')],
    ['its headers', drip('HTTP/1.1 200 OK\r\nx-slow: ', 'x')],
    ['early hints', drip('', 'HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n')],
    ['what is packed', drip(packed, '\0')],
    ['what frames its pieces', drip('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1;x\r\n \r\n')],
    [
      'nothing after a quick beginning',
      (socket) => void socket.write(`${head(99_999)}${'x'.repeat(50_000)}`),
    ],
  ])('%s, and is not asked for again', { timeout: 25_000 }, async ([, answer]) => {
    const zoho = await open(answer);
    await expect(sessionAt(zoho.url).read(LIST)).rejects.toMatchObject({
      kind: 'unreachable',
      diagnostics: [{ code: 'network-stalled' }],
    });
    expect(zoho.asked).toHaveLength(2);
  });

  it.for<[string, Answer, object]>([
    ['breaks off', drip(head(99), ' ', 4), { kind: 'unreachable', diagnostics: [{ code: 'network-reset' }] }],
    ['is an error', drip('HTTP/1.1 503 No\r\ncontent-length: 4\r\n\r\n', ' ', 4), { status: 503 }],
  ])('one that took its time and %s is not asked for again either', async ([, answer, end]) => {
    const zoho = await open(answer);
    const read = await sessionAt(zoho.url)
      .read(LIST)
      .catch((error: unknown) => error);
    expect(read).toMatchObject(end);
    expect(zoho.asked).toHaveLength(2);
  });

  it('to a write is lost like any other, and the same is not sent again', async () => {
    const zoho = await open(drip(head(999), ' '));
    const writer = new ZohoWriter(sessionAt(zoho.url));
    const create = (label: string) => writer.create('Deals', [{ field_label: label }]);
    expect(await create('A')).toMatchObject({ kind: 'lost' });
    expect(await create('A')).toMatchObject({ kind: 'stopped', refusal: { code: 'NO_ANSWER' } });
    expect(zoho.asked.filter((line) => line.startsWith('POST /crm'))).toHaveLength(1);
  });
});

describe.concurrent('an honest answer that is slow is waited for', () => {
  const body = `{"fields":[${'1,'.repeat(4000)}1]}`;
  it.for<[string, Answer]>([
    ['to begin', async (socket) => void (await sleep(8000), socket.end(whole(body)))],
    [
      'by a pause',
      async (socket) => {
        socket.write(whole(body).slice(0, 2000));
        await sleep(4000);
        socket.end(whole(body).slice(2000));
      },
    ],
    [
      'all the way, at a kilobyte a second',
      async (socket) => {
        const text = whole(body);
        for (let at = 0; at < text.length; at += 1000) {
          socket.write(text.slice(at, at + 1000));
          await sleep(1000);
        }
        socket.end();
      },
    ],
  ])('%s', { timeout: 25_000 }, async ([, answer]) => {
    const zoho = await open(answer);
    expect((await sessionAt(zoho.url).read(LIST)).json).toEqual(JSON.parse(body));
  });
});

it('what is not complete in time is reported as that, and as no time-out of a server that is silent', async () => {
  const zoho = await open(drip(head(99_999), 'x', 60, 50));
  const request = { method: 'GET', url: zoho.url, headers: {} } as const;
  const failure: unknown = await axiosTransport(400)(request).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(TransportError);
  expect(failure).toMatchObject({ fault: 'unfinished' });
});
