import { verdictWords, type Verdict } from './judge.ts';
import type { Position } from './trial.ts';

/** What came out for one contender under one trouble; more than one verdict where there were several rounds. */
export type Cell = Readonly<Record<Position, readonly Verdict[]>>;

/** A row: what went wrong, and a cell per contender. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly Cell[];
}

/** The Markdown table of all rows, with totals and with the secrets that were shown. */
export function markdownTable(
  contenders: readonly string[],
  rows: readonly Row[],
  secrets: readonly { readonly name: string; readonly shown: readonly (readonly string[])[] }[],
): string {
  const lines = [
    ['', 'fault', ...contenders],
    ['---', '---', ...contenders.map(() => '---')],
    ...rows.map(({ id, name, cells }) => [id, name, ...cells.map((cell) => cellWords(cell))]),
    ...TOTALS.map(({ name, of }) => ['', `**${name}**`, ...totals(contenders, rows, of)]),
    ...secrets.map(({ name, shown }) => [
      'R6',
      `secrets on the screen: ${name}`,
      ...shown.map((names) => (names.length === 0 ? 'none' : names.join(', '))),
    ]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function cellWords(cell: Cell): string {
  const strict = several(cell.strict);
  const lax = several(cell.lax);
  return strict === lax ? strict : `${strict} · lax: ${lax}`;
}

/** One word where all verdicts agree, the bad ones where there were several rounds. */
function several(verdicts: readonly Verdict[]): string {
  const words = verdicts.map((verdict) => verdictWords(verdict));
  const bad = words.filter((word) => word !== 'ok');
  if (bad.length === 0) return 'ok';
  const [first = ''] = bad;
  if (verdicts.length === 1) return first;
  return `${bad.length} of ${verdicts.length} rounds: ${[...new Set(bad)].join('; ')}`;
}

const TOTALS: readonly { readonly name: string; readonly of: (verdict: Verdict) => number }[] = [
  { name: 'trials that ended well', of: (verdict) => (verdictWords(verdict) === 'ok' ? 1 : 0) },
  { name: 'fields that exist twice', of: ({ twice }) => twice },
  { name: 'of these, nobody was told', of: ({ twice, toldOfTwins }) => (toldOfTwins ? 0 : twice) },
  { name: 'fields missing after two runs', of: ({ missing }) => missing },
  { name: 'fields under another name or label', of: ({ misnamed }) => misnamed },
  { name: 'untrue claims', of: ({ untrue }) => untrue.length },
  { name: 'POSTs of fields', of: ({ posts }) => posts },
  { name: 'POSTs of second runs that had nothing to do', of: ({ needless }) => needless },
];

function totals(
  contenders: readonly string[],
  rows: readonly Row[],
  of: (verdict: Verdict) => number,
): readonly string[] {
  return contenders.map((_, index) => {
    const sum = (position: Position): number =>
      rows.flatMap(({ cells }) => cells[index]?.[position] ?? []).reduce((total, one) => total + of(one), 0);
    return `${sum('strict')} · lax: ${sum('lax')}`;
  });
}
