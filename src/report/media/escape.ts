import { DANGEROUS, visible, unitEscapes } from '../../model/visible.ts';
import type { Diagnostic } from '../../model/problem.ts';

/**
 * A JSON document as text: no character in it acts, and parsing gives back exactly the value.
 * Escapes stay escapes inside JSON strings, which is where all such characters are.
 */
export function jsonText(value: unknown): string {
  return `${inert(JSON.stringify(value, null, 2))}\n`;
}

/** One text as a JSON string in which no character acts. */
export function inertJson(text: string): string {
  return inert(JSON.stringify(text));
}

function inert(json: string): string {
  return json.replace(DANGEROUS_IN_JSON, unitEscapes).replaceAll('##[', '#\\u0023[');
}

// `JSON.stringify` escapes control characters and lone surrogates by itself, without loss.
const DANGEROUS_IN_JSON = new RegExp(DANGEROUS.source.replace('\\p{Cc}', '[\\u007f-\\u009f]'), 'gu');

/**
 * The message of a workflow command. Lines are the only structure it may have; everything else is written out, and the
 * runner's own escapes go on top, so that it reads back exactly what is meant.
 */
export function commandData(text: string): string {
  const lines = text.split('\n').map((line) => visible(line));
  return lines.join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** The value of a property, which a comma or a colon would end. */
export function commandProperty(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}

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

/** Version of every JSON document of this tool: additive changes only within it (contract §7). */
const FORMAT_VERSION = '1.0';

/** A report as scripts read it (contract §7); what is undefined is not in it. */
export function jsonReport(kind: string, facts: object): string {
  return jsonText({ format_version: FORMAT_VERSION, kind, ...facts });
}

/** The one document of JSON where there is no result (contract §7). */
export function errorDocument(diagnostics: readonly Diagnostic[]): string {
  return jsonReport('error', { diagnostics });
}

/**
 * Text inside a sentence of a comment. Whatever Markdown or GitHub would act on becomes a character reference, which is
 * text by definition; what GitHub links only after Markdown is done (mentions, issues, commits, addresses, emoji) is
 * parted by a zero-width space, because references would be resolved by then.
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(LINKED_LATER, (match) => `${match}${MARK}`)
    .replace(COMMIT, (match) => match.replace(/.{6}/gu, `$&${MARK}`))
    .replace(/[\\`*_[\]<>&|~$^{}]/gu, reference)
    .replace(/^(?:[-+=#>]|\d+[.)])/u, (start) => start.replace(/\D/gu, reference))
    .replaceAll(MARK, '&#8203;');
}

/** What GitHub's own passes look for behind these: `@user`, `#1` and `GH-1`, `:emoji:`, `http://`, `www.`, addresses. */
const LINKED_LATER = /@|#(?=\d)|\bgh-(?=\d)|:(?=\/\/|[\w+-]+:)|\b(?:mailto|xmpp):|\bwww(?=\.)/giu;

/** What could be the hash of a commit, of which seven digits are enough; ids of Zoho have no letters. */
const COMMIT = /\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,}/giu;

/** Private characters are all written out by then, so none of the text's own can be taken for this one. */
const MARK = '\ue000';

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}

/** Text shown exactly, where nothing links and nothing is marked up: a code span, with a fence longer than any in it. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  if (shown === '') return '`""`';
  const fence = '`'.repeat(longestRunOf('`', shown) + 1);
  // One blank at each end is taken off, but of blanks alone none is.
  const pad = /^`|`$|^ .*[^ ].* $/u.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * A code span in a table: a bar ends the cell even inside it, unless a backslash is before it. Behind a backslash of the
 * text's own that would be read differently by different parsers, so there the bar is written as its code point.
 */
export function markdownCellCode(text: string): string {
  return markdownCode(visible(text).replaceAll('\\|', '\\\\x7c')).replaceAll('|', '\\|');
}

/** Text in a fence that nothing in it can close. */
export function markdownFence(text: string): string {
  const lines = text.split('\n').map((line) => visible(line));
  const shown = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longestRunOf('`', shown) + 1));
  return `${fence}text\n${shown}\n${fence}`;
}

/** Text of a `<summary>`, which is HTML to Markdown: escaped as such, and just as inert for what links later. */
export function markdownSummary(text: string): string {
  return markdownText(text);
}

/** Text of the hidden marker: an HTML comment ends at `-->`, so nothing but letters, digits and a few signs is left. */
export function markerText(text: string): string {
  return encodeURIComponent(text.slice(0, 200).toWellFormed())
    .replaceAll('%2F', '/')
    .replaceAll('--', '-%2D');
}

function longestRunOf(character: string, text: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
