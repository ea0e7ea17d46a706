import type { ServerResponse } from 'node:http';
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
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    ...(gzip === true ? { 'content-encoding': 'gzip' } : {}),
  });
  const packed = gzip === true ? createGzip() : undefined;
  packed?.pipe(outgoing);
  const target = packed ?? outgoing;
  target.write(reply.body);
  const blank = Buffer.alloc(CHUNK, ' ');
  for (let left = bytes - reply.body.length; left > 0 && !outgoing.destroyed; left -= CHUNK) {
    const hasRoom = target.write(blank.subarray(0, Math.min(left, CHUNK)));
    // A client that has had enough never drains, so the wait looks up now and then.
    if (!hasRoom) await Promise.race([new Promise((resolve) => target.once('drain', resolve)), sleep(20)]);
  }
  target.end();
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
