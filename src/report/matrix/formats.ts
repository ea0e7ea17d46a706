import type { Matrix } from '../../matrix/matrix.ts';
import type { Document } from '../media/document.ts';
import { jsonText } from '../media/escape.ts';
import type { Renders } from '../media/formats.ts';
import type { MatrixJsonView } from './json.ts';
import { matrixText, type MatrixView } from './text.ts';

/** All that is told about a matrix, in whatever format. */
type MatrixFacts = MatrixView & MatrixJsonView;

/** A matrix in every format; what is not asked for is not loaded. */
export function matrixRenders(matrix: Matrix, facts: MatrixFacts): Renders {
  const document = async (): Promise<Document> => {
    const { matrixDocument } = await import('./document.ts');
    return matrixDocument(matrix, facts);
  };
  return {
    text: () => matrixText(matrix, facts),
    json: async () => jsonText((await import('./json.ts')).matrixJson(matrix, facts)),
    csv: async () => (await import('./csv.ts')).matrixCsv(matrix),
    markdown: async () => (await import('../media/markdown.ts')).markdown(await document()),
    html: async (at) => (await import('../media/html.ts')).html(await document(), at),
  };
}
