import type { Matrix, MatrixCell, MatrixColumn } from '../../matrix/matrix.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { differencesJson } from '../plan/json.ts';
import { FORMAT_VERSION } from '../media/escape.ts';

/** What a matrix's JSON needs beside the matrix. */
export interface MatrixJsonView {
  readonly requests: { readonly read: number; readonly write: number };
  readonly diagnostics: readonly Diagnostic[];
}

/** A matrix as scripts read it (contract §7). */
export function matrixJson(matrix: Matrix, { requests, diagnostics }: MatrixJsonView): object {
  const { manifest, columns, fields, only_some, summary } = matrix;
  return {
    format_version: FORMAT_VERSION,
    kind: 'matrix',
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
  };
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
