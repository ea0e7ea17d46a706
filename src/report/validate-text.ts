import { diagnosticsCount, diagnosticsText } from './diagnostics-text.ts';
import { visibleShort } from './escape.ts';
import { count } from './layout.ts';
import type { Style } from './style.ts';
import type { Verdict } from './validate-document.ts';

/** The verdict on a manifest as a person at a terminal reads it. */
export function validateText(
  { path, sha256, diagnostics, fields, modules }: Verdict,
  { style, width }: { readonly style: Style; readonly width: number },
): string {
  const name = visibleShort(path, 300);
  const problems = diagnostics.length === 0 ? '' : `${diagnosticsText(diagnostics, style, width)}\n`;
  const verdict =
    sha256 === undefined
      ? `${name} is not valid: ${diagnosticsCount(diagnostics)}.`
      : `${name} is valid: ${count(fields, 'field')} in ${count(modules, 'module')}${diagnostics.length === 0 ? '' : `, ${diagnosticsCount(diagnostics)}`}.`;
  return `${problems}${style.bold(verdict)}\n`;
}
