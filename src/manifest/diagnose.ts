import { count } from '../model/count.ts';
import type { Diagnostic } from '../model/problem.ts';
import { codeFrame, type Lines } from './frame.ts';
import { type Layer, type Finding, excerpt } from './finding.ts';

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
export function diagnose(path: string, lines: Lines, problems: readonly Finding[]): Diagnostic[] {
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
export function summedUp(doubts: readonly Finding[]): readonly Finding[] {
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
