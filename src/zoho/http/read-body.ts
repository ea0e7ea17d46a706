import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

const FIRST_BYTES = 64 * 1024;
/** A body that comes byte by byte at full speed keeps a processor busy for longer than anybody wants to wait. */
const MOST_PIECES = 1_000_000;
/** How bodies are packed: both of those that are asked for, and their kin. */
const PACKINGS: ReadonlyMap<string, 'unzipSync' | 'brotliDecompressSync'> = new Map([
  ['gzip', 'unzipSync'],
  ['x-gzip', 'unzipSync'],
  ['deflate', 'unzipSync'],
  ['br', 'brotliDecompressSync'],
]);

/**
 * Reads a body to its end into one buffer that grows, and unpacks it then: however small the pieces are in which a server
 * sends it, it takes no more memory than its size.
 * @param most bytes, packed or not, after which nothing more is read.
 * @returns `undefined` for a body that is larger, or comes in more pieces than that can be of use.
 * @throws the stream's error, also for a body that breaks off, or when the signal ends it; that of a body that was packed badly.
 */
export async function readBody(
  stream: Readable,
  most: number,
  signal: AbortSignal,
  packing = '',
): Promise<string | undefined> {
  let room = Buffer.allocUnsafe(FIRST_BYTES);
  let length = 0;
  let pieces = 0;
  let isTooLarge = false;
  stream.on('data', (chunk: Buffer) => {
    const needed = length + chunk.length;
    pieces += 1;
    if (needed > most || pieces > MOST_PIECES) {
      isTooLarge = true;
      stream.destroy();
      return;
    }
    if (needed > room.length) {
      const larger = Buffer.allocUnsafe(Math.min(most, Math.max(needed, room.length * 2)));
      room.copy(larger, 0, 0, length);
      room = larger;
    }
    chunk.copy(room, length);
    length = needed;
  });
  try {
    await finished(stream, { signal, cleanup: true });
  } catch (error) {
    if (isTooLarge) return undefined;
    throw error;
  } finally {
    stream.destroy();
  }
  const bytes = room.subarray(0, length);
  const unpack = length === 0 ? undefined : PACKINGS.get(packing);
  if (unpack === undefined) return bytes.toString('utf8');
  // Most answers are small, and come as they are.
  const unpackers = await import('node:zlib');
  try {
    return unpackers[unpack](bytes, { maxOutputLength: most }).toString('utf8');
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
