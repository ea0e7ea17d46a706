import stringWidth from 'fast-string-width';
import { visible } from '../model/visible.ts';
import type { Lines, Position } from './positions.ts';

/** A frame never gets wider than this, whatever the manifest's lines are. */
const maxWidth = 100;
/** How much of a long line is shown before the marked place. */
const before = 40;

/** The columns of a text as it is displayed: invisible characters are written out (see `model/visible.ts`). */
function columns(text: string): number {
  return stringWidth(visible(text));
}

/** As much of the text's beginning as fits. */
function fitting(text: string, most: number): string {
  let end = 0;
  let width = 0;
  for (const character of text) {
    width += columns(character);
    if (width > most) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/**
 * The marked line with the line before it, as people know it from compilers:
 *
 * ```
 *   2 | fields:
 * > 3 |   - api_nam: Risk
 *     |     ^^^^^^^
 * ```
 *
 * Very long lines are cut around the place. The text is the manifest's own and not escaped; the marker stands under what
 * is displayed once it is.
 */
export function codeFrame(lines: Lines, from: Position, length: number): string {
  const gutter = String(from.line).length;
  const text = lines.line(from.line).replaceAll('\t', ' ');
  const start = from.column - 1;
  const cut = columns(text) > maxWidth ? Math.max(0, start - before) : 0;
  const shown = fitting(text.slice(cut), maxWidth);
  const head = cut > 0 ? '…' : '';
  const tail = cut + shown.length < text.length ? '…' : '';
  const lead = `${head}${shown.slice(0, start - cut)}`;
  const marked = shown.slice(start - cut, start - cut + Math.max(length, 1));
  const rows: string[] = [];
  if (from.line > 1) {
    const previous = lines.line(from.line - 1).replaceAll('\t', ' ');
    const beginning = fitting(previous, maxWidth);
    const ending = beginning.length < previous.length ? '…' : '';
    rows.push(`  ${String(from.line - 1).padStart(gutter)} | ${beginning}${ending}`.trimEnd());
  }
  rows.push(`> ${from.line} | ${head}${shown}${tail}`.trimEnd());
  const width = columns(lead);
  const marker = '^'.repeat(Math.max(columns(`${lead}${marked}`) - width, 1));
  rows.push(`  ${' '.repeat(gutter)} | ${' '.repeat(width)}${marker}`);
  return rows.join('\n');
}
