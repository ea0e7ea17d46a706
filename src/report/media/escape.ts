import { DANGEROUS, visible } from '../../model/visible.ts';
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
  return json.replace(DANGEROUS_IN_JSON, jsonEscape).replaceAll('##[', '#\\u0023[');
}

// `JSON.stringify` escapes control characters and lone surrogates by itself, without loss.
const DANGEROUS_IN_JSON = new RegExp(DANGEROUS.source.replace('\\p{Cc}', '[\\u007f-\\u009f]'), 'gu');

function jsonEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

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
export const FORMAT_VERSION = '1.0';

/** The one document of JSON where there is no result (contract §7). */
export function errorDocument(diagnostics: readonly Diagnostic[]): string {
  return jsonText({ format_version: FORMAT_VERSION, kind: 'error', diagnostics });
}
