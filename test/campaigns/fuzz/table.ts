import type { Findings } from './campaign.ts';

/** What the campaigns found, one row each, and how to see each failure again. */
export function report(findings: readonly Findings[], unreached: readonly string[]): string {
  const head = [
    'target',
    'inputs',
    'seed',
    'crashes',
    'hangs > 1 s',
    'errors without position',
    'other broken laws',
    'slowest',
    'peak RSS',
    'inputs/s',
  ];
  const rows = findings.map((one) => [
    one.target,
    String(one.inputs),
    String(one.seed),
    String(one.crashes),
    String(one.hangs),
    String(one.withoutPosition),
    String(one.brokenLaws),
    `${Math.round(one.slowest.milliseconds)} ms (index ${one.slowest.index})`,
    `${Math.round(one.peakMiB)} MiB`,
    String(Math.round(one.inputs / one.seconds)),
  ]);
  const blocks = [
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'),
    ...findings.map((one) => kindsOf(one)),
    ...(unreached.length === 0 ? [] : [`never reached: ${unreached.join(', ')}`]),
    ...findings.flatMap((one) => one.failures.map((failure) => failureText(one, failure))),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function kindsOf({ target, kinds, inputs }: Findings): string {
  const shares = [...kinds]
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${kind} ${((count / Math.max(inputs, 1)) * 100).toFixed(2)} %`);
  return `${target}: ${shares.join(', ')}`;
}

function failureText(
  { target, seed }: Findings,
  { index, flaws, shown }: Findings['failures'][number],
): string {
  const text = typeof shown === 'string' ? shown : Buffer.from(shown).toString('latin1');
  const cut = text.length > 600 ? `${text.slice(0, 600)}…` : text;
  return [
    ...flaws.slice(0, 5).map(({ kind, what }) => `${kind}: ${what}`),
    `  input (shrunk): ${JSON.stringify(cut)}`,
    `  replay: npm run campaign -- fuzz --target ${target} --seed ${seed} --from ${index} --count 1`,
  ].join('\n');
}
