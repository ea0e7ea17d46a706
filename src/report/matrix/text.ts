import stringWidth from 'fast-string-width';
import { count } from '../../model/count.ts';
import type { Matrix, MatrixCell, MatrixField, MatrixColumn } from '../../matrix/matrix.ts';
import { standingIn } from '../../matrix/matrix.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { plainText, data, joined, shorten, strong, type Tone, type Words } from '../media/document.ts';
import { hanging, headline, keyed, padColumns, wrap, type Style, type Look } from '../media/layout.ts';
import { keyWords, differenceWords, untold } from '../media/words.ts';
import { placeWords } from '../plan/view.ts';
import type { RequestCount } from '../../model/live-field.ts';

/** What a matrix's screen needs beside the matrix. */
export interface MatrixView extends Look {
  readonly requests: RequestCount;
}

/** A matrix as a person reads it; pure. */
export function matrixText(matrix: Matrix, view: MatrixView): string {
  const { style, width } = view;
  const layout = layoutOf(matrix, width);
  const lines = [
    ...header(matrix, layout, view),
    ...fieldLines(matrix, layout, style),
    ...onlySomeLines(matrix, layout, style),
    ...detailLines(matrix, view),
    '',
    ...wrap(visible(plainText(promotionWords(matrix))), width, 0).map((line) => style.bold(line)),
    `Read with ${count(view.requests.read, 'call')}, nothing was written.`,
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** How wide the columns are; on a narrow screen organisations are numbers, and cells are signs. */
interface Layout {
  readonly field: number;
  readonly cells: readonly number[];
  readonly isNarrow: boolean;
}

/** The longest word with its sign, and the widest head that a column is stretched for. */
const CELL = 10;
const WIDEST_HEAD = 18;
const LEAST_FIELD = 20;
const LEAST_NARROW_FIELD = 12;
const GAP = 2;

function layoutOf({ columns, fields, only_some }: Matrix, width: number): Layout {
  const widest = Math.max(...[...fields, ...only_some].map((one) => stringWidth(visible(one.api_name))), 5);
  const heads = columns.map(({ name }) => Math.min(stringWidth(visible(name)), WIDEST_HEAD));
  const wide = heads.map((head) => Math.max(head, CELL));
  const roomFor = (cells: readonly number[]): number =>
    width - GAP - cells.reduce((sum, cell) => sum + cell + GAP, 0);
  const isNarrow = roomFor(wide) < Math.min(widest, LEAST_FIELD);
  const cells = isNarrow ? columns.map(() => 1) : wide;
  return {
    field: Math.min(widest, Math.max(roomFor(cells), isNarrow ? LEAST_NARROW_FIELD : LEAST_FIELD)),
    cells,
    isNarrow,
  };
}

function header({ manifest, columns, fields }: Matrix, layout: Layout, view: MatrixView): readonly string[] {
  const modules = [...new Set(fields.map(({ module }) => visible(module)))];
  const keys = columns.map(
    ({ name }, index) => `${layout.isNarrow ? `${index + 1} ` : ''}${visibleShort(name, 60)}`,
  );
  const keyWidth = Math.min(Math.max(...keys.map((key) => stringWidth(key) + GAP), 14), 28);
  return [
    ...hanging(
      `Zoho CRM, ${modules.length === 1 ? 'module' : 'modules'} ${modules.join(', ')}: ${count(fields.length, 'field')} in ${count(columns.length, 'organisation')}`,
      view.width,
      0,
      2,
    ).map((line) => view.style.bold(line)),
    ...keyed('manifest', visibleShort(manifest.path, 200), view.width, 2, keyWidth),
    ...columns.flatMap((column, index) =>
      // A longer name keeps a blank behind it.
      keyed(`${keys[index] ?? ''} `, visible(plainText(columnWords(column))), view.width, 2, keyWidth),
    ),
    ...(layout.isNarrow ? ['', ...headline(legend(), view.width, 2, 2)] : []),
  ];
}

/** What the signs mean where there is no room for their words. */
function legend(): readonly string[] {
  return Object.values(SIGNS).map(({ sign, word }) => `${sign} ${word}`);
}

function headLine({ columns }: Matrix, layout: Layout, style: Style): string {
  const heads = columns.map(({ name }, index) =>
    layout.isNarrow ? String(index + 1) : visibleShort(name, WIDEST_HEAD),
  );
  return style.dim(rowLine('', heads, layout)[0] ?? '');
}

/** A name is never broken, because it is there to be copied: a longer one has a line of its own. */
function rowLine(
  name: string,
  cells: readonly string[],
  { field, cells: widths }: Layout,
): readonly string[] {
  const row = cells.map((cell, index) => padColumns(cell, widths[index] ?? 0)).join(' '.repeat(GAP));
  const line = (start: string): string => `  ${padColumns(start, field)}${' '.repeat(GAP)}${row}`;
  return stringWidth(name) <= field ? [line(name)] : [`  ${name}`, line('')];
}

function fieldLines(matrix: Matrix, layout: Layout, style: Style): readonly string[] {
  const { columns, fields } = matrix;
  const modules = [...new Set(fields.map(({ module }) => module))];
  return modules.flatMap((module) => [
    '',
    ...(modules.length > 1 ? [style.bold(`Module ${visible(module)}`)] : []),
    headLine(matrix, layout, style),
    ...fields
      .filter((field) => field.module === module)
      .flatMap(({ api_name, cells }) =>
        rowLine(
          visible(api_name),
          columns.map(({ name }, index) => cellText(cells[name], layout, index, style)),
          layout,
        ),
      ),
  ]);
}

function cellText(cell: MatrixCell | undefined, layout: Layout, index: number, style: Style): string {
  const { sign, word, tone } = SIGNS[cell?.action ?? 'unknown'];
  // Padded before it is painted: what paints takes no room.
  return style[tone](padColumns(layout.isNarrow ? sign : `${sign} ${word}`, layout.cells[index] ?? 0));
}

function onlySomeLines(matrix: Matrix, layout: Layout, style: Style): readonly string[] {
  const { columns, only_some } = matrix;
  if (only_some.length === 0) return [];
  const signs = { there: layout.isNarrow ? 'x' : 'there', missing: '-', unknown: '?' };
  return [
    '',
    style.bold('Not in the manifest, and only in some'),
    headLine(matrix, layout, style),
    ...only_some.flatMap((field) =>
      rowLine(
        visible(field.api_name),
        columns.map(({ name }) => signs[standingIn(field, name)]),
        layout,
      ),
    ),
  ];
}

function detailLines({ columns, fields }: Matrix, view: MatrixView): readonly string[] {
  const { style, width } = view;
  const several = new Set(fields.map(({ module }) => module)).size > 1;
  const title = ({ module, api_name }: MatrixField): string =>
    `  ${style.bold(`${several ? `${visible(module)}.` : ''}${visible(api_name)}`)}`;
  return fields.flatMap((field) => {
    const told = columns.flatMap(({ name }) => {
      const cell = field.cells[name];
      const words = cell === undefined ? '' : visible(plainText(detailWords(cell)));
      if (cell === undefined || words === '') return [];
      const key = `${SIGNS[cell.action].sign} ${visibleShort(name, 60)} `;
      return keyed(key.padEnd(14), words, width, 6, 14);
    });
    return told.length === 0 ? [] : ['', title(field), ...told];
  });
}

/** A cell in a few signs and a word, for those who see no colours. */
const SIGNS: Readonly<
  Record<MatrixCell['action'], { readonly sign: string; readonly word: string; readonly tone: Tone }>
> = {
  create: { sign: '+', word: 'create', tone: 'good' },
  in_sync: { sign: '=', word: 'in sync', tone: 'plain' },
  drift: { sign: '~', word: 'drift', tone: 'warn' },
  conflict: { sign: '!', word: 'conflict', tone: 'bad' },
  unknown: { sign: '?', word: 'unknown', tone: 'warn' },
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
export function detailWords(cell: MatrixCell): Words {
  if (cell.action === 'unknown') return [];
  return joined([
    ...cell.reasons.map(({ message, remedy }): Words => [
      shorten(message, 400),
      ...(remedy === undefined ? [] : [` What to do: ${shorten(remedy, 400)}`]),
    ]),
    ...untold(cell).map((difference) => differenceWords(difference)),
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
