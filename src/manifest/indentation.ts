import type { YAMLError } from 'yaml';
import type { Span } from './finding.ts';
import { deeperWords, indentationWords, type SyntaxWords } from './messages/syntax.ts';

/** What an error of syntax comes to, where a line stands in the wrong column: the commonest mistake of all. */
export interface Misplaced {
  readonly words: SyntaxWords;
  readonly span: Span;
  /** What else the parser reports of the line of this offset follows from it. */
  readonly lost: number;
}

/** Codes of the parser for a line that it did not expect; it stops in the gap before it. */
const unexpectedLine: ReadonlySet<string> = new Set(['BAD_INDENT', 'MISSING_CHAR', 'BLOCK_AS_IMPLICIT_KEY']);

/**
 * The line that stands in the wrong column, which need not be the one where the parser stopped.
 * @param next the error after it: where a value turns out to hold a key, the parser tells the value and then how far it goes.
 * @param text the document.
 * @returns `consequence` where a value holds a key that stands no deeper: then the parser had lost its way before.
 */
export function misplacedLine(
  error: YAMLError,
  next: YAMLError | undefined,
  text: string,
): Misplaced | 'consequence' | undefined {
  const [start] = error.pos;
  if (unexpectedLine.has(error.code) && isBetweenLines(text, start)) {
    const word = afterGap(text, start);
    return { words: indentationWords, span: wordAt(text, word), lost: word };
  }
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY' || next?.code !== 'MULTILINE_IMPLICIT_KEY') return undefined;
  if (next.pos[0] !== start) return undefined;
  const line = text.lastIndexOf('\n', next.pos[1] - 1) + 1;
  const [above] = /^ *(?:- +)*/u.exec(lineTo(text, start) ?? '') ?? [''];
  if (line <= start) return undefined;
  const key = afterGap(text, line);
  return key - line > above.length
    ? { words: deeperWords, span: wordAt(text, key), lost: start }
    : 'consequence';
}

/** Nobody indents further; a line may be as long as the file, and each of its words an error. */
const FAR = 200;

/** The beginning of the line, up to an offset in it; nothing where that is far away. */
function lineTo(text: string, offset: number): string | undefined {
  const near = text.slice(Math.max(0, offset - FAR), offset);
  const line = near.slice(near.lastIndexOf('\n') + 1);
  return line.length === near.length && offset > FAR ? undefined : line;
}

/** True at the end of a line, and before the first word of one. */
function isBetweenLines(text: string, offset: number): boolean {
  const here = text.charAt(offset);
  return /[\r\n]/u.test(here) || (/\s/u.test(here) && lineTo(text, offset)?.trim() === '');
}

/** Where the next word begins, behind blanks and comments. */
function afterGap(text: string, from: number): number {
  const word = /\S/gu;
  word.lastIndex = from;
  for (let found = word.exec(text); found !== null; found = word.exec(text)) {
    if (found[0] !== '#') return found.index;
    const end = text.indexOf('\n', found.index);
    if (end === -1) break;
    word.lastIndex = end;
  }
  return text.length;
}

function wordAt(text: string, start: number): Span {
  const [word = ''] = /^[^\s:]*/u.exec(text.slice(start, start + FAR)) ?? [];
  return { start, end: start + Math.max(1, word.length) };
}
