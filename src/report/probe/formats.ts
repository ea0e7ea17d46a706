import type { Findings } from '../../probe/findings.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { jsonText, FORMAT_VERSION } from '../media/escape.ts';
import type { Renders } from '../media/formats.ts';
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

/** What a probe found, as scripts read it (contract §7). */
function probeJson(
  { findings, summary, times }: Findings,
  { target, module, requests, created }: Pick<ProbeView, 'target' | 'module' | 'requests' | 'created'>,
  diagnostics: readonly Diagnostic[],
): object {
  return {
    format_version: FORMAT_VERSION,
    kind: 'probe',
    target: { data_centre: target.dataCentre, api_host: target.apiHost },
    module,
    summary,
    facts: findings.map((one) => ({
      id: one.fact.id,
      sheet: one.fact.sheet,
      about: one.fact.about,
      verdict: one.verdict,
      believed: one.fact.believed,
      ...(one.verdict === 'not_seen' ? { why: one.why.replaceAll(' ', '_') } : { seen: one.value }),
      ...(one.fact.emulator === undefined ? {} : { emulator: one.fact.emulator }),
    })),
    ...(created === undefined
      ? {}
      : {
          created: created.map(({ api_name, display_label, id }) => ({
            module,
            api_name,
            field_label: display_label,
            id,
          })),
        }),
    read_ms: times,
    requests,
    diagnostics,
  };
}
