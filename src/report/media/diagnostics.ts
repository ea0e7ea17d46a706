import stringWidth from 'fast-string-width';
import { count } from '../../model/count.ts';
import type { Diagnostic } from '../../model/problem.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { asTyped, headline, isNarrow, keyed, wrap, type Look, type Style } from './layout.ts';

/** Problems as a person reads them: where, what, the line itself, what to do; once behind those that it is the same for. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], { style, width }: Look): string {
  return diagnostics
    .map((one, index) => {
      const shared = one.remedy !== undefined && diagnostics[index + 1]?.remedy === one.remedy;
      return `${block(one, shared, style, width).join('\n')}\n`;
    })
    .join('\n');
}

/** `2 errors, 1 warning`. */
export function diagnosticsCount(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  return parts.join(', ');
}

function block(
  diagnostic: Diagnostic,
  remedyFollows: boolean,
  style: Style,
  width: number,
): readonly string[] {
  const { severity, code, message, remedy, frame } = diagnostic;
  const word = severity === 'error' ? style.bad('error') : style.warn('warning');
  const head = wrap(visibleShort(message, 2000), width, 9);
  return [
    `${word}${severity === 'error' ? '  ' : ''}  ${head[0] ?? ''}`,
    ...head.slice(1).map((line) => `         ${line}`),
    ...place(diagnostic).flatMap((text) =>
      headline([style.dim(`at ${text}`), style.dim(`[${code}]`)], width, 9, 9),
    ),
    ...(frame === undefined ? [] : frameLines(frame, width)),
    ...(remedy === undefined || remedyFollows
      ? []
      : keyed('do: ', asTyped(visibleShort(remedy, 2000), style), width, 9, 4)),
  ];
}

/** The line of the manifest itself; where the screen is narrow, from its edge on. */
function frameLines(frame: string, width: number): readonly string[] {
  const indent = isNarrow(width) ? 0 : 9;
  return cropFrame(visible, frame, width - indent).map((line) => `${' '.repeat(indent)}${line}`);
}

function place({ file, line, column }: Diagnostic): readonly string[] {
  if (file === undefined) return [];
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return [`${visibleShort(file, 300)}${position}`];
}

/**
 * The part of a code frame that fits a screen, around the marked place: `…` stands for what is left out.
 * @param escape makes a line of the frame fit to be seen.
 * @param room how many columns there are.
 */
export function cropFrame(escape: (line: string) => string, frame: string, room: number): readonly string[] {
  const rows = frame.split('\n').map((row) => escape(row));
  if (rows.every((row) => stringWidth(row) <= room)) return rows;
  const marker = rows.at(-1) ?? '';
  const gutter = marker.indexOf('| ') + 2;
  const width = Math.max(room - gutter, 8);
  const at = Math.max(marker.indexOf('^') - gutter, 0);
  const end = marker.trimEnd().length - gutter;
  const from = end < width ? 0 : Math.max(at - Math.floor(width / 3), 0);
  return rows.flatMap((row) => {
    const shown = window(row.slice(gutter), from, width, row === marker ? ' ' : '…').trimEnd();
    // Of the line before, which is shorter, there may be nothing here.
    return shown === '…' ? [] : [`${row.slice(0, gutter)}${shown}`];
  });
}

/** So many columns of a text from a column on; a sign stands where some are left out. */
function window(text: string, from: number, width: number, sign: string): string {
  const start = from > 0 ? from + 1 : 0;
  const last = from + width - (stringWidth(text) > from + width ? 1 : 0);
  let column = 0;
  let shown = '';
  for (const character of text) {
    const next = column + stringWidth(character);
    // Half of a wide sign is no sign: a blank keeps the place.
    if (column >= start && next <= last) shown += character;
    else if (next > start && column < last)
      shown += ' '.repeat(Math.min(next, last) - Math.max(column, start));
    column = next;
  }
  return `${from > 0 ? sign : ''}${shown}${last < from + width && sign !== ' ' ? sign : ''}`;
}
