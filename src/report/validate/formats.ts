import { count } from '../../model/count.ts';
import type { Renders } from '../media/formats.ts';
import { VERSION } from '../../model/version.ts';
import { diagnosticsCount, diagnosticsText } from '../media/diagnostics.ts';
import type { Document } from '../media/document.ts';
import { visibleShort } from '../../model/visible.ts';
import { jsonText, FORMAT_VERSION } from '../media/escape.ts';
import { type Style, wrap } from '../media/layout.ts';
import type { Verdict } from './document.ts';

/** A verdict in every format; what is not asked for is not loaded. */
export function validateRenders(
  verdict: Verdict,
  look: { readonly style: Style; readonly width: number },
): Renders {
  const document = async (): Promise<Document> => {
    const { validateDocument } = await import('./document.ts');
    return validateDocument(verdict);
  };
  return {
    text: () => validateText(verdict, look),
    json: () => jsonText(validateJson(verdict)),
    markdown: async () => (await import('../media/markdown.ts')).markdown(await document()),
    html: async (at) => (await import('../media/html.ts')).html(await document(), at),
    github: async () => {
      const { diagnosticAnnotations } = await import('../media/github.ts');
      const { github } = await import('../media/github.ts');
      return github(diagnosticAnnotations(verdict.diagnostics));
    },
    sarif: async () => {
      const { sarif } = await import('../media/sarif.ts');
      return jsonText(sarif(verdict.diagnostics, VERSION));
    },
  };
}

/** The verdict on a manifest as a person at a terminal reads it. */
function validateText(
  { path, sha256, diagnostics, fields, modules }: Verdict,
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const name = visibleShort(path, 300);
  const problems = diagnostics.length === 0 ? '' : `${diagnosticsText(diagnostics, style, width)}\n`;
  const verdict =
    sha256 === undefined
      ? `${name} is not valid: ${diagnosticsCount(diagnostics)}.`
      : `${name} is valid: ${count(fields, 'field')} in ${count(modules, 'module')}${diagnostics.length === 0 ? '' : `, ${diagnosticsCount(diagnostics)}`}.`;
  return `${problems}${wrap(verdict, width, 0)
    .map((line) => style.bold(line))
    .join('\n')}\n`;
}

/** The verdict on a manifest as scripts read it (contract §7). */
function validateJson({ path, sha256, diagnostics }: Verdict): object {
  return {
    format_version: FORMAT_VERSION,
    kind: 'validate',
    valid: sha256 !== undefined,
    manifest: { path, ...(sha256 === undefined ? {} : { sha256 }) },
    diagnostics,
  };
}
