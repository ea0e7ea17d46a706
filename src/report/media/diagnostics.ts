import type { Diagnostic } from '../../model/problem.ts';
import { data, shorten, type Block, type Row, type Table, type Words } from './document.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { count, keyed, wrap, type Style } from './layout.ts';

/** Problems as a person reads them: where, what, the line itself, what to do. */
export function diagnosticsText(diagnostics: readonly Diagnostic[], style: Style, width: number): string {
  return diagnostics.map((one) => `${block(one, style, width).join('\n')}\n`).join('\n');
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

function block(diagnostic: Diagnostic, style: Style, width: number): readonly string[] {
  const { severity, code, message, remedy, frame } = diagnostic;
  const word = severity === 'error' ? style.bad('error') : style.warn('warning');
  const head = wrap(visibleShort(message, 2000), width, 9);
  return [
    `${word}${severity === 'error' ? '  ' : ''}  ${head[0] ?? ''}`,
    ...head.slice(1).map((line) => `         ${line}`),
    ...place(diagnostic).map((text) => `         ${style.dim(`at ${text}`)}  ${style.dim(`[${code}]`)}`),
    ...(frame === undefined ? [] : frame.split('\n').map((line) => `         ${visible(line)}`)),
    ...(remedy === undefined ? [] : keyed('do: ', visibleShort(remedy, 2000), width, 9, 4)),
  ];
}

function place({ file, line, column }: Diagnostic): readonly string[] {
  if (file === undefined) return [];
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return [`${visibleShort(file, 300)}${position}`];
}

/** Problems as a table: where, what, and what to do. */
export function diagnosticTable(diagnostics: readonly Diagnostic[]): Table {
  const head = ['What', 'Where', 'Problem', 'What to do'];
  return { is: 'table', unit: 'problem', head, rows: diagnostics.map((one) => row(one)) };
}

/** The lines of the manifest that the problems are about, folded. */
export function frameBlocks(diagnostics: readonly Diagnostic[]): readonly Block[] {
  const framed = diagnostics.filter((one) => one.frame !== undefined);
  if (framed.length === 0) return [];
  const blocks = framed.flatMap((one): Block[] => [
    { is: 'paragraph', words: placeOf(one) },
    { is: 'code', text: one.frame ?? '' },
  ]);
  return [{ is: 'fold', summary: `${count(framed.length, 'place')} in the manifest`, blocks }];
}

function row(one: Diagnostic): Row {
  const bad = one.severity === 'error';
  return {
    tone: bad ? 'bad' : 'warn',
    cells: [
      [bad ? '! error' : '~ warning'],
      placeOf(one),
      [shorten(one.message, 600)],
      one.remedy === undefined ? [] : [shorten(one.remedy, 600)],
    ],
  };
}

function placeOf({ file, line, column }: Diagnostic): Words {
  if (file === undefined) return [];
  const position = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  return [data(`${shorten(file, 100)}${position}`, 140)];
}
