import { CST, Lexer } from 'yaml';
import type { Finding, Span } from './finding.ts';
import { refusal, replacement } from './messages/syntax.ts';

/**
 * The first look at the YAML: its words, before anything is built from them.
 *
 * What a manifest has no use for is found here with its exact place, and taken out, so that it neither acts nor causes
 * errors that follow from it. Nesting and size are bounded here too, because building a document is recursive and slower
 * than reading its words. Each document is read by itself: an unclosed quote must not swallow the next one.
 */

/** The words of one document. */
export interface Tokens {
  /** Where the document begins in the text. */
  readonly start: number;
  readonly end: number;
  /** To be fed to the parser, one after the other; as long as the document. */
  readonly lexemes: readonly string[];
  /** Where comments are: hidden characters are harmless there. */
  readonly comments: readonly Span[];
  /** Quotes and brackets that are never closed, from the outermost in. */
  readonly unclosed: readonly Span[];
  /** True where the document must not be built: it would be too deep or too much. */
  readonly isRefused: boolean;
  readonly problems: readonly Finding[];
}

/** Far above the 12 levels that are allowed and far below what recursion survives. */
const maxNesting = 60;
/** More than 5 000 fields; beyond, reading takes longer than a second, and no module of Zoho's is so large. */
const maxLexemes = 200_000;
const maxDocuments = 1000;
/** Far more than a report shows. */
const enough = 1000;

