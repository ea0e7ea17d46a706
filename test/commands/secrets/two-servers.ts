import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that nobody should talk to: it remembers every byte, and answers so kindly that a client would go on. */
export interface Stranger {
  readonly port: number;
  readonly heard: () => string;
  readonly connections: () => number;
}

export async function openStranger(): Promise<Stranger> {
  let heard = '';
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      const body = '{"access_token":"kind","fields":[]}';
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
    });
  });
  // Every address of this machine, or an attack by another of its names would miss it.
  await opened(server, '::');
  return { port: portOf(server), heard: () => heard, connections: () => connections };
}

/** A Zoho of the fewest words that leads a client astray at one of its calls. */
export interface Misleading {
  readonly url: string;
  /** What has arrived at the call that leads astray. */
  readonly asked: () => number;
}

export type Verb = 'token' | 'GET' | 'POST' | 'PATCH';

/** @param reply how the chosen call is answered; the others are answered honestly. */
export async function openMisleading(
  verb: Verb,
  reply: (answer: ServerResponse) => void,
): Promise<Misleading> {
  let asked = 0;
  let isCreated = false;
  const server = createHttpServer((request, answer) => {
    request.resume().on('end', () => {
      const is = verbOf(request);
      if (is === verb) {
        asked += 1;
        reply(answer);
      } else answer.end(is === 'GET' && isCreated ? SHOWN : HONEST[is]);
      isCreated ||= is === 'POST';
    });
  });
  await opened(server, '127.0.0.1');
  return { url: `http://127.0.0.1:${portOf(server)}`, asked: () => asked };
}

const HONEST: Readonly<Record<Verb, string>> = {
  token: '{"access_token":"1000.honest","expires_in":3600}',
  GET: '{"fields":[]}',
  POST: '{"fields":[{"status":"success","code":"SUCCESS","details":{"id":"1"}}]}',
  PATCH: '{"fields":[{"status":"success","code":"SUCCESS","details":{"id":"1"}}]}',
};

/** What a read tells once a field was created, without which nobody may set its label. */
const SHOWN = '{"fields":[{"id":"1","field_label":"A_Field_Of_Ours"}]}';

function verbOf(request: IncomingMessage): Verb {
  if (request.url?.startsWith('/oauth/') === true) return 'token';
  return request.method === 'POST' || request.method === 'PATCH' ? request.method : 'GET';
}

async function opened(server: Server, host: string): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
