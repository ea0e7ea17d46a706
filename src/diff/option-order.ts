import { diffArrays } from 'diff';
import type { OptionOrder, OptionValue } from './changes.ts';

/**
 * Finding the fewest moves takes the square of their number, and a manifest may hold thousands of options. The first bound
 * is the same on every machine; the second one, in milliseconds, is for machines that are slower than anyone thought.
 */
const PATIENCE = { maxEditLength: 1000, timeout: 2000 } as const;

/** Compares the order of two lists, each option told by what Zoho stores. */
export function compareOrder(
  before: ReadonlyMap<string, OptionValue>,
  after: ReadonlyMap<string, OptionValue>,
): OptionOrder {
  const old = [...before.keys()].filter((value) => after.has(value));
  const now = [...after.keys()].filter((value) => before.has(value));
  const changes: ReturnType<typeof diffArrays<string>> | undefined = diffArrays(old, now, PATIENCE);
  if (changes === undefined) return { moved: [], isNewOrder: true };
  const moved = changes.flatMap(({ added, value }) => (added ? value : []));
  return { moved: moved.flatMap((value) => after.get(value) ?? []), isNewOrder: false };
}
