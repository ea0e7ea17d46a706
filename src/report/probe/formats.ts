import type { Findings, Finding } from '../../probe/findings.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { jsonReport } from '../media/escape.ts';
import { pages, type Renders } from '../media/formats.ts';
import type { ProbeView } from './text.ts';
import { probeText, believedWords, emulatorWords, REASONS, seenWords, whyWords } from './text.ts';
import { count } from '../../model/count.ts';
import { strong, type Block, type Document, fold, list, table } from '../media/document.ts';

/** What a probe found, in every format; what is not asked for is not loaded. */
export function probeRenders(
  findings: Findings,
  view: ProbeView,
  diagnostics: readonly Diagnostic[] = [],
): Renders {
  return {
    text: () => probeText(findings, view),
    json: () => probeJson(findings, view, diagnostics),
    markdown: pages(() => probeDocument(findings, view.target.dataCentre)).markdown,
  };
}

/** What a probe found, as scripts read it (contract §7). */
function probeJson(
  { findings, summary, times }: Findings,
  { target, module, requests, created }: Pick<ProbeView, 'target' | 'module' | 'requests' | 'created'>,
  diagnostics: readonly Diagnostic[],
): string {
  return jsonReport('probe', {
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
      emulator: one.fact.emulator,
    })),
    created: created?.map(({ api_name, display_label, id }) => ({
      module,
      api_name,
      field_label: display_label,
      id,
    })),
    read_ms: times,
    requests,
    diagnostics,
  });
}

/**
 * What a probe found, for an issue that everyone reads: as the profile it holds facts of the table alone, no name of the
 * organisation or of its module.
 * @param dataCentre a word of this tool's own.
 */
function probeDocument({ findings, summary, times }: Findings, dataCentre: string): Document {
  const of = (verdict: Finding['verdict']): readonly Finding[] =>
    findings.filter((one) => one.verdict === verdict);
  return {
    kind: 'probe',
    manifest: '',
    title: 'Zoho fields: what a Zoho does, held against what is believed',
    lead: [
      [
        strong(summary.different === 0 ? 'No difference' : count(summary.different, 'difference')),
        ` to what is believed, in the data centre ${dataCentre}: ${summary.as_believed} facts are as believed, ${summary.not_seen} could not be seen.`,
      ],
      [`A read took ${times.median} ms (${times.shortest} to ${times.longest}).`],
    ],
    blocks: [
      ...(summary.different === 0 ? [] : [differences(of('different'))]),
      ...(summary.as_believed === 0 ? [] : [asBelieved(of('as_believed'))]),
      ...(summary.not_seen === 0 ? [] : [notSeen(of('not_seen'))]),
    ],
    closing: [],
  };
}

function differences(findings: readonly Finding[]): Block {
  return table('difference', findings, () => 'warn', [
    ['Fact', ({ fact }) => [fact.about, ' (', fact.id, ')']],
    ['Sheet', ({ fact }) => [`§${fact.sheet}`]],
    ['Seen', (one) => [strong(seenWords(one))]],
    ['Believed', (one) => [believedWords(one)]],
    ['Emulator', (one) => [emulatorWords(one)]],
  ]);
}

function asBelieved(findings: readonly Finding[]): Block {
  const items = findings.map((one) => [
    `${one.fact.about}: ${seenWords(one)} (sheet §${one.fact.sheet}, ${one.fact.id})`,
  ]);
  return fold(`${count(findings.length, 'fact')} as believed`, list(items));
}

function notSeen(findings: readonly Finding[]): Block {
  const items = REASONS.flatMap((why) => {
    const some = findings.filter((one) => one.verdict === 'not_seen' && one.why === why);
    return some.length === 0 ? [] : [[`${whyWords(why)}: ${some.map(({ fact }) => fact.id).join(', ')}`]];
  });
  return fold(`${count(findings.length, 'fact')} could not be seen`, list(items));
}
