import stringWidth from 'fast-string-width';

/** As narrow as half of a small screen. */
export const NARROW = 40;

/** Lines of a manifest that an error shows: an excerpt, of which `…` marks the cuts. */
const FRAME = /^ *(?:> )?\d* +\||^> \d+ \|/u;

/** Lines of JSON, which are shown as they are sent. */
const CODE = /^ +"\w+": /u;

/** Organisations and their cells, where a matrix has no room for words. */
const CELL = /^[1-8x]$/u;

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
 * What hurts a reader on a narrow screen: lines that are wider than it, but for one word that cannot be broken, and words
 * that are not as whole as on a wide screen.
 * @param render the text for a screen of so many columns.
 */
export function narrowFaults(render: (width: number) => string): readonly string[] {
  const narrow = render(NARROW);
  const wide = new Set([80, 110].flatMap((width) => wordsOf(render(width))));
  const tooWide = narrow
    .split('\n')
    .filter(
      (line) =>
        stringWidth(line) > NARROW && (FRAME.test(line) || (line.trim().includes(' ') && !CODE.test(line))),
    );
  const broken = wordsOf(narrow).filter(
    (word) => !wide.has(word) && !SHORTENED.has(word) && !UNSPACED.test(word) && !CELL.test(word),
  );
  return [...tooWide, ...broken];
}
