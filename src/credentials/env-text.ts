import { parse } from 'dotenv';

/** What to put into an env file. */
export interface EnvEdit {
  readonly name: string;
  readonly value: string;
  /** Leaves what the variable was in a comment above its line. */
  readonly keepOld?: boolean;
}

/** The one that counts is the last that is none of another variable's text; to try more than these takes minutes. */
const MOST_PLACES = 20;

/**
 * Gives a variable its value in the text of an env file, and leaves every other line as it is, byte for byte.
 *
 * The assignment that counts is replaced where it stands; a variable that is not there gets a line of its own at the
 * end. Which quotes are needed, and whether the place was right, is not reasoned but proven: the result must give back
 * exactly this value, and every other variable as before.
 * @returns the new text, or `undefined` where no way of writing reads back right.
 */
export function upsertEnv(file: Uint8Array, edit: EnvEdit): Uint8Array | undefined {
  const before = Buffer.from(file).toString('latin1');
  const places: readonly (Assignment | undefined)[] = [
    ...assignmentsOf(edit.name, before).slice(-MOST_PLACES).reverse(),
    undefined,
  ];
  const old = parseEnv(file);
  for (const place of places) {
    for (const written of waysToWrite(edit.value)) {
      const after =
        place === undefined ? added(before, edit.name, written) : replaced(before, place, written, edit);
      const bytes = Buffer.from(after, 'latin1');
      if (readsBack(old, bytes, edit)) return bytes;
    }
  }
  return undefined;
}

/** Bare where that is plain to every reader of such files, otherwise in quotes. */
function waysToWrite(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8').toString('latin1');
  const bare = /^[\w.:/@+,=-]*$/.test(value) ? [bytes] : [];
  const quoted = ["'", '"', '`'].flatMap((quote) =>
    value.includes(quote) ? [] : [`${quote}${bytes}${quote}`],
  );
  return [...bare, ...quoted];
}

function replaced(before: string, place: Assignment, written: string, edit: EnvEdit): string {
  const old = before.slice(place.nameStart, place.valueEnd);
  const comment = edit.keepOld === true && old.length > `${edit.name}=`.length ? commented(old, before) : '';
  return (
    before.slice(0, place.lineStart) +
    comment +
    before.slice(place.lineStart, place.valueStart) +
    written +
    before.slice(place.valueEnd)
  );
}

function commented(old: string, before: string): string {
  const end = lineBreakOf(before);
  return old
    .split(/\r\n|\n|\r/)
    .map((line) => `# ${line}${end}`)
    .join('');
}

function added(before: string, name: string, written: string): string {
  const end = lineBreakOf(before);
  const gap = before === '' || /[\r\n]$/.test(before) || before === '\xef\xbb\xbf' ? '' : end;
  return `${before}${gap}${name}=${written}${end}`;
}

function readsBack(
  old: Readonly<Record<string, string>>,
  after: Uint8Array,
  { name, value }: EnvEdit,
): boolean {
  const now = parseEnv(after);
  if ((Object.hasOwn(now, name) ? now[name] : undefined) !== value) return false;
  const others = (of: Readonly<Record<string, string>>): string =>
    JSON.stringify(
      Object.entries(of)
        .filter(([key]) => key !== name)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  return others(old) === others(now);
}

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
 * It may still be inside a quoted value of another variable: an editor of the text has to read it again to prove that it was not.
 * The text holds one character per byte, so that nothing of what is left alone can change on the way.
 */
function assignmentsOf(name: string, bytes: string): readonly Assignment[] {
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
function lineBreakOf(bytes: string): string {
  return /\r\n|\n|\r/.exec(bytes)?.[0] ?? '\n';
}

/** Blank space of more characters than this is no layout of anyone's. */
const LONG_BLANK = /\s{100,}/g;

/**
 * The variables of an env file.
 *
 * The parser looks from every empty line for the next word, so that the lines of a gap cost the square of their number:
 * a file of 64 KiB of them took ten seconds. A gap of a hundred says no more than one of a single line.
 */
export function parseEnv(file: string | Uint8Array): Readonly<Record<string, string>> {
  const text = typeof file === 'string' ? file : Buffer.from(file).toString('utf8');
  return parse(text.replace(LONG_BLANK, (blank) => (/[\r\n]/.test(blank) ? '\n' : blank)));
}
