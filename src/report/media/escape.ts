import { DANGEROUS, visible } from '../../model/visible.ts';

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
