import type { Random } from './random.ts';

/** Bytes that mean something to readers of text: ends of lines, quotes, brackets, what is no UTF-8. */
const telling = Uint8Array.from([
  0, 9, 10, 13, 27, 32, 34, 35, 38, 39, 42, 44, 45, 46, 48, 58, 60, 61, 91, 92, 93, 96, 123, 125, 127, 128,
  0xa0, 0xbf, 0xc0, 0xc3, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xfe, 0xff,
]);

/** A copy with a few bytes changed, added, taken out, moved, repeated or cut off. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  for (let left = random.between(1, 4); left > 0; left -= 1) result = mutateOnce(result, random);
  return result;
}

function mutateOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.small(40));
  switch (random.below(7)) {
    case 0:
      return join(bytes.subarray(0, at), Uint8Array.of(anyByte(random)), bytes.subarray(at));
    case 1:
      return join(bytes.subarray(0, at), bytes.subarray(to));
    case 2:
      return join(bytes.subarray(0, at), Uint8Array.of(anyByte(random)), bytes.subarray(at + 1));
    case 3: {
      const flipped = Uint8Array.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      return flipped;
    }
    case 4: {
      const piece = bytes.subarray(at, to);
      const target = random.below(bytes.length + 1);
      return join(bytes.subarray(0, target), piece, bytes.subarray(target));
    }
    case 5:
      return bytes.subarray(0, at);
    default: {
      const many = Array.from({ length: random.small(60) }, () => bytes.subarray(at, to));
      return join(bytes.subarray(0, at), ...many, bytes.subarray(to));
    }
  }
}

function anyByte(random: Random): number {
  return random.chance(0.7) ? (telling[random.below(telling.length)] ?? 0) : random.below(256);
}

function join(...pieces: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(pieces);
}
