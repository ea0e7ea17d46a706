import type { Lines, Position } from './positions.ts';

/** A frame never gets wider than this, whatever the manifest's lines are. */
const maxWidth = 100;
/** How much of a long line is shown before the marked place. */
const before = 40;

/** Characters that take two columns on a terminal: East Asian scripts, full-width forms, emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function columns(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
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
 * Very long lines are cut around the place. The text is the manifest's own and not escaped.
 */
export function codeFrame(lines: Lines, from: Position, length: number): string {
  const gutter = String(from.line).length;
  const text = lines.line(from.line).replaceAll('\t', ' ');
  const cut = text.length > maxWidth ? Math.max(0, from.column - 1 - before) : 0;
  const shown = text.slice(cut, cut + maxWidth);
  const head = cut > 0 ? '…' : '';
  const tail = cut + maxWidth < text.length ? '…' : '';
  const start = from.column - 1 - cut;
  const marked = shown.slice(start, start + Math.max(length, 1));
  const rows: string[] = [];
  if (from.line > 1) {
    const previous = lines.line(from.line - 1).replaceAll('\t', ' ');
    const ending = previous.length > maxWidth ? '…' : '';
    rows.push(
      `  ${String(from.line - 1).padStart(gutter)} | ${previous.slice(0, maxWidth)}${ending}`.trimEnd(),
    );
  }
  rows.push(`> ${from.line} | ${head}${shown}${tail}`.trimEnd());
  const indent = ' '.repeat(head.length + columns(shown.slice(0, start)));
  rows.push(`  ${' '.repeat(gutter)} | ${indent}${'^'.repeat(Math.max(columns(marked), 1))}`);
  return rows.join('\n');
}
