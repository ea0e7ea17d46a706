import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { Manifest, DesiredField } from '../../model/manifest.ts';
import { visibleShort } from '../../model/visible.ts';
import { inertJson } from '../media/escape.ts';
import { compareText, isObject, type Json } from '../../model/json.ts';
import { inOneSpelling } from '../../plan/option-values.ts';
import { flat } from '../../diff/diff-manifests.ts';

/** The classic unified diff of two manifests in their normal form; nothing where they mean the same. */
export function diffPatch(base: Manifest, head: Manifest): string {
  const before = normalisedText(base);
  const after = normalisedText(head);
  if (before === after) return '';
  return createTwoFilesPatch(name(base), name(head), before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function name(manifest: Manifest): string {
  return visibleShort(manifest.path, 300);
}

/**
 * A manifest as YAML in one canonical form: modules, fields and keys sorted, every shorthand written out, every text a JSON
 * string, which YAML reads as well. Two manifests that mean the same are the same text, and no character of a label can
 * act in a terminal or a log.
 */
export function normalisedText(manifest: Manifest): string {
  const modules = [...manifest.modules].sort((a, b) => compareText(a.module, b.module));
  return modules
    .map(({ module, fields }) => {
      const sorted = [...fields].sort((a, b) => compareText(a.api_name, b.api_name));
      const lines = sorted.flatMap((field) => fieldLines(field));
      const list = lines.length === 0 ? ['fields: []'] : ['fields:', ...lines];
      return `${[`module: ${inertJson(module)}`, ...list].join('\n')}\n`;
    })
    .join('---\n');
}

function fieldLines(field: DesiredField): readonly string[] {
  const { data_type, field_label, create, description, ...declared } = flat(field);
  const first = Object.entries({ field_label, data_type, create, description }).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  );
  const rest = Object.entries(declared).sort(([a], [b]) => compareText(a, b));
  const keys = [...first, ...rest].flatMap(([key, value]) => entryLines(key, value, '    '));
  return [`  - api_name: ${inertJson(field.api_name)}`, ...keys];
}

function entryLines(key: string, value: Json, indent: string): readonly string[] {
  const name = /^[A-Za-z_]\w*$/u.test(key) ? key : inertJson(key);
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item: Json) => `${indent}  - ${flow(item)}`);
    return [`${indent}${name}:`, ...items];
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    const inner = Object.entries(value).sort(([a], [b]) => compareText(a, b));
    return [`${indent}${name}:`, ...inner.flatMap(([nested, one]) => entryLines(nested, one, `${indent}  `))];
  }
  return [`${indent}${name}: ${flow(value)}`];
}

/** Items of a list stay on one line each: an option that moved is one line that moved. */
function flow(value: Json): string {
  if (typeof value === 'string') return inertJson(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => flow(item)).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `{ ${members.map(([key, one]) => `${inertJson(key)}: ${flow(inOneSpelling(key, one))}`).join(', ')} }`;
}
