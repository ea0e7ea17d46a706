import type { Diagnostic } from '../../model/problem.ts';
import { jsonText } from './escape.ts';

/** Version of every JSON document of this tool: additive changes only within it (contract §7). */
export const FORMAT_VERSION = '1.0';

/** The one document of JSON where there is no result (contract §7). */
export function errorDocument(diagnostics: readonly Diagnostic[]): string {
  return jsonText({ format_version: FORMAT_VERSION, kind: 'error', diagnostics });
}
