import { type Matrix, type MatrixCell, type MatrixColumn, standingIn } from '../../matrix/matrix.ts';
import type { MatrixDocumentView } from './document.ts';
import { csvText, jsonReport } from '../media/escape.ts';
import { pages, type Renders } from '../media/formats.ts';
import { matrixText, type MatrixView, pointWords } from './text.ts';
import { differencesJson } from '../plan/formats.ts';

/** All that is told about a matrix, in whatever format. */
type MatrixFacts = MatrixView & MatrixDocumentView;

/** A matrix in every format; what is not asked for is not loaded. */
export function matrixRenders(matrix: Matrix, facts: MatrixFacts): Renders {
  return {
    text: () => matrixText(matrix, facts),
    json: () => matrixJson(matrix, facts),
    csv: () => matrixCsv(matrix),
    ...pages(async () => (await import('./document.ts')).matrixDocument(matrix, facts)),
  };
}

/** A matrix as scripts read it (contract §7). */
function matrixJson(matrix: Matrix, { requests, diagnostics }: MatrixDocumentView): string {
  const { manifest, columns, fields, only_some, summary } = matrix;
  return jsonReport('matrix', {
    manifest,
    columns: columns.map((column) => columnJson(column)),
    fields: fields.map((field) => ({
      ...field,
      cells: Object.fromEntries(Object.entries(field.cells).map(([name, cell]) => [name, cellJson(cell)])),
    })),
    only_some,
    summary,
    requests,
    diagnostics,
  });
}

function columnJson({ name, dataCentre, apiHost, organisation, plan }: MatrixColumn): object {
  return {
    name,
    organisation: organisation ?? null,
    data_centre: dataCentre,
    api_host: apiHost ?? null,
    read: plan !== undefined,
    ...(plan === undefined ? {} : { plan_id: plan.plan_id, summary: plan.summary }),
  };
}

function cellJson({ action, differences, reasons }: MatrixCell): object {
  return { action, differences: differencesJson(differences), reasons };
}

/** A matrix for spreadsheets: a line for each field, declared or only here and there, and a column for each organisation. */
function matrixCsv({ columns, fields, only_some }: Matrix): string {
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
      ...columns.map(({ name }) => standingIn(field, name)),
    ]),
  ]);
}

/** By its action, which a formula of the spreadsheet can ask for. */
function cellText(cell: MatrixCell | undefined): string {
  if (cell === undefined) return 'unknown';
  const point = pointWords(cell);
  return point === '' ? cell.action : `${cell.action}: ${point}`;
}
