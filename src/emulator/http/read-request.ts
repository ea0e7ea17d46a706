import type { IncomingMessage } from 'node:http';
import type { Request } from './exchange.ts';

/** More than any body of five fields; what is beyond is read off the wire and dropped. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Reads a request to its end. */
export async function readRequest(incoming: IncomingMessage, number: number): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MOST_BYTES) chunks.push(bytes);
  }
  // Cut by hand: the address is the client's, and URL would read `//elsewhere` as another host.
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  return {
    number,
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks),
    tooLarge: size > MOST_BYTES,
  };
}
