/** Scripts and signs that a terminal draws over two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

/** Signs that stand above or below the one before. */
const NARROW = /\p{Mn}|\p{Me}/u;

/** How many columns a text takes on a terminal; it must be free of control characters. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/u.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : NARROW.test(character) ? 0 : 1;
  return width;
}

/** The text with blanks behind it, up to so many columns. */
export function padColumns(text: string, columns: number): string {
  return `${text}${' '.repeat(Math.max(0, columns - displayWidth(text)))}`;
}

/** Lines of at most so many columns: broken at blanks, and inside words that are wider than a line. */
export function wrapColumns(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((one) => pieces(one, columns))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function pieces(word: string, columns: number): readonly string[] {
  if (displayWidth(word) <= columns) return [word];
  const parts: string[] = [];
  let part = '';
  const characters = Array.from(word);
  for (const [index, character] of characters.entries()) {
    if (part !== '' && displayWidth(part + character) > columns) {
      parts.push(part);
      // At the start of a line a runner would obey two colons (see `escape.ts`).
      part = character === ':' && characters[index + 1] === ':' ? '\\x3a' : character;
    } else {
      part += character;
    }
  }
  return [...parts, part];
}
