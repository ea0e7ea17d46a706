import { distance } from 'fastest-levenshtein';

/** Longer words are no typing errors, and comparing them would take time. */
const maxLength = 64;

const simplify = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, '');

/** How many slips of the fingers make one word of the other; two letters that changed places are one. */
function slips(word: string, other: string): number {
  let at = 0;
  while (at < word.length && word.charAt(at) === other.charAt(at)) at += 1;
  const swapped = `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`;
  return swapped === other && word !== other ? 1 : distance(word, other);
}

/** The candidate that was probably meant, if one is close enough. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > maxLength) return undefined;
  const wanted = simplify(word);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const steps = slips(wanted, simplify(candidate));
    if (steps < bestDistance) [best, bestDistance] = [candidate, steps];
  }
  return best;
}

/** `Did you mean "x"?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const candidate = closest(word, candidates);
  return candidate === undefined ? undefined : `Did you mean "${candidate}"?`;
}

/** What can be written in the place of a word that is none of these: the nearest one first, then all of them. */
export function meantOrAll(word: string, candidates: readonly string[]): string {
  const near = didYouMean(word, candidates);
  return `${near === undefined ? '' : `${near} `}There are: ${candidates.join(', ')}.`;
}
