import stringWidth from 'fast-string-width';
import { visible } from '../model/visible.ts';

/** A piece of the manifest's text: offsets in UTF-16 code units, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Who found a problem, from the outside in. What an inner layer says about exactly the same piece of text is only a
 * consequence (an alias is refused, therefore it is not a text either) and is left out.
 */
export type Layer = 'text' | 'yaml' | 'shape' | 'rule';

/** A problem before it has a line, a column and a frame. */
export interface Finding {
  readonly layer: Layer;
  /** An error unless it says otherwise. */
  readonly severity?: 'error' | 'warning';
  /** Only of a warning: the field that is not created without this doubt; where it exists already, there is none. */
  readonly creating?: { readonly module: string; readonly api_name: string };
  /** It stands for several places: a frame would show only one of them. */
  readonly isSum?: true;
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly span: Span;
}

/** Text of the manifest as it may stand in a message: in quotation marks, on one line, not too long. */
export function quote(text: string): string {
  return `"${excerpt(text)}"`;
}

/** Text of the manifest without quotation marks: on one line, not too long. */
export function excerpt(text: string): string {
  return shorten(text.slice(0, 500).replaceAll(/[\r\n\t]+/gu, ' '), 60);
}

/** At most `max` characters, cut between characters. */
function shorten(text: string, max: number): string {
  const characters = Array.from(text.slice(0, max * 2 + 2));
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}

/** A frame never gets wider than this, whatever the manifest's lines are. */
const maxWidth = 100;
/** How much of a long line is shown before the marked place. */
const before = 40;

/** The columns of a text as it is displayed: invisible characters are written out (see `model/visible.ts`). */
function columns(text: string): number {
  return stringWidth(visible(text));
}

/** As much of the text's beginning as fits. */
function fitting(text: string, most: number): string {
  let end = 0;
  let width = 0;
  for (const character of text) {
    width += columns(character);
    if (width > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * The marked line with the line before it, as people know it from compilers:
 *
 * ```
 *   2 | fields:
 * > 3 |   - api_nam: Risk
 *     |     ^^^^^^^
 * ```
 *
 * Very long lines are cut around the place. The text is the manifest's own and not escaped; the marker stands under what
 * is displayed once it is.
 */
export function codeFrame(lines: Lines, from: Position, length: number): string {
  const gutter = String(from.line).length;
  const text = lines.line(from.line).replaceAll('\t', ' ');
  const start = from.column - 1;
  const cut = columns(text) > maxWidth ? Math.max(0, start - before) : 0;
  const shown = fitting(text.slice(cut), maxWidth);
  const head = cut > 0 ? '…' : '';
  const tail = cut + shown.length < text.length ? '…' : '';
  const lead = `${head}${shown.slice(0, start - cut)}`;
  const marked = shown.slice(start - cut, start - cut + Math.max(length, 1));
  const rows: string[] = [];
  if (from.line > 1) {
    const previous = lines.line(from.line - 1).replaceAll('\t', ' ');
    const beginning = fitting(previous, maxWidth);
    const ending = beginning.length < previous.length ? '…' : '';
    rows.push(`  ${String(from.line - 1).padStart(gutter)} | ${beginning}${ending}`.trimEnd());
  }
  rows.push(`> ${from.line} | ${head}${shown}${tail}`.trimEnd());
  const width = columns(lead);
  const marker = '^'.repeat(Math.max(columns(`${lead}${marked}`) - width, 1));
  rows.push(`  ${' '.repeat(gutter)} | ${' '.repeat(width)}${marker}`);
  return rows.join('\n');
}

/** How many things from the first on are so, where none is after one that is not; found by halving. */
export function countWhile(count: number, isSo: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where something is, as editors count: both 1-based, columns in UTF-16 code units. */
interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets into lines and columns; built once per file. */
export class Lines {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    this.#starts = starts;
  }

  /** How long the text is. */
  get length(): number {
    return this.#text.length;
  }

  /** A piece of the text. */
  piece({ start, end }: Span): string {
    return this.#text.slice(start, end);
  }

  /** The position of an offset; offsets beyond the end count as the end. */
  at(offset: number): Position {
    const wanted = Math.min(Math.max(offset, 0), this.#text.length);
    const line = countWhile(this.#starts.length, (index) => (this.#starts[index] ?? 0) <= wanted);
    return { line, column: wanted - (this.#starts[line - 1] ?? 0) + 1 };
  }

  /** The text of a line, without its line break. */
  line(number: number): string {
    const start = this.#starts[number - 1] ?? this.#text.length;
    const end = this.#starts[number] ?? this.#text.length + 1;
    return this.#text.slice(start, end - 1).replace(/\r$/u, '');
  }
}
