import { count } from '../../model/count.ts';
import { pages, remarks, type Renders } from '../media/formats.ts';
import { VERSION } from '../../model/version.ts';
import { diagnosticsCount, diagnosticsText } from '../media/diagnostics.ts';
import type { Document, Words } from '../media/document.ts';
import { data, shorten, strong, diagnosticTable, frameBlocks } from '../media/document.ts';
import { visibleShort } from '../../model/visible.ts';
import { jsonText, jsonReport } from '../media/escape.ts';
import { type Look, wrap } from '../media/layout.ts';
import { hasErrors, type Diagnostic } from '../../model/problem.ts';

/** What `validate` found. */
interface Verdict {
  readonly path: string;
  /** Absent for a manifest that is not valid. */
  readonly sha256?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly fields: number;
  readonly modules: number;
}

/** A verdict in every format; what is not asked for is not loaded. */
export function validateRenders(verdict: Verdict, look: Look): Renders {
  return {
    text: () => validateText(verdict, look),
    json: () => validateJson(verdict),
    ...pages(() => validateDocument(verdict)),
    ...remarks(async () => (await import('../media/github.ts')).diagnosticAnnotations(verdict.diagnostics)),
    sarif: async () => jsonText((await import('../media/sarif.ts')).sarif(verdict.diagnostics, VERSION)),
  };
}

/** The verdict on a manifest as a person at a terminal reads it. */
function validateText(
  { path, sha256, diagnostics, fields, modules }: Verdict,
  { style, width }: Look,
): string {
  const name = visibleShort(path, 300);
  const problems = diagnostics.length === 0 ? '' : `${diagnosticsText(diagnostics, { style, width })}\n`;
  const verdict =
    sha256 === undefined
      ? `${name} is not valid: ${diagnosticsCount(diagnostics)}.`
      : `${name} is valid: ${count(fields, 'field')} in ${count(modules, 'module')}${diagnostics.length === 0 ? '' : `, ${diagnosticsCount(diagnostics)}`}.`;
  return `${problems}${wrap(verdict, width, 0)
    .map((line) => style.bold(line))
    .join('\n')}\n`;
}

/** The verdict on a manifest as scripts read it (contract §7). */
function validateJson({ path, sha256, diagnostics }: Verdict): string {
  return jsonReport('validate', {
    valid: sha256 !== undefined,
    manifest: { path, sha256 },
    diagnostics,
  });
}

/** The verdict on a manifest as reviewers read it. */
function validateDocument(verdict: Verdict): Document {
  const { path, diagnostics } = verdict;
  return {
    kind: 'validate',
    manifest: path,
    title: `Check: ${shorten(path, 100)} · Zoho fields`,
    lead: [lead(verdict)],
    blocks: diagnostics.length === 0 ? [] : [diagnosticTable(diagnostics), ...frameBlocks(diagnostics)],
    closing: [],
  };
}

function lead({ path, diagnostics, fields, modules }: Verdict): Words {
  const found = diagnosticsCount(diagnostics);
  if (hasErrors(diagnostics)) {
    return [
      data(path, 200),
      ' ',
      strong('is not valid'),
      `: ${found}. Until that is fixed, nothing can be planned and nothing is created.`,
    ];
  }
  const what = `: ${count(fields, 'field')} in ${count(modules, 'module')}`;
  return [data(path, 200), ' ', strong('is valid'), `${what}${found === '' ? '' : `, ${found}`}.`];
}
