import type { Problem } from '../../model/problem.ts';
import { diagnosticsText } from '../media/diagnostics.ts';
import type { Document, ReportKind } from '../media/document.ts';
import { jsonText, errorDocument } from '../media/escape.ts';
import { makeStyle } from '../media/layout.ts';
import type { Renders } from '../media/formats.ts';
import { VERSION } from '../../model/version.ts';

/** What kept a command from its result, in every format there is: any command can fail. */
export function failureRenders(problem: Problem, command: ReportKind, manifest: string): Required<Renders> {
  const { kind, diagnostics } = problem;
  const document = async (): Promise<Document> => {
    const { failureDocument } = await import('./document.ts');
    return failureDocument({ command, kind, diagnostics, manifest });
  };
  return {
    text: () => diagnosticsText(diagnostics, makeStyle(false), 80),
    json: () => errorDocument(diagnostics),
    markdown: async () => (await import('../media/markdown.ts')).markdown(await document()),
    html: async (at) => (await import('../media/html.ts')).html(await document(), at),
    github: async () => {
      const { diagnosticAnnotations } = await import('../media/github.ts');
      const { github } = await import('../media/github.ts');
      return github(diagnosticAnnotations(diagnostics));
    },
    sarif: async () => {
      const { sarif } = await import('../media/sarif.ts');
      return jsonText(sarif(diagnostics, VERSION));
    },
    // Of what is read by programs line by line there is none.
    csv: () => '',
    patch: () => '',
  };
}
