import { count } from '../../model/count.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { data, shorten, type Block, type Row, type Table, type Words } from './document.ts';

/** Problems as a table: where, what, and what to do. */
export function diagnosticTable(diagnostics: readonly Diagnostic[]): Table {
  const head = ['What', 'Where', 'Problem', 'What to do'];
  return { is: 'table', unit: 'problem', head, rows: diagnostics.map((one) => row(one)) };
}

/** The lines of the manifest that the problems are about, folded. */
export function frameBlocks(diagnostics: readonly Diagnostic[]): readonly Block[] {
  const framed = diagnostics.filter((one) => one.frame !== undefined);
  if (framed.length === 0) return [];
  const blocks = framed.flatMap((one): Block[] => [
    { is: 'paragraph', words: placeOf(one) },
    { is: 'code', text: one.frame ?? '' },
  ]);
  return [{ is: 'fold', summary: `${count(framed.length, 'place')} in the manifest`, blocks }];
}

function row(one: Diagnostic): Row {
  const bad = one.severity === 'error';
  return {
    tone: bad ? 'bad' : 'warn',
    cells: [
      [bad ? '! error' : '~ warning'],
      placeOf(one),
      [shorten(one.message, 600)],
      one.remedy === undefined ? [] : [shorten(one.remedy, 600)],
    ],
  };
}

function placeOf({ file, line, column }: Diagnostic): Words {
  if (file === undefined) return [];
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return [data(`${shorten(file, 100)}${position}`, 140)];
}
