import { createHash } from 'node:crypto';
import { hasErrors, type Diagnostic } from '../model/problem.ts';
import type { Manifest } from '../model/manifest.ts';
import { decode, findHidden, mask } from './text.ts';
import { checkDocument } from './check-document.ts';
import { Lines, type Finding, type Span, codeFrame, type Layer, excerpt } from './finding.ts';
import { fileRules } from './rules/module.ts';
import { tokenize } from './tokens.ts';
import { readDocuments } from './yaml.ts';
import { count } from '../model/count.ts';

/** A manifest's bytes, and what the user calls the file. */
interface ManifestSource {
  /** `-` for standard input. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a manifest says, and everything that is wrong with it. */
export interface LoadedManifest {
  /** Present exactly when no diagnostic is an error. */
  readonly manifest?: Manifest;
  /**
   * What the manifest alone shows, sorted by position; at most about a hundred. Doubts about creating fields, which may all
   * be old ones, are one a kind.
   */
  readonly diagnostics: readonly Diagnostic[];
  /** The doubts about creating these fields, once it is known which ones are still to be created (contract §2). */
  readonly doubts: (isToBeCreated: IsToBeCreated) => readonly Diagnostic[];
}

/** True for a field of a module that is still to be created. */
type IsToBeCreated = (module: string, apiName: string) => boolean;

/**
 * Reads a manifest from its bytes to Zoho's shapes (contract §2), reporting all problems of the file at once.
 *
 * It has no effects, and whatever the bytes are, it answers instead of throwing: a manifest may come from a stranger's
 * pull request.
 */
export function loadManifest({ path, bytes }: ManifestSource): LoadedManifest {
  const decoded = decode(bytes);
  if (decoded.text === undefined) {
    return { diagnostics: diagnose(path, new Lines(''), decoded.problems), doubts: () => [] };
  }
  const { text } = decoded;
  const tokens = tokenize(mask(text));
  const lines = new Lines(text);
  const { documents, problems: syntax } = readDocuments(tokens, lines);
  const modules = documents.flatMap(({ tree, broken }) => (tree ? [checkDocument(tree, broken, lines)] : []));
  const problems = [
    ...decoded.problems,
    ...hiddenProblems(
      text,
      tokens.flatMap((document) => document.comments),
    ),
    ...syntax,
    ...modules.flatMap((module) => module.problems),
    ...fileRules.flatMap((rule) => rule(modules, lines)),
    ...(documents.length === 0 ? [nothing(text)] : []),
  ];
  const doubts = problems.filter(({ creating }) => creating !== undefined);
  const rest = problems.filter(({ creating }) => creating === undefined);
  const diagnostics = diagnose(path, lines, [...rest, ...summedUp(doubts)]);
  if (hasErrors(diagnostics)) return { diagnostics, doubts: () => [] };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    manifest: { path, sha256, modules: modules.map((module) => module.manifest) },
    diagnostics,
    doubts: (isToBeCreated) => {
      const matter = doubts.filter(({ creating }) =>
        isToBeCreated(creating?.module ?? '', creating?.api_name ?? ''),
      );
      return diagnose(path, lines, matter);
    },
  };
}

function nothing(text: string): Finding {
  const what = text.trim() === '' ? 'The file is empty.' : 'The file holds only comments.';
  const remedy = 'Write "module: Deals", and below it "fields:" with a list of fields.';
  return { layer: 'shape', code: 'empty-manifest', message: what, remedy, span: { start: 0, end: 1 } };
}

/** Far more than a report shows. */
const enough = 1000;

/** In comments hidden characters do no harm, except one that ends the line for some programs. */
function hiddenProblems(text: string, comments: readonly Span[]): Finding[] {
  const problems: Finding[] = [];
  let next = 0;
  for (const { start, end, name } of findHidden(text)) {
    if (problems.length === enough) break;
    while ((comments[next]?.end ?? Infinity) <= start) next += 1;
    const comment = comments[next];
    const isHarmless = comment !== undefined && comment.start <= start && !name.startsWith('U+000D');
    if (isHarmless) continue;
    problems.push({
      layer: 'text',
      code: 'hidden-character',
      message: `Here is ${name}, which is invisible.`,
      remedy: name.startsWith('U+000D')
        ? 'Save the file with line breaks of Linux (LF) or Windows (CR LF).'
        : 'Remove it; retype the word if you cannot find it.',
      span: { start, end },
    });
  }
  return problems;
}

/** More would help nobody, and would make a broken file of 1 MiB a report of gigabytes. */
const maxDiagnostics = 100;

