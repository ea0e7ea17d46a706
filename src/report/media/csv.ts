import { visible } from '../../model/visible.ts';

/** A table for spreadsheets (RFC 4180); every cell is text, and stays it. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`).join('');
}

/**
 * A cell that is only ever text. A spreadsheet takes what begins with one of these signs, also in their wide form, for a
 * formula, which could fetch or send; an apostrophe before it makes it text. Where numbers have a comma a spreadsheet
 * takes semicolons for the ends of cells, quoted or not.
 */
function csvCell(text: string): string {
  const safe = visible(text).replaceAll(/(^|;)(?=\s*[=+\-@|%＝＋－＠｜％])/gu, "$1'");
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
