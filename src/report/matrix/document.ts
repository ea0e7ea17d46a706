import { count } from '../../model/count.ts';
import { type Matrix, type MatrixField, type PartlyThere, standingIn } from '../../matrix/matrix.ts';
import type { Diagnostic } from '../../model/problem.ts';
import {
  data,
  paragraph,
  shorten,
  type Document,
  type Table,
  type Words,
  diagnosticTable,
  heading,
  fold,
  list,
  type Column,
  table,
  moduleColumn,
} from '../media/document.ts';
import { cellWords, columnWords, detailWords, promotionWords, toneOf } from './text.ts';
import type { RequestCount } from '../../model/live-field.ts';

/** What a matrix's document and its JSON need beside the matrix. */
export interface MatrixDocumentView {
  readonly requests: RequestCount;
  readonly diagnostics: readonly Diagnostic[];
}

/** A matrix as those read it who decide what goes where. */
export function matrixDocument(matrix: Matrix, { requests, diagnostics }: MatrixDocumentView): Document {
  const { manifest, columns, fields, only_some } = matrix;
  const modules = [...new Set(fields.map(({ module }) => module))];
  const several = modules.length > 1;
  const details = fields.flatMap((field) => detailItems(matrix, field));
  return {
    kind: 'matrix',
    manifest: manifest.path,
    title: `Zoho fields: ${modules.join(', ')} in ${columns.map(({ name }) => name).join(', ')}`,
    lead: [promotionWords(matrix)],
    blocks: [
      fieldTable(matrix, several),
      ...(diagnostics.length === 0 ? [] : [diagnosticTable(diagnostics)]),
      ...(only_some.length === 0
        ? []
        : [heading('Not in the manifest, and only in some'), otherTable(matrix, several)]),
      ...(details.length === 0 ? [] : [fold('What differs, and why it cannot be', list(details))]),
    ],
    closing: [
      list(columns.map((column) => [data(column.name, 60), ': ', ...columnWords(column)])),
      paragraph(
        'Manifest ',
        data(manifest.path, 200),
        `: read with ${count(requests.read, 'call')}, nothing was written.`,
      ),
    ],
  };
}

function fieldTable({ columns, fields }: Matrix, several: boolean): Table {
  return table('field', fields, ({ cells }) => toneOf(Object.values(cells)), [
    ...moduleColumn(several),
    ['Field', ({ api_name }) => [data(api_name)]],
    ...columns.map(({ name }): Column<MatrixField> => [
      shorten(name, 60),
      ({ cells }) => (cells[name] === undefined ? [] : cellWords(cells[name])),
    ]),
  ]);
}

function otherTable({ columns, only_some }: Matrix, several: boolean): Table {
  return table('field', only_some, () => 'plain', [
    ...moduleColumn(several),
    ['Field', ({ api_name }) => [data(api_name)]],
    ['Label', ({ field_label }) => [data(field_label)]],
    ...columns.map(({ name }): Column<PartlyThere> => [
      shorten(name, 60),
      (field) => {
        const standing = standingIn(field, name);
        return [standing === 'unknown' ? '? unknown' : standing];
      },
    ]),
  ]);
}

function detailItems({ columns }: Matrix, { module, api_name, cells }: MatrixField): readonly Words[] {
  return columns.flatMap(({ name }): readonly Words[] => {
    const words = cells[name] === undefined ? [] : detailWords(cells[name]);
    return words.length === 0
      ? []
      : [[data(`${module}.${api_name}`), ' in ', data(name, 60), ': ', ...words]];
  });
}