const depth: Readonly<Record<Layer, number>> = { text: 0, yaml: 1, shape: 2, rule: 3 };

/** Consequences and repetitions out; see {@link Layer}. */
function distinct(problems: readonly Finding[]): Finding[] {
  const outermost = new Map<string, number>();
  const place = ({ span }: Finding): string => `${span.start}:${span.end}`;
  for (const problem of problems) {
    const known = outermost.get(place(problem)) ?? Infinity;
    outermost.set(place(problem), Math.min(known, depth[problem.layer]));
  }
  const seen = new Set<string>();
  return problems.filter((problem) => {
    if (depth[problem.layer] > (outermost.get(place(problem)) ?? 0)) return false;
    const key = `${place(problem)} ${problem.code} ${problem.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A broken file of 1 MiB has half a million problems; so many are looked at closer, and the rest is only counted. */
const maxCompared = 5000;

/** The errors that stand first in the file, where there are far too many; else all problems. */
function earliest(problems: readonly Finding[]): readonly Finding[] {
  const errors = problems.filter((problem) => problem.severity !== 'warning');
  if (errors.length <= maxCompared) return problems;
  const limit = Float64Array.from(errors, (problem) => problem.span.start).sort()[maxCompared] ?? 0;
  return errors.filter((problem) => problem.span.start <= limit).slice(0, maxCompared * 2);
}

/** Errors before warnings only where the report is cut: a warning must not push an error out. */
function cut(sorted: readonly Finding[]): readonly Finding[] {
  if (sorted.length <= maxDiagnostics) return sorted;
  const errors = sorted.filter((problem) => problem.severity !== 'warning');
  return errors.length === 0 ? sorted.slice(0, maxDiagnostics) : errors.slice(0, maxDiagnostics);
}

/** Problems as the rest of the program knows them: sorted by position, each with line, column and frame. */
function diagnose(path: string, lines: Lines, problems: readonly Finding[]): Diagnostic[] {
  const looked = earliest(problems);
  const sorted = distinct(looked).sort(
    (a, b) => a.span.start - b.span.start || depth[a.layer] - depth[b.layer],
  );
  const shown = cut(sorted);
  const diagnostics = shown.map((problem): Diagnostic => {
    const position = lines.at(problem.span.start);
    return {
      severity: problem.severity ?? 'error',
      code: problem.code,
      message: problem.message,
      ...(problem.remedy !== undefined && { remedy: problem.remedy }),
      file: path,
      ...position,
      ...(problem.isSum !== true && {
        frame: codeFrame(lines, position, problem.span.end - problem.span.start),
      }),
    };
  });
  const more = sorted.length - shown.length + problems.length - looked.length;
  const last = shown.at(-1);
  if (more === 0 || last === undefined) return diagnostics;
  const position = lines.at(last.span.start);
  const note: Diagnostic = {
    severity: last.severity ?? 'error',
    code: 'more-problems',
    message: `and ${count(more, 'more problem')}`,
    remedy: 'Correct the ones above first; they often have the same cause.',
    file: path,
    ...position,
    frame: codeFrame(lines, position, last.span.end - last.span.start),
  };
  return [...diagnostics, note];
}

/** Names that a line about many fields still has room for. */
const MOST = 5;

/**
 * Doubts about creating fields in one line a kind, for a reader who does not know which fields are there already.
 *
 * A manifest of an organisation that has grown for years is full of labels that Zoho would hardly take today; none of
 * that is news to anyone, and it must not bury what is.
 */
function summedUp(doubts: readonly Finding[]): readonly Finding[] {
  const kinds = new Map<string, Finding[]>();
  for (const doubt of doubts) {
    const kind = kinds.get(doubt.code);
    if (kind === undefined) kinds.set(doubt.code, [doubt]);
    else kind.push(doubt);
  }
  return [...kinds.values()].flatMap((kind) => {
    const [first, ...others] = kind;
    return first === undefined || others.length === 0 ? kind : [sum(first, others)];
  });
}

function sum(first: Finding, others: readonly Finding[]): Finding {
  const names = [...new Set([first, ...others].flatMap(({ creating }) => creating?.api_name || []))];
  const list = `${names.slice(0, MOST).map(excerpt).join(', ')}${names.length > MOST ? ', …' : ''}`;
  const shown = list === '' ? '' : ` (${list})`;
  const more = others.length === 1 ? 'There is 1 more' : `There are ${others.length} more`;
  return {
    ...first,
    message: `${first.message} ${more} of this kind${shown}.`,
    remedy: `${first.remedy ?? ''} It matters only for fields that Zoho does not have yet.`.trim(),
    isSum: true,
  };
}
