import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { type Reply, json, refusal, refuse } from '../http/reply.ts';
import { type Fault, shuffled } from './fault.ts';
import { isList, isObject, parseJson, type Json } from '../json.ts';

/** Sends a reply, well or as badly as a fault wants it. */
export async function deliver(
  outgoing: ServerResponse,
  reply: Reply,
  fault: Fault | undefined,
): Promise<void> {
  if (fault?.kind === 'truncate') return truncate(outgoing, reply, fault.bytes);
  if (fault?.kind === 'oversize') return oversize(outgoing, reply, fault);
  if (fault?.kind === 'slow') return trickle(outgoing, reply, fault.bytesPerSecond);
  outgoing.writeHead(reply.status, withLength(reply)).end(reply.body);
}

/** Resets the connection: the client sees ECONNRESET, not an end. */
export function reset(outgoing: ServerResponse): void {
  outgoing.socket?.resetAndDestroy();
}

const withLength = (reply: Reply): Readonly<Record<string, string>> =>
  reply.status === 204
    ? reply.headers
    : { ...reply.headers, 'content-length': String(Buffer.byteLength(reply.body)) };

function truncate(outgoing: ServerResponse, reply: Reply, bytes: number): void {
  outgoing.writeHead(reply.status, withLength(reply));
  outgoing.write(Buffer.from(reply.body).subarray(0, bytes), () => outgoing.socket?.destroy());
}

/** White space after JSON is still JSON; only its size is the attack. */
async function oversize(
  outgoing: ServerResponse,
  reply: Reply,
  { bytes, gzip }: { readonly bytes: number; readonly gzip?: boolean },
): Promise<void> {
  // Packed beforehand: while it is packed nothing would be sent, and a client could take that for a slow server.
  const packed = gzip === true ? await packedBomb(reply.body, bytes) : undefined;
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    ...(packed === undefined ? {} : { 'content-encoding': 'gzip' }),
  });
  const sending = pipeline(packed ?? Readable.from(blownUp(reply.body, bytes)), outgoing);
  // A client that has had enough goes away, and that is what most of them should do.
  await sending.catch(() => undefined);
}

async function packedBomb(body: string, bytes: number): Promise<readonly Buffer[]> {
  const packed: Buffer[] = [];
  for await (const chunk of Readable.from(blownUp(body, bytes)).pipe(createGzip()))
    packed.push(chunk as Buffer);
  return packed;
}

function* blownUp(body: string, bytes: number): Generator<Buffer> {
  const start = Buffer.from(body);
  yield start;
  const blank = Buffer.alloc(CHUNK, ' ');
  for (let left = bytes - start.length; left > 0; left -= CHUNK)
    yield blank.subarray(0, Math.min(left, CHUNK));
}

const CHUNK = 64 * 1024;

async function trickle(outgoing: ServerResponse, reply: Reply, bytesPerSecond: number): Promise<void> {
  outgoing.writeHead(reply.status, withLength(reply));
  const body = Buffer.from(reply.body);
  const step = Math.max(1, Math.round(bytesPerSecond / 10));
  for (let sent = 0; sent < body.length && !outgoing.destroyed; sent += step) {
    outgoing.write(body.subarray(sent, sent + step));
    await sleep((1000 * step) / bytesPerSecond);
  }
  outgoing.end();
}

/** The answer that a fault puts in the place of the right one; `undefined` where it does not touch it. */
export function replacement(fault: Fault): Reply | undefined {
  switch (fault.kind) {
    case 'status': {
      const own = statusReply(fault.status);
      return { ...own, body: fault.body ?? own.body, headers: { ...own.headers, ...fault.headers } };
    }
    case 'html':
      return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML };
    case 'throttle': {
      const own = refuse('TOO_MANY_REQUESTS');
      const later = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      return { ...own, headers: { ...own.headers, ...later } };
    }
    case 'redirect':
      return { status: fault.status ?? 302, headers: { location: fault.location }, body: '' };
    case 'body':
    case 'expire-tokens':
    case 'hang':
    case 'latency':
    case 'oversize':
    case 'reset':
    case 'results':
    case 'run':
    case 'slow':
    case 'truncate':
      return undefined;
  }
}

/** The right answer, spoilt. */
export function spoil(fault: Fault, reply: Reply): Reply {
  if (fault.kind === 'body') {
    const { 'content-type': _type, ...headers } = reply.headers;
    const type = fault.contentType === undefined ? (_type ?? null) : fault.contentType;
    return {
      status: reply.status,
      headers: type === null ? headers : { ...headers, 'content-type': type },
      body: `${fault.prefix ?? ''}${fault.body ?? reply.body}`,
    };
  }
  return fault.kind === 'results'
    ? { ...reply, body: JSON.stringify(otherList(fault, parseJson(reply.body) ?? null)) }
    : reply;
}

const HTML =
  '<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** Zoho's envelope for a status (sheet §5.1). */
function statusReply(status: number): Reply {
  const code = CODES[status];
  if (code !== undefined) return refuse(code);
  return status < 400 ? json(status, {}) : refusal(status, 'ERROR', 'error');
}

const CODES: Readonly<Partial<Record<number, Parameters<typeof refuse>[0]>>> = {
  401: 'INVALID_TOKEN',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
};

function otherList(fault: Fault & { readonly kind: 'results' }, body: Json): Json {
  if (!isObject(body)) return body;
  const changed = Object.entries(body).map(([key, value]) => [
    key,
    isList(value) ? changedList(fault, value) : value,
  ]);
  return Object.fromEntries(changed);
}

function changedList(
  { change, seed }: Fault & { readonly kind: 'results' },
  list: readonly Json[],
): readonly Json[] {
  switch (change) {
    case 'shuffled':
      return shuffled(list, seed ?? 1);
    case 'short':
      return list.slice(0, -1);
    case 'long':
      return [...list, ...list.slice(-1)];
  }
}
