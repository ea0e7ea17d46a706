import { Document, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import { isObject, type Json } from '../model/json.ts';
import type { Stanza, LeftOut, Written } from './draft.ts';
import { unitEscapes } from '../model/visible.ts';

/** How the list of fields is laid out, so that what is added looks like what was there. */
export interface Layout {
  /** Blanks before the dash of a field. */
  readonly indent: number;
  /** Blanks from the dash to the field's first key; 2 for `- `. */
  readonly step: number;
  /** True where each field stands between braces on one line. */
  readonly isFlow: boolean;
}

export const usualLayout: Layout = { indent: 2, step: 2, isFlow: false };

/** What is longer is easier to review line by line. */
const widestFlow = 80;

/** The lines of a field in a manifest, without line breaks. */
export function stanzaLines(stanza: Stanza, layout: Layout): readonly string[] {
  const dash = `${' '.repeat(layout.indent)}-${' '.repeat(layout.step - 1)}`;
  if (layout.isFlow) return [`${dash}${flowText(stanza)}`];
  const map = mapOf(stanza);
  const text = disarmed(new Document(map).toString({ ...writing, indent: layout.step }), '\\x23');
  const rest = ' '.repeat(layout.indent + layout.step);
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => `${index === 0 ? dash : rest}${line}`);
}

/** The field as JSON, which is YAML that fits between brackets; hidden characters stay escapes. */
export function flowText(stanza: Stanza): string {
  const json = JSON.stringify(Object.fromEntries(stanza.keys)).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, unitEscapes);
  return disarmed(json, '\\u0023');
}

const writing = {
  lineWidth: 0,
  // Every text on one line: at the start of a line it could be a command to whatever reads a log (contract §10).
  doubleQuotedMinMultiLineLength: Infinity,
  flowCollectionPadding: false,
  indentSeq: true,
} as const;

function mapOf({ keys }: Stanza): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of keys) map.items.push(new Pair(new Scalar(key), nodeOf(value)));
  return map;
}

function nodeOf(value: Json): Node {
  if (typeof value === 'string') return scalar(value);
  if (Array.isArray(value)) return listOf(value);
  if (!isObject(value)) return new Scalar(value);
  const map = new YAMLMap();
  for (const [key, item] of Object.entries(value)) map.items.push(new Pair(scalar(key), nodeOf(item)));
  map.flow = JSON.stringify(value).length <= widestFlow;
  return map;
}

/** Side by side where they fit on a line; otherwise one per line, objects between braces. */
function listOf(items: readonly Json[]): YAMLSeq {
  const list = new YAMLSeq();
  for (const item of items) {
    const node = nodeOf(item);
    if (node instanceof YAMLMap) node.flow = true;
    list.items.push(node);
  }
  list.flow = JSON.stringify(items).length <= widestFlow;
  return list;
}

/**
 * A text that every YAML program reads as the same text, and so may stand without quotes: it begins with a letter, holds
 * no sign that means something to YAML, and is no word that YAML 1.1 takes for a truth value, nothing or a number.
 * Everything else is quoted: dates, times, `010`, `yes`.
 */
function isPlain(text: string): boolean {
  return (
    /^\p{L}[\p{L}\p{M}\p{Nd} .()%/_'?&+-]*$/u.test(text) && text.trim() === text && !AMBIGUOUS.test(text)
  );
}

const AMBIGUOUS = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity)$/iu;

/** A text as YAML, in the plainest form that cannot be misread. */
function scalar(text: string): Scalar<string> {
  const node = new Scalar(text);
  node.type = isPlain(text) ? Scalar.PLAIN : isVisible(text) ? Scalar.QUOTE_SINGLE : Scalar.QUOTE_DOUBLE;
  return node;
}

/** Only what stands on one line, can be seen and is no command may stand between single quotes, which know no escapes. */
function isVisible(text: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]|##\[/u.test(text);
}

/**
 * What a GitHub runner takes for a command anywhere in a line, written so that it is none: manifests are printed into
 * logs (contract §10).
 * @param escape of the `#` in the notation that the text is in.
 */
function disarmed(text: string, escape: string): string {
  return text.replaceAll('##[', `#${escape}[`);
}

/** The first line of a manifest: lets editors complete and check what is typed. */
export function schemaLine(path: string): string {
  return `# yaml-language-server: $schema=${path}`;
}

/**
 * A whole manifest of one module.
 * @param schema where an editor finds the schema from it, if it does.
 */
export function manifestText(module: string, stanzas: readonly Stanza[], schema?: string): Written {
  return documentText(schema === undefined ? [] : [schemaLine(schema)], module, stanzas);
}

/** One document, with lines before it. */
export function documentText(head: readonly string[], module: string, stanzas: readonly Stanza[]): Written {
  const before = [...head, `module: ${module}`, 'fields:'];
  const { lines, ...places } = laidOut(stanzas, before.length + 1, (one) => stanzaLines(one, usualLayout));
  return { text: `${[...before, ...lines].join('\n')}\n`, ...places };
}

/**
 * Lines of stanzas, and where each of them is.
 * @param first the line in which the first one begins.
 */
export function laidOut(
  stanzas: readonly Stanza[],
  first: number,
  write: (stanza: Stanza) => readonly string[],
): Pick<Written, 'starts' | 'heights'> & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const starts: number[] = [];
  const heights: number[] = [];
  for (const stanza of stanzas) {
    const own = write(stanza);
    starts.push(first + lines.length);
    heights.push(own.length);
    lines.push(...own);
  }
  return { lines, starts, heights };
}

/** What a reader should know about fields that are not there, as comments for the end of a new manifest. */
export function leftOutComment(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  const lines = leftOut.map(({ field, why }) => {
    const name = `${field.api_name} (${field.data_type}, "${field.display_label}")`;
    return `#   ${printable(name)}: ${printable(why)}`;
  });
  return ['', '# In Zoho, but not declared here:', ...lines, ''].join('\n');
}

/** A comment is one line, and shows all that it says. */
function printable(text: string): string {
  const shown = disarmed(text.toWellFormed().replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}'), '\\x23');
  return shown.length <= 300 ? shown : `${shown.slice(0, 299)}…`;
}
