import type { Cell, Row } from './cell.ts';

/** The matrix as people read it: a line per position, a column per chapter, below it what the signs mean, with reasons. */
export function tableOf(titles: readonly string[], rows: readonly Row[]): string {
  const body = rows.map(({ name, cells }) => [name, ...cells.map((cell) => cellText(cell))]);
  const lines = [['position', ...titles], ...body];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const text = lines.map((line) => line.map((word, column) => word.padEnd(widths[column] ?? 0)).join('  '));
  return `\n${[...text.map((line) => line.trimEnd()), '', ...legend(rows)].join('\n')}\n\n`;
}

/** `12/12` stories hold; `9=` of them were not told again, `2<` ended before their end, and `1-` was left out besides. */
export function cellText(cell: Cell): string {
  const count = (kind: Cell[number]['kind']): number => cell.filter((one) => one.kind === kind).length;
  const failed = cell.filter((one) => one.kind === 'failed').map((one) => one.told.name);
  const told = cell.length - count('left-out');
  const signs = [
    ['=', count('same')],
    ['<', count('ended')],
    ['-', count('left-out')],
  ] as const;
  const more = signs.flatMap(([sign, number]) => (number > 0 ? [`${number}${sign}`] : []));
  return [`${told - failed.length}/${told}`, ...more, ...failed.map((name) => `FAILED: ${name}`)].join(' ');
}

function legend(rows: readonly Row[]): readonly string[] {
  const all = rows.flatMap(({ cells }) => cells.flat());
  const reasons = new Map<string, number>();
  for (const one of all) {
    if (one.kind !== 'ended' && one.kind !== 'left-out') continue;
    const line = `${one.kind === 'ended' ? '<' : '-'}  ${one.reason}`;
    reasons.set(line, (reasons.get(line) ?? 0) + 1);
  }
  const told = all.filter(({ kind }) => kind === 'held' || kind === 'ended' || kind === 'failed').length;
  const same = all.filter(({ kind }) => kind === 'same').length;
  return [
    `${told} stories told, ${same} known to be the same. n/m: n of m stories hold, among them`,
    '=  not told again: Zoho never asks about this switch in them, so they would see the same answers',
    '<  told as far as they can happen there, and true so far; -  left out, and not among the m:',
    ...[...reasons].map(([line, number]) => `${String(number).padStart(5)} ${line}`),
  ];
}
