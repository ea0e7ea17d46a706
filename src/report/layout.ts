/** Narrower than this nothing can be laid out; wider than this lines get hard to read. */
const NARROWEST = 60;
const WIDEST = 110;

/** How many columns to use of a terminal that has `columns`; 80 where that is not known. */
export function usableWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? 80, NARROWEST), WIDEST);
}

/** A table has columns to spread over a wide screen, where sentences would get hard to read. */
export function auditWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns ?? 80, NARROWEST), 200);
}

/**
 * Breaks text at spaces so that every line, with its indent, fits the width; a longer word stays whole, since it may
 * have to be copied.
 */
export function wrap(text: string, width: number, indent: number): readonly string[] {
  const room = Math.max(width - indent, 20);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A key and its text, the text wrapped in a column of its own. */
export function keyed(
  key: string,
  text: string,
  width: number,
  indent: number,
  keyWidth: number,
): readonly string[] {
  const start = indent + keyWidth;
  return wrap(text, width, start).map((line, index) =>
    index === 0 ? `${' '.repeat(indent)}${key.padEnd(keyWidth)}${line}` : `${' '.repeat(start)}${line}`,
  );
}

/** `1 field`, `2 fields`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
