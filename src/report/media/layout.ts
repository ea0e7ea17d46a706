import stringWidth from 'fast-string-width';
import { styleText } from 'node:util';
import { wrapAnsi } from 'fast-wrap-ansi';

/** Narrower than this nothing can be laid out; wider than this lines get hard to read. */
const NARROWEST = 32;
const WIDEST = 110;

/** A column of text that is narrower than this is hard to read: a table with such a column becomes a list. */
const LEAST_COLUMN = 30;

/** Whether a screen is too narrow for what stands side by side elsewhere. */
export function isNarrow(width: number): boolean {
  return width < 2 * LEAST_COLUMN;
}

/** How many columns to use of a terminal that has `columns`; 80 where that is not known, or 0. */
export function usableWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns || 80, NARROWEST), WIDEST);
}

/** A table has columns to spread over a wide screen, where sentences would get hard to read. */
export function auditWidth(columns: number | undefined): number {
  return Math.min(Math.max(columns || 80, NARROWEST), 200);
}

/**
 * Lines of text that with their indent fit the width. They are broken at blanks, and between the signs of scripts that
 * are written without any; another word that is longer than a line stays whole, since it may have to be copied.
 */
export function wrap(text: string, width: number, indent: number): readonly string[] {
  const room = Math.max(width - indent, 20);
  return wrapAnsi(text, room)
    .split('\n')
    .flatMap((line) => (stringWidth(line) > room && WIDE.test(line) ? wrapColumns(line, room) : [line]));
}

/** Lines of at most so many columns: broken at blanks, and inside words that are wider than a line. */
export function wrapColumns(text: string, columns: number): readonly string[] {
  // At the start of a line a runner would obey two colons (see `model/visible.ts`).
  return wrapAnsi(text, columns, { hard: true })
    .split('\n')
    .map((line) => (line.startsWith('::') ? `\\x3a${line.slice(1)}` : line));
}

/** A sign of a script that a terminal draws over two columns, between any two of which a line may end. */
const WIDE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

/** The text with blanks behind it, up to so many columns. */
export function padColumns(text: string, columns: number): string {
  return `${text}${' '.repeat(Math.max(0, columns - stringWidth(text)))}`;
}

/** Lines of which the first begins at `indent` and the others further in, at `below`. */
export function hanging(text: string, width: number, indent: number, below: number): readonly string[] {
  const blanks = ' '.repeat(indent);
  if (indent + stringWidth(text) <= width) return [`${blanks}${text}`];
  return wrap(text, width, below).map((line, index) => `${index === 0 ? blanks : ' '.repeat(below)}${line}`);
}

/** Parts of a heading side by side; what has no room there begins a line of its own, further in. */
export function headline(
  parts: readonly string[],
  width: number,
  indent: number,
  below: number,
): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 2 + stringWidth(part) <= width)
      lines[lines.length - 1] = `${last}  ${part}`;
    else lines.push(...hanging(part, width, last === undefined ? indent : below, below));
  }
  return lines;
}

/** A command to copy, over as many lines as it needs, each but the last ending so that a shell reads on. */
export function commandLines(command: string, width: number, indent: number): readonly string[] {
  if (indent + stringWidth(command) <= width) return [`${' '.repeat(indent)}${command}`];
  const lines = hanging(command, width - 2, indent, indent + 2);
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line} \\`));
}

/** A text whose lines fit the screen: what is wider goes on below at the same indent. */
export function fitLines(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const words = line.trimStart();
      const indent = line.length - words.length;
      return hanging(words, width, indent, indent);
    })
    .join('\n');
}

/** A key and its text, the text wrapped in a column of its own; below its key where the screen is too narrow for that. */
export function keyed(
  key: string,
  text: string,
  width: number,
  indent: number,
  keyWidth: number,
): readonly string[] {
  const start = indent + keyWidth;
  if (width - start < LEAST_COLUMN && key.trim() !== '') {
    const name = key.trim();
    return hanging(`${/[:.]$/u.test(name) ? name : `${name}:`} ${text}`, width, indent, indent + 2);
  }
  return wrap(text, width, start).map((line, index) =>
    index === 0 ? `${' '.repeat(indent)}${padColumns(key, keyWidth)}${line}` : `${' '.repeat(start)}${line}`,
  );
}

/** The program's name, which every text of ours has in the commands that it advises. */
const PROGRAM = 'zoho-fields';

/** A text of ours, with its commands as the reader has to type them. */
export function asTyped(text: string, { command }: Style): string {
  return command === PROGRAM
    ? text
    : text.replaceAll(/(?<="|: )zoho-fields (?=[a-zA-Z-])/g, () => `${command} `);
}

/** What depends on who reads: colours, which only ever repeat what a word says as well, and how they start the program. */
export interface Style {
  /** In the place of the bare name in what to type next. */
  readonly command: string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
  /** As it is: beside the colours, so that each {@link Tone} has its own. */
  readonly plain: (text: string) => string;
}

/** How a screen's text looks. */
export interface Look {
  readonly style: Style;
  /** Columns to fill at most. */
  readonly width: number;
}

/**
 * @param coloured decided once per stream, outside.
 * @param command the bare name where the reader is not at the terminal that the program was started from.
 */
export function makeStyle(coloured: boolean, command = PROGRAM): Style {
  const paint =
    (format: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      coloured ? styleText(format, text) : text;
  return {
    command,
    bold: paint('bold'),
    dim: paint('dim'),
    good: paint('green'),
    warn: paint('yellow'),
    bad: paint('red'),
    plain: (text) => text,
  };
}
