/**
 * Text of Zoho or of a manifest never acts (contract §10): whatever a terminal, a log or a reader's eye would obey or
 * overlook is written out as its code point instead.
 *
 * Covered are control characters (C0, C1, line and paragraph separators), everything that changes the direction of
 * text, invisible and private characters, lone surrogates, `##[`, which a GitHub runner obeys anywhere in a line, and
 * `::` at the start of a word, which it obeys at the start of a line: any word may get there by wrapping.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(DANGEROUS, codePoint)
    .replaceAll('##[', '#\\x23[')
    .replace(/(?<=^|\s)::/gu, ':\\x3a');
}

/** As {@link visible}, cut to a length at which a line can still be read. */
export function visibleShort(text: string, most = 300): string {
  const shown = visible(text.slice(0, most * 4));
  return shown.length <= most ? shown : `${shown.slice(0, most - 1)}…`;
}

/** Characters that act on a terminal, on a log or on the order of reading, or that no one sees. */
export const DANGEROUS =
  /\p{Cc}|\p{Cf}|\p{Co}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u180e|\u3164|\uffa0/gu;

/** A character as its code point, in the notation of JavaScript. */
export function codePoint(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

/** Each of the one or two units of a character as the escape that JSON and JavaScript know. */
export function unitEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** A file's name as it can be pasted into a shell, and without anything that acts on a terminal. */
export function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : visible(`'${text.replaceAll("'", "'\\''")}'`);
}
