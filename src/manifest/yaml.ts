import { Composer, Parser } from 'yaml';
import type { Document, ParsedNode, YAMLError } from 'yaml';
import type { Problem, Span } from './problem.ts';
import type { Lines } from './positions.ts';
import { syntaxWords } from './syntax-words.ts';
import type { Lexeme, Tokens } from './tokens.ts';
import { buildTree } from './build-tree.ts';
import type { Tree } from './tree.ts';

/** One YAML document. */
export interface YamlDocument {
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
  // Comparing each key with each other takes minutes on a hostile file; `build-tree.ts` finds duplicates by itself.
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

function composeAll(lexemes: readonly Lexeme[], length: number): Document.Parsed[] {
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

function syntaxProblem(error: YAMLError, length: number): Problem {
  const start = Math.min(error.pos[0], length);
  const end = Math.max(start + 1, Math.min(error.pos[1], length));
  return { layer: 'yaml', ...syntaxWords(error.code), span: { start, end } };
}

/** One error per line, and none after a tab: the others only follow from it. */
function causes(found: readonly Problem[], lineOf: (offset: number) => number): Problem[] {
  const firstTab = Math.min(...found.filter(({ code }) => code === 'yaml-tab').map(({ span }) => span.start));
  const lines = new Set<number>();
  return found.filter(({ code, span }) => {
    if (code !== 'yaml-tab' && span.start > firstTab) return false;
    const line = lineOf(span.start);
    return !lines.has(line) && lines.add(line);
  });
}

/** Builds every document of a file, and reports what is wrong with its YAML. */
export function readDocuments(
  tokens: Tokens,
  lines: Lines,
): { documents: YamlDocument[]; problems: Problem[] } {
  const { length } = lines;
  const problems: Problem[] = [];
  const documents = withoutStackTraces(() => composeAll(tokens.lexemes, length)).map((document): YamlDocument => {
    const found = [...document.errors, ...document.warnings].map((error) => syntaxProblem(error, length));
    for (const cause of causes(found, (offset) => lines.at(offset).line)) problems.push(cause);
    const broken = found.map((problem) => problem.span);
    const [from, to] = document.range;
    if (tokens.emptied.some((span) => span.start < Math.max(to, from + 1) && from < span.end)) return { broken };
    const contents: ParsedNode | null = document.contents;
    return { tree: buildTree(contents, { start: from, end: to }, problems), broken };
  });
  return { documents, problems };
}
