import type { Problem } from '../../model/problem.ts';
import { diagnosticsText } from '../../report/diagnostics-text.ts';
import type { Document, ReportKind } from '../../report/document.ts';
import { jsonText } from '../../report/escape.ts';
import { FORMAT_VERSION } from '../../report/plan-json.ts';
import { makeStyle } from '../../report/style.ts';
import type { Renders } from '../deliver.ts';
import { VERSION } from '../version.ts';

/** What kept a command from its result, in every format there is: any command can fail. */
export function failureRenders(problem: Problem, command: ReportKind, manifest: string): Required<Renders> {
  const { kind, diagnostics } = problem;
  const document = async (): Promise<Document> => {
    const { failureDocument } = await import('../../report/failure-document.ts');
    return failureDocument({ command, kind, diagnostics, manifest });
  };
  return {
    text: () => diagnosticsText(diagnostics, makeStyle(false), 80),
    json: () => jsonText({ format_version: FORMAT_VERSION, kind: 'error', diagnostics }),
    markdown: async () => (await import('../../report/markdown.ts')).markdown(await document()),
    html: async () => (await import('../../report/html.ts')).html(await document()),
    github: async () => {
      const { diagnosticAnnotations } = await import('../../report/annotations.ts');
      const { github } = await import('../../report/github.ts');
      return github(diagnosticAnnotations(diagnostics));
    },
    sarif: async () => {
      const { sarif } = await import('../../report/sarif.ts');
      return jsonText(sarif(diagnostics, VERSION));
    },
    // Of what is read by programs line by line there is none.
    csv: () => '',
    patch: () => '',
  };
}