/** Each document from its `---` to the next; inside quotes and blocks too, a line that begins so ends the document. */
function split(text: string): Span[] {
  const starts = [0];
  for (const match of text.matchAll(/^(?:---|\.\.\.)(?=\s|$)/gmu)) {
    if (match[0] === '---') starts.push(match.index);
    else starts.push(Math.min(text.length, text.indexOf('\n', match.index) + 1 || text.length));
    if (starts.length > maxDocuments) break;
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** Reads the words of a text without hidden characters, document by document. */
export function tokenize(text: string): Tokens[] {
  const documents: Tokens[] = [];
  const spans = split(text);
  let left = maxLexemes;
  for (const span of spans) {
    const tokens = readWords(text, span, left);
    documents.push(tokens);
    left -= tokens.lexemes.length;
    if (left <= 0 || documents.length > maxDocuments) return [...documents.map(refuse), excess(span)];
  }
  return documents;
}

const refuse = (tokens: Tokens): Tokens => ({ ...tokens, lexemes: [], isRefused: true });

function readWords(text: string, { start, end }: Span, limit: number): Tokens {
  const lexemes: string[] = [];
  const comments: Span[] = [];
  const openQuotes: Span[] = [];
  const problems: Finding[] = [];
  const nesting = new Nesting();
  const gap = new Gap();
  let offset = start;
  let isScalar = false;
  let isTooDeep = false;
  for (const lexeme of new Lexer().lex(text.slice(start, end))) {
    const type: string | null = isScalar ? 'scalar-text' : CST.tokenType(lexeme);
    // Words of no width, by which `yaml` announces what follows.
    const isMarker = type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end';
    const span = { start: offset, end: offset + (isMarker ? 0 : lexeme.length) };
    isScalar = type === 'scalar';
    offset = span.end;
    if (type === 'comment') comments.push(span);
    if (isOpenQuote(type, lexeme)) openQuotes.push({ start: span.start, end: span.start + 1 });
    const refused = refusal(type, lexeme);
    if (refused && problems.length < enough) problems.push({ layer: 'yaml', ...refused, span });
    if (type === 'space') gap.addBlank(lexeme);
    else if (type === 'comment') gap.addBlank(' '.repeat(lexeme.length));
    else if (type === 'newline') gap.addLineBreak(lexeme);
    else lexemes.push(...gap.take(), ...(refused ? replacement(type, lexeme) : [lexeme]));
    if (!isTooDeep && nesting.step(type, isMarker ? '' : lexeme, span.start) > maxNesting) {
      isTooDeep = true;
      problems.push(tooDeep(span));
    }
    if (lexemes.length >= limit) break;
  }
  lexemes.push(...gap.take());
  const openBrackets = nesting.open.map((at) => ({ start: at, end: at + 1 }));
  const unclosed = [...openBrackets, ...openQuotes].toSorted((a, b) => a.start - b.start);
  const base: Tokens = { start, end, lexemes, comments, unclosed, isRefused: false, problems };
  return isTooDeep ? refuse(base) : base;
}

function isOpenQuote(type: string | null, lexeme: string): boolean {
  const inner = lexeme.slice(1);
  if (type === 'double-quoted-scalar') {
    return !inner.endsWith('"') || (/\\*$/u.exec(inner.slice(-65, -1))?.[0].length ?? 0) % 2 === 1;
  }
  if (type !== 'single-quoted-scalar') return false;
  let quotes = 0;
  while (quotes < inner.length && inner.at(-1 - quotes) === "'") quotes += 1;
  return quotes % 2 === 0;
}

/** Zoho's deepest shape, a criteria object, needs about half of this. */
export const maxDepth = 12;

/** Said where a value is nested deeper than any of Zoho's shapes. */
export function tooDeep(span: Span): Finding {
  const message = `Nested too deeply: a manifest has at most ${maxDepth} levels of lists and mappings.`;
  const remedy = 'Look for brackets that are not closed, or for indentation that grows by accident.';
  return { layer: 'yaml', code: 'too-deep', message, remedy, span };
}

/** In place of what is not read any more. */
function excess({ start, end }: Span): Tokens {
  const problem: Finding = {
    layer: 'yaml',
    code: 'too-large',
    message:
      'The manifest holds more values than the modules of Zoho CRM can have; it is not checked further.',
    remedy: 'Give each module a file of its own, and remove what is not a field.',
    span: { start, end: Math.min(end, start + 1) },
  };
  return { start, end, lexemes: [], comments: [], unclosed: [], isRefused: true, problems: [problem] };
}

/**
 * What stands between two words: blanks, comments, line breaks. Only the last line break and the indentation after it
 * mean something; the rest becomes blank space at the end of the line before, because each word costs the parser time
 * and a file may have half a million blank lines.
 */
export class Gap {
  #skipped = 0;
  #lineBreak = '';
  #blanks: string[] = [];
  #blankLength = 0;

  /** A comment counts as blanks of its length. */
  addBlank(text: string): void {
    this.#blanks.push(text);
    this.#blankLength += text.length;
  }

  addLineBreak(lineBreak: string): void {
    this.#skipped += this.#lineBreak.length + this.#blankLength;
    this.#lineBreak = lineBreak;
    this.#blanks = [];
    this.#blankLength = 0;
  }

  /** The words to give to the parser, as long as what was added since the last time. */
  take(): string[] {
    const words = [
      ...(this.#skipped > 0 ? [' '.repeat(this.#skipped)] : []),
      this.#lineBreak,
      ...this.#blanks,
    ];
    this.#skipped = 0;
    this.#lineBreak = '';
    this.#blanks = [];
    this.#blankLength = 0;
    return words.filter((word) => word !== '');
  }
}

/**
 * Follows how deep the words of a document nest, so that hostile depth is found before anything recursive sees it.
 *
 * Brackets are counted; block structure nests with the column in which something begins.
 */
class Nesting {
  /** Where each bracket that is still open was opened. */
  readonly open: number[] = [];
  #columns: number[] = [];
  #column = 0;

  /** The depth after the word at `offset`; an upper bound for block structure, a few levels above the truth. */
  step(type: string | null, lexeme: string, offset: number): number {
    if (type === 'newline') this.#column = 0;
    else if (type !== 'space' && this.open.length === 0 && lexeme.length > 0) this.#enter(this.#column);
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.open.push(offset);
    if (type === 'flow-map-end' || type === 'flow-seq-end') this.open.pop();
    const lineBreak = lexeme.lastIndexOf('\n');
    this.#column = lineBreak === -1 ? this.#column + lexeme.length : lexeme.length - lineBreak - 1;
    return this.open.length + this.#columns.length;
  }

  #enter(column: number): void {
    while ((this.#columns.at(-1) ?? -1) >= column) this.#columns.pop();
    this.#columns.push(column);
  }
}
