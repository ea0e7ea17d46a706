import { CST, Lexer } from 'yaml';
import { list, quote } from './problem.ts';
import type { Problem, Span } from './problem.ts';

/**
 * The first look at the YAML: its words, before anything is built from them.
 *
 * Here everything is found that a manifest has no use for (tags, anchors, aliases, directives), with its exact place, and
 * taken out, so that it neither acts nor causes errors that follow from it. Nesting and size are bounded here too,
 * because building a document is recursive and slower than reading its words.
 */

/** A word of YAML as `yaml`'s parser takes it. */
export type Lexeme = string;

/** What the first look found. */
export interface Tokens {
  /** To be fed to the parser, one after the other; as long as the text. */
  readonly lexemes: readonly Lexeme[];
  /** Where comments are: hidden characters are harmless there. */
  readonly comments: readonly Span[];
  /** Where documents were emptied because they nest too deeply. */
  readonly emptied: readonly Span[];
  readonly problems: readonly Problem[];
}

/** Far above the 12 levels that are allowed and far below what recursion survives. */
const maxNesting = 60;
/** About 10 000 fields; more would take longer than a second and be no module of Zoho's. */
const maxLexemes = 300_000;

/** `yaml` announces plain and block scalars by this word of no width. */
const scalarFollows = '\x1f';

/** Follows how deep the words nest: brackets, and columns of block indicators. */
class Nesting {
  #brackets = 0;
  #columns: number[] = [];
  #column = 0;

  /** The depth after this word. */
  step(type: string | null, lexeme: Lexeme): number {
    if (type === 'newline') this.#column = 0;
    else if (type !== 'space' && this.#brackets === 0 && lexeme.length > 0) this.#enter(this.#column);
    if (type === 'flow-map-start' || type === 'flow-seq-start') this.#brackets += 1;
    if (type === 'flow-map-end' || type === 'flow-seq-end') this.#brackets = Math.max(0, this.#brackets - 1);
    if (type === 'doc-start' || type === 'doc-end' || type === 'flow-error-end') this.reset();
    const lineBreak = lexeme.lastIndexOf('\n');
    this.#column = lineBreak === -1 ? this.#column + lexeme.length : lexeme.length - lineBreak - 1;
    return this.#brackets + this.#columns.length;
  }

  reset(): void {
    this.#brackets = 0;
    this.#columns = [];
  }

  #enter(column: number): void {
    while ((this.#columns.at(-1) ?? -1) >= column) this.#columns.pop();
    this.#columns.push(column);
  }
}

/** Why a word of this type is refused, or nothing where it is not. */
function refusal(type: string | null, lexeme: Lexeme): Omit<Problem, 'span' | 'layer'> | undefined {
  if (type === 'tag') {
    return {
      code: 'yaml-tag',
      message: `The tag ${quote(lexeme)} is not allowed: a manifest holds only texts, numbers, true, false, lists and mappings.`,
      remedy: 'Remove it; put a value in quotes where it should be read as text.',
    };
  }
  if (type === 'anchor') {
    return {
      code: 'yaml-anchor',
      message: `The anchor ${quote(lexeme)} is not allowed: what is declared must stand where it is read.`,
      remedy: 'Remove it, and write the value out wherever it is needed.',
    };
  }
  if (type === 'alias') {
    return {
      code: 'yaml-alias',
      message: `The alias ${quote(lexeme)} is not allowed: what is declared must stand where it is read.`,
      remedy: 'Write the value out here; put it in quotes if the asterisk is part of a text.',
    };
  }
  if (type === 'directive-line') {
    return {
      code: 'yaml-directive',
      message: `The directive ${quote(lexeme)} is not allowed: a manifest is always read as YAML 1.2.`,
      remedy: 'Remove the line; put it in quotes if the percent sign begins a text.',
    };
  }
  return undefined;
}

/** What the parser gets instead, equally long: an alias stands where a value is needed, the others do not. */
function replacement(type: string | null, lexeme: Lexeme): readonly Lexeme[] {
  return type === 'alias' ? [scalarFollows, 'x'.repeat(lexeme.length)] : [' '.repeat(lexeme.length)];
}

/** A document's words, all turned into blank space of the same length. */
function blank(lexemes: readonly Lexeme[]): Lexeme[] {
  const length = lexemes.reduce((sum, lexeme) => sum + (lexeme.length === 1 && /[\x02\x18\x1f]/u.test(lexeme) ? 0 : lexeme.length), 0);
  return length === 0 ? [] : [' '.repeat(length)];
}

/** Reads the words of a text without hidden characters. */
export function tokenize(text: string): Tokens {
  const lexemes: Lexeme[] = [];
  const comments: Span[] = [];
  const emptied: Span[] = [];
  const problems: Problem[] = [];
  const nesting = new Nesting();
  let offset = 0;
  let isScalar = false;
  let document = { offset: 0, first: 0, tooDeep: false };
  const finishDocument = (): void => {
    if (document.tooDeep) {
      lexemes.splice(document.first, Infinity, ...blank(lexemes.slice(document.first)));
      emptied.push({ start: document.offset, end: offset });
    }
    nesting.reset();
    document = { offset, first: lexemes.length, tooDeep: false };
  };
  for (const lexeme of new Lexer().lex(text)) {
    const type: string | null = isScalar ? 'scalar-text' : CST.tokenType(lexeme);
    const marker = type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end';
    const span = { start: offset, end: offset + (marker ? 0 : lexeme.length) };
    isScalar = type === 'scalar';
    if (type === 'doc-start') finishDocument();
    if (type === 'comment') comments.push(span);
    const refused = refusal(type, lexeme);
    if (refused) problems.push({ layer: 'yaml', ...refused, span });
    if (!document.tooDeep && nesting.step(type, marker ? '' : lexeme) > maxNesting) {
      document.tooDeep = true;
      problems.push(tooDeep(span));
    }
    lexemes.push(...(refused ? replacement(type, lexeme) : [lexeme]));
    offset = span.end;
    if (lexemes.length > maxLexemes) {
      problems.push(tooMuch(span));
      return { lexemes: [], comments, emptied: [{ start: 0, end: text.length }], problems };
    }
  }
  finishDocument();
  return { lexemes, comments, emptied, problems };
}

/** Zoho's deepest shape, a criteria object, needs about half of this. */
export const maxDepth = 12;

/** Said where a value is nested deeper than any of Zoho's shapes. */
export function tooDeep(span: Span): Problem {
  return {
    layer: 'yaml',
    code: 'too-deep',
    message: `Nested too deeply: a manifest has at most ${maxDepth} levels of ${list(['lists', 'mappings'])}.`,
    remedy: 'Look for brackets that are not closed, or for indentation that grows by accident.',
    span,
  };
}

function tooMuch(span: Span): Problem {
  return {
    layer: 'yaml',
    code: 'too-large',
    message: 'The manifest holds more values than any module of Zoho CRM can have; it is not checked further.',
    remedy: 'Give each module a file of its own, and remove what is not a field.',
    span,
  };
}
