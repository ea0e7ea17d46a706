import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

const FIRST_BYTES = 64 * 1024;

/**
 * Reads a body to its end, unpacked as it comes, into one buffer that grows: however small the pieces are in which a
 * server sends it, it takes no more memory than its size.
 * @param most bytes, after which nothing more is read.
 * @returns `undefined` for a body that is larger.
 * @throws the stream's error, also for a body that breaks off, or when the signal ends it.
 */
export async function readBody(
  stream: Readable,
  most: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  let room = Buffer.allocUnsafe(FIRST_BYTES);
  let length = 0;
  let isTooLarge = false;
  stream.on('data', (chunk: Buffer) => {
    const needed = length + chunk.length;
    if (needed > most) {
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
  return room.toString('utf8', 0, length);
}
