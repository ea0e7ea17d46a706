/**
 * The indexes of a longest strictly increasing subsequence.
 *
 * Whatever is not in it has moved: this names the fewest items that explain a new order, so that one option dragged
 * to the top is one move and not a move of all the others. O(n log n), because a picklist may have thousands.
 */
export function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, value] of numbers.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    // Nothing comes before the first.
    previous.push(ends[low - 1]);
    ends[low] = index;
  }
  const run = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) run.add(at);
  return run;
}
