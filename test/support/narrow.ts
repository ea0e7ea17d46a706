import stringWidth from 'fast-string-width';
import { expect } from 'vitest';

/** As narrow as half of a small screen. */
export const NARROW = 40;

/** Lines of a manifest that an error shows: an excerpt, of which `…` marks the cuts. */
const FRAME = /^ *(?:> )?\d* +\||^> \d+ \|/u;

/** Lines of JSON, which are shown as they are sent. */
const CODE = /^ +"\w+": /u;

/** Scripts without blanks, in which a line may end anywhere. */
const UNSPACED = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

/** What stands only where a list of names, or a command, has no room in a line. */
const SHORTENED = new Set(['--in-sync', 'lists', 'them', 'all)', '\\']);

const bare = (word: string): string => word.replace(/:$/u, '');
const wordsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => !FRAME.test(line))
    .flatMap((line) => line.split(/\s+/u))
    .map((word) => bare(word));

/**
 * Holds a text to what a person needs of it on a narrow screen: no line is wider than the screen but for one word that
 * cannot be broken, and every word is as whole as on a wide screen.
 * @param render the text for a screen of so many columns.
 */
export function expectReadable(render: (width: number) => string): void {
  const narrow = render(NARROW);
  const wide = new Set([80, 110].flatMap((width) => wordsOf(render(width))));
  const tooWide = narrow
    .split('\n')
    .filter(
      (line) =>
        stringWidth(line) > NARROW && (FRAME.test(line) || (line.trim().includes(' ') && !CODE.test(line))),
    );
  expect(tooWide).toEqual([]);
  const broken = wordsOf(narrow).filter(
    (word) => !wide.has(word) && !SHORTENED.has(word) && !UNSPACED.test(word) && !/^[1-8x]$/u.test(word),
  );
  expect(broken).toEqual([]);
}
