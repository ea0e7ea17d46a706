import type { Document } from '../../report/document.ts';
import type { Verdict } from '../../report/validate-document.ts';
import { jsonText } from '../../report/escape.ts';
import { validateJson } from '../../report/validate-json.ts';
import { validateText } from '../../report/validate-text.ts';
import type { Style } from '../../report/style.ts';
import type { Renders } from '../deliver.ts';
import { VERSION } from '../version.ts';

/** A verdict in every format; what is not asked for is not loaded. */
export function validateRenders(
  verdict: Verdict,
  look: { readonly style: Style; readonly width: number },
): Renders {
  const document = async (): Promise<Document> => {
    const { validateDocument } = await import('../../report/validate-document.ts');
    return validateDocument(verdict);
  };
  return {
    text: () => validateText(verdict, look),
    json: () => jsonText(validateJson(verdict)),
    markdown: async () => (await import('../../report/markdown.ts')).markdown(await document()),
    html: async () => (await import('../../report/html.ts')).html(await document()),
    github: async () => {
      const { diagnosticAnnotations } = await import('../../report/annotations.ts');
      const { github } = await import('../../report/github.ts');
      return github(diagnosticAnnotations(verdict.diagnostics));
    },
    sarif: async () => {
      const { sarif } = await import('../../report/sarif.ts');
      return jsonText(sarif(verdict.diagnostics, VERSION));
    },
  };
}
