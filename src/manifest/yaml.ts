import { Composer, Parser, type Document, type ParsedNode, type YAMLError } from 'yaml';
import type { Finding, Span, Lines } from './finding.ts';
import {
  syntaxWords,
  unclosedWords,
  deeperWords,
  indentationWords,
  type SyntaxWords,
} from './messages/syntax.ts';
import type { Tokens } from './tokens.ts';
import { buildTree, type Tree } from './tree.ts';

/** One YAML document. */
interface YamlDocument {
  /** Absent where it was too deep to be built; that has been reported. */
  readonly tree?: Tree;
  /** Where the document could not be understood: what stands there means perhaps something else. */
  readonly broken: readonly Span[];
}

const options = {
  version: '1.2',
  schema: 'core',
  merge: false,
  strict: true,
  stringKeys: false,
  // Comparing each key with each other takes minutes on a hostile file; `tree.ts` finds duplicates by itself.
  uniqueKeys: false,
  prettyErrors: false,
  keepSourceTokens: false,
  logLevel: 'silent',
} as const;

/** `yaml` makes an Error object per problem; half a million stack traces that nobody reads would take seconds. */
function withoutStackTraces<Result>(work: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function compose(lexemes: readonly string[], length: number): Document.Parsed[] {
  const parser = new Parser();
  const composer = new Composer(options);
  const documents: Document.Parsed[] = [];
  for (const lexeme of lexemes) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(false, length));
  return documents;
}

/** An error of syntax; local where it does not put the values around it in doubt. */
interface SyntaxProblem extends Finding {
  readonly isLocal?: boolean;
  /** Where the parser stopped. */
  readonly stop: number;
  /** What else it reports of the line of this offset follows from it. */
  readonly lost: number;
}

function syntaxProblems(errors: readonly YAMLError[], { start, end }: Span, text: string): SyntaxProblem[] {
  return errors.flatMap((error, index) => {
    const [stop, last] = error.pos;
    const before = errors[index - 1];
    const isSame = before?.code === 'BLOCK_AS_IMPLICIT_KEY' && before.pos[0] === stop;
    const misplaced = isSame ? 'consequence' : misplacedLine(error, errors[index + 1], text);
    if (misplaced === 'consequence' && index > 0) return [];
    const asReported = { words: syntaxWords(error.code), span: { start: stop, end: last }, lost: stop };
    const { words, span, lost } = typeof misplaced === 'object' ? misplaced : asReported;
    const from = Math.min(start + span.start, end);
    const to = Math.max(from + 1, Math.min(start + span.end, end));
    const places = { span: { start: from, end: to }, stop: start + stop, lost: start + lost };
    return [{ layer: 'yaml', ...words, ...places }];
  });
}

function unclosedProblem(span: Span): SyntaxProblem {
  return { layer: 'yaml', ...unclosedWords, span, stop: span.start, lost: span.start };
}

/** One error per line, and none after a tab or an open quote or bracket: the others only follow from it. */
function causes(found: readonly SyntaxProblem[], unclosed: readonly Span[], lines: Lines): SyntaxProblem[] {
  const tab = found.find(({ code }) => code === 'yaml-tab');
  const first = Math.min(tab?.span.start ?? Infinity, unclosed[0]?.start ?? Infinity);
  const seen = new Set<number>();
  const independent = found.filter(({ code, span, lost }) => {
    if (code !== 'yaml-tab' && span.start > first) return false;
    const { line } = lines.at(lost);
    return !seen.has(line) && seen.add(line);
  });
  // Brackets around an open quote or bracket are open only because of it.
  const innermost = tab ? undefined : unclosed.at(-1);
  return innermost ? [...independent, unclosedProblem(innermost)] : independent;
}

function readDocument(tokens: Tokens, lines: Lines, problems: Finding[]): YamlDocument[] {
  if (tokens.isRefused) return [{ broken: [] }];
  return compose(tokens.lexemes, tokens.end - tokens.start).map((document) => {
    const errors = [...document.errors, ...document.warnings];
    const found = causes(
      errors.length === 0 ? [] : syntaxProblems(errors, tokens, lines.piece(tokens)),
      tokens.unclosed,
      lines,
    );
    for (const problem of found) problems.push(problem);
    const contents: ParsedNode | null = document.contents;
    const [from, to] = document.range;
    const whole = { start: tokens.start + from, end: tokens.start + to };
    const doubtful = found.filter((problem) => problem.isLocal !== true);
    const stops = doubtful.map(({ stop }) => ({ start: stop, end: stop + 1 }));
    const broken = [...stops, ...tokens.unclosed];
    const ofTree: Finding[] = [];
    const tree = buildTree(contents, whole, tokens.start, ofTree);
    const lostLines = new Set(doubtful.map(({ lost }) => lines.at(lost).line));
    const follows = ({ code, span }: Finding): boolean =>
      code === 'yaml-key' && lostLines.has(lines.at(span.start).line);
    for (const problem of ofTree) if (!follows(problem)) problems.push(problem);
    return { tree, broken };
  });
}

/** Builds every document of a file, and reports what is wrong with its YAML. */
export function readDocuments(
  tokens: readonly Tokens[],
  lines: Lines,
): { readonly documents: readonly YamlDocument[]; readonly problems: readonly Finding[] } {
  const problems = tokens.flatMap((document) => document.problems);
  const documents = withoutStackTraces(() =>
    tokens.flatMap((document) => readDocument(document, lines, problems)),
  );
  return { documents, problems };
}

/** What an error of syntax comes to, where a line stands in the wrong column: the commonest mistake of all. */
interface Misplaced {
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
function misplacedLine(
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
