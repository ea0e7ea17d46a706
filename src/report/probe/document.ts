import { count } from '../../model/count.ts';
import type { Finding, Findings } from '../../probe/findings.ts';
import { strong, type Block, type Document, type Row } from '../media/document.ts';
import { believedWords, emulatorWords, REASONS, seenWords, whyWords } from './text.ts';

/**
 * What a probe found, for an issue that everyone reads: as the profile it holds facts of the table alone, no name of the
 * organisation or of its module.
 * @param dataCentre a word of this tool's own.
 */
export function probeDocument({ findings, summary, times }: Findings, dataCentre: string): Document {
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
  return {
    is: 'table',
    head: ['Fact', 'Sheet', 'Seen', 'Believed', 'Emulator'],
    rows: findings.map((one): Row => ({
      tone: 'warn',
      cells: [
        [one.fact.about, ' (', one.fact.id, ')'],
        [`§${one.fact.sheet}`],
        [strong(seenWords(one))],
        [believedWords(one)],
        [emulatorWords(one)],
      ],
    })),
    unit: 'difference',
  };
}

function asBelieved(findings: readonly Finding[]): Block {
  return {
    is: 'fold',
    summary: `${count(findings.length, 'fact')} as believed`,
    blocks: [
      {
        is: 'list',
        items: findings.map((one) => [
          `${one.fact.about}: ${seenWords(one)} (sheet §${one.fact.sheet}, ${one.fact.id})`,
        ]),
      },
    ],
  };
}

function notSeen(findings: readonly Finding[]): Block {
  const items = REASONS.flatMap((why) => {
    const some = findings.filter((one) => one.verdict === 'not_seen' && one.why === why);
    return some.length === 0 ? [] : [[`${whyWords(why)}: ${some.map(({ fact }) => fact.id).join(', ')}`]];
  });
  return {
    is: 'fold',
    summary: `${count(findings.length, 'fact')} could not be seen`,
    blocks: [{ is: 'list', items }],
  };
}
