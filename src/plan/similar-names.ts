import { distance } from 'fastest-levenshtein';

/** A name as a reader remembers it: without case, accents, blanks, underscores and other signs. */
export interface Gist {
  /** Letters and digits, the plural's ending and trailing digits taken off. */
  readonly stem: string;
  /** The digits at the end, which Zoho appends to a name that is taken (sheet §3.6). */
  readonly tail: string;
  /** All other digits, in order: `Q1` and `Q2` are two things on purpose. */
  readonly digits: string;
}

/** What is left of a label or an API name when everything is taken off that people get wrong. */
export function gistOf(name: string): Gist {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{Nd}]/gu, '');
  const body = plain.replace(/\p{Nd}+$/u, '');
  const tail = plain.slice(body.length);
  // A name of digits alone is nothing but its digits.
  if (body === '') return { stem: plain, tail: '', digits: plain };
  return { stem: singular(body), tail, digits: body.replaceAll(/\P{Nd}/gu, '') };
}

/** English plurals, as far as their ending shows it. */
function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:s|x|z|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  return word.length > 3 && /[^suio']s$/u.test(word) ? word.slice(0, -1) : word;
}

/**
 * How far two names are apart: 0 where only what is taken off differs, 1 or 2 for slips of typing.
 * @returns `undefined` where they are not alike; short names have to be closer than long ones.
 */
export function likeness(a: Gist, b: Gist): number | undefined {
  // Two different numbers at the end count something: the second line of an address is not the first.
  if (a.digits !== b.digits || (a.tail !== '' && b.tail !== '' && a.tail !== b.tail)) return undefined;
  if (a.stem === b.stem) return 0;
  const shorter = Math.min(a.stem.length, b.stem.length);
  const most = shorter < 5 ? 0 : shorter < 10 ? 1 : 2;
  if (Math.abs(a.stem.length - b.stem.length) > most) return undefined;
  // Slips seldom hit the first letter; that keeps Billing and Mailing apart, and planning quick.
  if (a.stem[0] !== b.stem[0]) return undefined;
  const apart = distance(a.stem, b.stem);
  return apart <= most ? apart : undefined;
}
