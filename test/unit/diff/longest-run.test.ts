import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRun } from '../../../src/diff/longest-run.ts';

/** The length of the longest strictly rising run, by trying all. */
function byTrying(numbers: readonly number[], above = -Infinity): number {
  const [first, ...rest] = numbers;
  if (first === undefined) return 0;
  const without = byTrying(rest, above);
  return first > above ? Math.max(without, 1 + byTrying(rest, first)) : without;
}

describe('the longest run', () => {
  it('is places that rise strictly, and no longer one exists', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 10 }), (numbers) => {
        const run = [...longestRun(numbers)].sort((a, b) => a - b);
        const values = run.map((place) => numbers[place] ?? Number.NaN);
        expect(run).toHaveLength(byTrying(numbers));
        expect(values.every((value, index) => index === 0 || value > (values[index - 1] ?? 0))).toBe(true);
      }),
    );
  });
});
