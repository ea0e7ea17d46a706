import type { Findings } from '../../probe/findings.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { jsonText } from '../media/escape.ts';
import type { Renders } from '../media/formats.ts';
import { probeJson } from './json.ts';
import { probeText, type ProbeView } from './text.ts';

/** What a probe found, in every format; what is not asked for is not loaded. */
export function probeRenders(
  findings: Findings,
  view: ProbeView,
  diagnostics: readonly Diagnostic[] = [],
): Renders {
  return {
    text: () => probeText(findings, view),
    json: () => jsonText(probeJson(findings, view, diagnostics)),
    markdown: async () => {
      const { probeDocument } = await import('./document.ts');
      return (await import('../media/markdown.ts')).markdown(probeDocument(findings, view.target.dataCentre));
    },
  };
}
