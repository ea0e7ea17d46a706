import { count } from '../../model/count.ts';
import type { Matrix, MatrixCell, MatrixColumn } from '../../matrix/matrix.ts';
import { data, joined, shorten, strong, type Tone, type Words } from '../media/document.ts';
import { keyWords, differenceWords } from '../media/words.ts';
import { placeWords } from '../plan/view.ts';

/** What a matrix says, in words; not yet escaped. */

/** A cell in a few signs and a word, for those who see no colours. */
export const SIGNS: Readonly<Record<MatrixCell['action'], { readonly sign: string; readonly word: string }>> =
  {
    create: { sign: '+', word: 'create' },
    in_sync: { sign: '=', word: 'in sync' },
    drift: { sign: '~', word: 'drift' },
    conflict: { sign: '!', word: 'conflict' },
    unknown: { sign: '?', word: 'unknown' },
  };

/** What a row asks of its reader: what the worst of its cells does. */
export function toneOf(cells: readonly MatrixCell[]): Tone {
  const has = (action: MatrixCell['action']): boolean => cells.some((cell) => cell.action === action);
  if (has('conflict')) return 'bad';
  if (has('drift')) return 'warn';
  return has('create') ? 'good' : 'plain';
}

/** What matters most about a cell beside its action: the keys that differ, or why it cannot be; empty where there is none. */
export function pointWords({ action, differences, reasons }: MatrixCell): string {
  if (action === 'conflict') return reasons.map(({ message }) => shorten(message, 300)).join(' ');
  return action === 'drift' ? differences.map(({ key }) => keyWords(shorten(key, 60))).join(', ') : '';
}

/** A cell with its point, for those who see no colours. */
export function cellWords(cell: MatrixCell): Words {
  const { sign, word } = SIGNS[cell.action];
  const point = pointWords(cell);
  return [`${sign} ${word}${point === '' ? '' : `: ${point}`}`];
}

/** Everything about a cell that its word does not say; nothing where there is no more. */
export function detailWords({ action, differences, reasons }: MatrixCell): Words {
  if (action === 'unknown') return [];
  // Another data type is told in the reason, with both types.
  const told = differences.filter(({ key }) => reasons.length === 0 || key !== 'data_type');
  return joined([
    ...reasons.map(({ message, remedy }): Words => [
      shorten(message, 400),
      ...(remedy === undefined ? [] : [` What to do: ${shorten(remedy, 400)}`]),
    ]),
    ...told.map((difference) => differenceWords(difference)),
  ]);
}

/** How the organisations stand to each other, in one sentence. */
export function promotionWords({ columns, summary }: Matrix): Words {
  const { fields, in_sync, ready_to_promote } = summary;
  const isRead = columns.every(({ failure }) => failure === undefined);
  if (isRead && in_sync === fields)
    return [strong('Nothing to promote'), ': every organisation is as declared.'];
  const parts = columns.flatMap((column): Words => {
    const words = standingWords(column, summary.columns[column.name]);
    return words === '' ? [] : ['; ', data(column.name, 60), ` ${words}`];
  });
  return [strong('Ready to promote'), `: ${ready_to_promote} of ${fields}`, ...parts, '.'];
}

function standingWords(
  { failure }: MatrixColumn,
  counts: Matrix['summary']['columns'][string] | undefined,
): string {
  if (failure !== undefined) return 'could not be read';
  const { create = 0, drift = 0, conflict = 0 } = counts ?? {};
  return [
    ...(create === 0 ? [] : [`lacks ${create}`]),
    ...(drift === 0 ? [] : [`differs in ${drift}`]),
    ...(conflict === 0 ? [] : [`has ${count(conflict, 'conflict')}`]),
  ].join(', ');
}

/** Which organisation a column is. */
export function columnWords(column: MatrixColumn): Words {
  const { dataCentre, apiHost, failure } = column;
  if (failure !== undefined || apiHost === undefined) return [`could not be read, data centre ${dataCentre}`];
  return placeWords({ ...column, apiHost });
}
