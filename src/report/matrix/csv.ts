import type { Matrix, MatrixCell, MatrixColumn, PartlyThere } from '../../matrix/matrix.ts';
import { pointWords } from './words.ts';
import { csvText } from '../media/escape.ts';

/** A matrix for spreadsheets: a line for each field, declared or only here and there, and a column for each organisation. */
export function matrixCsv({ columns, fields, only_some }: Matrix): string {
  return csvText([
    ['module', 'api_name', 'field_label', 'data_type', 'declared', ...columns.map(({ name }) => name)],
    ...fields.map(({ module, api_name, field_label, data_type, cells }) => [
      module,
      api_name,
      field_label ?? '',
      data_type,
      'true',
      ...columns.map(({ name }) => cellText(cells[name])),
    ]),
    ...only_some.map((field) => [
      field.module,
      field.api_name,
      field.field_label,
      field.data_type,
      'false',
      ...columns.map((column) => standing(field, column)),
    ]),
  ]);
}

/** By its action, which a formula of the spreadsheet can ask for. */
function cellText(cell: MatrixCell | undefined): string {
  if (cell === undefined) return 'unknown';
  const point = pointWords(cell);
  return point === '' ? cell.action : `${cell.action}: ${point}`;
}

function standing(field: PartlyThere, { name }: MatrixColumn): string {
  if (field.in.includes(name)) return 'there';
  return field.missing_from.includes(name) ? 'missing' : 'unknown';
}
