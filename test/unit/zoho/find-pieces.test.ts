import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieceFinder } from '../../../src/zoho/redact.ts';

describe('finding many pieces at once', () => {
  // Few letters, so that pieces overlap, repeat, and almost fit.
  const letters = (length: number) =>
    fc.string({ unit: fc.constantFrom('a', 'b', '1', '\u4e2d'), minLength: length, maxLength: length });

  it('finds what looking at every place finds', () => {
    fc.assert(
      fc.property(
        fc.array(letters(5), { maxLength: 8 }),
        fc.array(letters(7), { maxLength: 12 }),
        fc.nat(20),
        (pieces, parts, from) => {
          const text = [...parts, ...pieces.slice(0, 1)].join('');
          const find = pieceFinder(new Set(pieces), 5);
          const places = Array.from({ length: text.length }, (_, at) => at);
          const slow = places.find((at) => at >= from && pieces.includes(text.slice(at, at + 5))) ?? -1;
          expect(find(text, from)).toBe(slow);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finds a piece at the very beginning and at the very end, and none in nothing', () => {
    const find = pieceFinder(new Set(['abcdef']), 6);
    expect(find('abcdef', 0)).toBe(0);
    expect(find('..abcdef', 0)).toBe(2);
    expect(find('..abcdef', 3)).toBe(-1);
    expect(find('abcde', 0)).toBe(-1);
    expect(find('', 0)).toBe(-1);
    expect(pieceFinder(new Set(), 6)('abcdef', 0)).toBe(-1);
  });
});
