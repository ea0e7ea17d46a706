import stringWidth from 'fast-string-width';

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
