import { createHash } from 'node:crypto';
import { hasErrors, type Diagnostic } from '../model/problem.ts';
import type { Manifest } from '../model/manifest.ts';
import { decode } from './bytes.ts';
import { checkDocument } from './check-document.ts';
import { diagnose, summedUp } from './diagnose.ts';
import { findHidden, mask } from './hidden-characters.ts';
import { Lines } from './frame.ts';
import type { Finding, Span } from './finding.ts';
import { fileRules } from './rules/all.ts';
import { tokenize } from './tokens.ts';
import { readDocuments } from './yaml.ts';

/** A manifest's bytes, and what the user calls the file. */
export interface ManifestSource {
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
export type IsToBeCreated = (module: string, apiName: string) => boolean;

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
