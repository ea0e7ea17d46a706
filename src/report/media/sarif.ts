import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { Diagnostic } from '../../model/problem.ts';
import { visible } from '../../model/visible.ts';
import { shorten } from './document.ts';
import { given } from '../../model/json.ts';

/**
 * Problems of a manifest as SARIF 2.1.0, for GitHub's code scanning and for editors. SARIF is JSON, but its messages are
 * shown to people by others, so what would act on them is written out.
 * @param version the tool's own version.
 */
export function sarif(diagnostics: readonly Diagnostic[], version: string): Log {
  const codes = [...new Set(diagnostics.map((one) => one.code))];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'zoho-fields', semanticVersion: version, rules: codes.map((code) => rule(code)) },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((one) => result(one, codes)),
      },
    ],
  };
}

/** The code is its own name: the words differ from case to case, and stand in the message. */
function rule(code: string): ReportingDescriptor {
  return { id: code, shortDescription: { text: code.replaceAll('-', ' ') } };
}

function result(one: Diagnostic, codes: readonly string[]): Result {
  const { severity, code, message, remedy, file, line, column } = one;
  const text = shorten(remedy === undefined ? message : `${message} What to do: ${remedy}`, 2000);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: messageText(text) },
    ...(file === undefined || file === '-'
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file) },
                ...(line === undefined
                  ? {}
                  : {
                      region: { startLine: line, ...given({ startColumn: column }) },
                    }),
              },
            },
          ],
        }),
  };
}

/** In a SARIF message brackets make links and braces are places for arguments; both can be escaped. */
function messageText(text: string): string {
  return visible(text)
    .replace(/[[\]\\]/gu, '\\$&')
    .replace(/[{}]/gu, '$&$&');
}

/** A path as a relative reference; what a URI cannot hold is encoded. */
function uriOf(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
}
