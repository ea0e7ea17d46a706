import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { Reply } from '../http/exchange.ts';
import type { Fault } from './fault.ts';

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
