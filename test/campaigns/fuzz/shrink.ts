import { isObject, type Json } from '../../../src/model/json.ts';
import { judged } from './attempt.ts';
import type { Trial, Verdict } from './trial.ts';

/** Enough to make a page into a line; more would be a campaign of its own. */
const mostAttempts = 400;
const mostMs = 10_000;

/** The simplest input found that fails in the same way. */
export async function shrink(
  trial: Trial,
  verdict: Verdict,
  sortOf: (verdict: Verdict) => string,
): Promise<Trial> {
  const wanted = sortOf(verdict);
  const deadline = performance.now() + mostMs;
  let smallest = trial;
  let attempts = 0;
  for (let found = true; found;) {
    found = false;
    for (const candidate of smallest.smaller()) {
      attempts += 1;
      if (attempts > mostAttempts || performance.now() > deadline) return smallest;
      if (sortOf(await judged(candidate)) !== wanted) continue;
      smallest = candidate;
      found = true;
      break;
    }
  }
  return smallest;
}

/** Texts with a piece taken out: halves first, then ever smaller pieces. */
export function* withoutPieces(text: string): Generator<string> {
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size);
  }
}

/** Lists of values with one item, one key, or one item or key further in, taken out. */
export function* withoutParts(list: readonly Json[]): Generator<readonly Json[]> {
  for (const [index, item] of list.entries()) {
    yield list.toSpliced(index, 1);
    for (const fewer of without(item)) yield list.with(index, fewer);
  }
}

function* without(value: Json): Generator<Json> {
  if (Array.isArray(value)) yield* withoutParts(value as readonly Json[]);
  if (!isObject(value)) return;
  const entries = Object.entries(value);
  for (const [at, [key, item]] of entries.entries()) {
    yield Object.fromEntries(entries.toSpliced(at, 1));
    for (const fewer of without(item)) yield Object.fromEntries(entries.with(at, [key, fewer]));
  }
}
