import { compareText, isObject, type Json } from '../model/json.ts';
import type { DesiredField, Manifest } from '../model/manifest.ts';
import { inOneSpelling } from '../plan/option-values.ts';
import { flat } from './compare-fields.ts';

/**
 * A manifest as YAML in one canonical form: modules, fields and keys sorted, every shorthand written out, every text in
 * double quotes with its escapes. Two manifests that mean the same are the same text, and no character of a label can
 * act in a terminal or a log.
 *
 * @param quote writes a text as a JSON string, which YAML reads as well.
 */
export function normalisedText(manifest: Manifest, quote: (text: string) => string): string {
  const modules = [...manifest.modules].sort((a, b) => compareText(a.module, b.module));
  return modules
    .map(({ module, fields }) => {
      const sorted = [...fields].sort((a, b) => compareText(a.api_name, b.api_name));
      const lines = sorted.flatMap((field) => fieldLines(field, quote));
      const list = lines.length === 0 ? ['fields: []'] : ['fields:', ...lines];
      return `${[`module: ${quote(module)}`, ...list].join('\n')}\n`;
    })
    .join('---\n');
}

function fieldLines(field: DesiredField, quote: (text: string) => string): readonly string[] {
  const { data_type, field_label, create, description, ...declared } = flat(field);
  const first = Object.entries({ field_label, data_type, create, description }).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  const rest = Object.entries(declared).sort(([a], [b]) => compareText(a, b));
  const keys = [...first, ...rest].flatMap(([key, value]) => entryLines(key, value, '    ', quote));
  return [`  - api_name: ${quote(field.api_name)}`, ...keys];
}

function entryLines(
  key: string,
  value: Json,
  indent: string,
  quote: (text: string) => string,
): readonly string[] {
  const name = /^[A-Za-z_]\w*$/u.test(key) ? key : quote(key);
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item: Json) => `${indent}  - ${flow(item, quote)}`);
    return [`${indent}${name}:`, ...items];
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const inner = Object.entries(value).sort(([a], [b]) => compareText(a, b));
    return [
      `${indent}${name}:`,
      ...inner.flatMap(([nested, one]) => entryLines(nested, one, `${indent}  `, quote)),
    ];
  }
  return [`${indent}${name}: ${flow(value, quote)}`];
}

/** Items of a list stay on one line each: an option that moved is one line that moved. */
function flow(value: Json, quote: (text: string) => string): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => flow(item, quote)).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `{ ${members.map(([key, one]) => `${quote(key)}: ${flow(inOneSpelling(key, one), quote)}`).join(', ')} }`;
}
