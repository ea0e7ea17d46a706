/** Where in a text the next of many pieces of equal length begins, from a place on; -1 where none does. */
export type FindPiece = (text: string, from: number) => number;

/** Characters that are looked at together: with fewer too many places look like a piece, with more tables grow. */
const BLOCK = 3;
const BUCKETS = 1 << 15;

/**
 * Prepares a search for any of many pieces at once, after Wu and Manber: the last characters of a window tell how far the
 * next piece can at least be away, so that most of a text is never looked at. A regular expression of a thousand words
 * takes a hundred times as long, and every answer of the API is searched.
 * @param length of every piece.
 */
export function pieceFinder(pieces: ReadonlySet<string>, length: number): FindPiece {
  const farthest = length - BLOCK + 1;
  const shifts = new Uint8Array(BUCKETS).fill(farthest);
  for (const piece of pieces) {
    for (let end = BLOCK; end <= length; end += 1) {
      const bucket = bucketOf(piece, end);
      shifts[bucket] = Math.min(shifts[bucket] ?? 0, length - end);
    }
  }
  return (text, from) => {
    let end = from + length;
    while (end <= text.length) {
      const shift = shifts[bucketOf(text, end)] ?? 1;
      if (shift === 0 && pieces.has(text.slice(end - length, end))) return end - length;
      end += Math.max(1, shift);
    }
    return -1;
  };
}

/** Of the block that ends there. */
function bucketOf(text: string, end: number): number {
  const hash = (text.charCodeAt(end - 3) << 10) ^ (text.charCodeAt(end - 2) << 5) ^ text.charCodeAt(end - 1);
  return hash & (BUCKETS - 1);
}
