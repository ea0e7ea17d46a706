/** The stretch of an env file that gives one variable its value; offsets count bytes. */
export interface Assignment {
  /** Behind the white space and `export ` that stand before the name. */
  readonly nameStart: number;
  readonly lineStart: number;
  /** Where the value, with its quotes, begins and ends; a quoted one may go over several lines. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * Every place of a text that looks like an assignment to `name`, in order; the last one counts.
 *
 * It may still be inside a quoted value of another variable: whoever edits there proves by reading that it was not.
 * The text holds one character per byte, so that nothing of what is left alone can change on the way.
 */
export function assignmentsOf(name: string, bytes: string): readonly Assignment[] {
  const pattern = new RegExp(
    `(^|[\\r\\n]|^\\xef\\xbb\\xbf)([ \\t]*(?:export[ \\t]+)?)${name.replaceAll('.', '\\.')}[ \\t]*(?:=|:(?=[ \\t]))[ \\t]*`,
    'g',
  );
  return [...bytes.matchAll(pattern)].map((match) => {
    const lineStart = match.index + (match[1] ?? '').length;
    const valueStart = match.index + match[0].length;
    return {
      lineStart,
      nameStart: lineStart + (match[2] ?? '').length,
      valueStart,
      valueEnd: valueEnd(bytes, valueStart),
    };
  });
}

/** Quotes that close go to their end; anything else goes to the end of the line or to a comment. */
function valueEnd(bytes: string, start: number): number {
  const quote = bytes.charAt(start);
  if (quote === "'" || quote === '"' || quote === '`') {
    const close = bytes.indexOf(quote, start + 1);
    if (close !== -1 && /^[ \t]*(?:#|[\r\n]|$)/.test(bytes.slice(close + 1, close + 200))) return close + 1;
  }
  const rest = /^[^#\r\n]*/.exec(bytes.slice(start))?.[0] ?? '';
  return start + rest.trimEnd().length;
}

/** The line break that a text uses, for lines that are added to it. */
export function lineBreakOf(bytes: string): string {
  return /\r\n|\n|\r/.exec(bytes)?.[0] ?? '\n';
}
