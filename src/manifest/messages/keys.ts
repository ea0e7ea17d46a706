import { isObject, property } from '../../model/json.ts';
import { textOf, find, keySpan, type Tree } from '../tree.ts';
import { habit, meantKey } from './known-mistakes.ts';
import { quote, type Finding, type Span } from '../finding.ts';
import { documentShape, fieldKeys, shapeBelow } from '../schema/keys.ts';
import { didYouMean } from '../../model/closest.ts';
import type { Path } from '../../model/manifest.ts';
import { keysOfType, typeLimits, typeRefusal, type Violation } from './types.ts';
import type { SchemaError } from '../validate.gen.js';
import { place, valueWords } from './values.ts';

/**
 * Turns what the generated validator reports into words.
 *
 * The validator knows keywords of JSON Schema; people know keys, data types and what they typed. Everything that depends
 * on the data type is worded from the same table that the schema was generated from.
 */

/** Path → JSON pointer. */
export function toPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** JSON pointer → path; a step is an index where the tree has a list. */
function toPath(tree: Tree, pointer: string): Path {
  const path: (string | number)[] = [];
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(find(tree, path).items ? Number(step) : step);
  }
  return path;
}

/** Only the first line of a mapping: a missing key is missing at its beginning, not in all of it. */
function headSpan(tree: Tree): Span {
  const [first] = tree.entries?.values() ?? [];
  return { start: tree.span.start, end: Math.max(tree.span.start + 1, first?.tree.span.end ?? 0) };
}

function toViolation(tree: Tree, error: SchemaError): Violation {
  const path = toPath(tree, error.instancePath);
  const [first, index] = path;
  const field =
    first === 'fields' && typeof index === 'number' ? find(tree, path.slice(0, 2)).value : undefined;
  return { error, path, tree, here: find(tree, path), ...(isObject(field) && { field }) };
}

const knownKeys = Object.keys(fieldKeys);

function at(span: Span, code: string, message: string, remedy?: string): Finding {
  return { layer: 'shape', code, message, ...(remedy !== undefined && { remedy }), span };
}

/** The sub-keys that a mapping may have, from the hand-written shapes. */
function allowedKeys(path: Path): readonly string[] {
  const shape = path.reduce<unknown>((outer, step) => shapeBelow(outer, step), documentShape);
  const { properties } = (shape ?? {}) as { readonly properties?: object };
  return Object.keys(properties ?? {});
}

function unknownKey(finding: Violation, key: string): Finding | undefined {
  const span = keySpan(finding.tree, [...finding.path, key]);
  const allowed = allowedKeys(finding.path);
  const isField = finding.path.length === 2;
  // A key that fields do have is refused only because of the field's type.
  if (allowed.includes(key)) {
    const { message, remedy } = typeRefusal(finding.field, [...finding.path.slice(2), key].join('.'));
    return at(span, 'key-not-for-type', message, remedy);
  }
  const where = isField ? 'a field' : finding.path.length === 0 ? 'a manifest' : place(finding);
  const hint =
    (isField ? habit(key, knownKeys) : undefined) ?? misplaced(finding, key) ?? didYouMean(key, allowed);
  const known = isField ? keysOfType(finding.field, allowed) : allowed;
  const remedy = hint ?? `Known here: ${known.join(', ')}.`;
  return at(span, 'unknown-key', `${quote(key)} is not a key of ${where}.`, remedy);
}

/** A field's key beside `fields`, or the other way round: mostly a matter of indentation. */
function misplaced(finding: Violation, key: string): string | undefined {
  if (finding.path.length === 0 && knownKeys.includes(key)) {
    return `"${key}" belongs to a field: write it below "fields", in a list item that begins with "- ".`;
  }
  if (finding.path.length > 2 && key !== 'api_name' && knownKeys.includes(key)) {
    return `"${key}" belongs to the field itself: move it to the left, below "api_name".`;
  }
  return undefined;
}

const missingHelp: Readonly<Record<string, string>> = {
  module: 'Write the API name of the module on the first line, such as "module: Deals".',
  fields: 'Write "fields:" and below it a list of fields, each beginning with "- api_name: …".',
  api_name: 'Write "api_name: …", the name that programs use, such as Risk_Level.',
  data_type: 'Write "data_type: …" with Zoho\'s word for the type, such as text or picklist.',
  field_label:
    'Write "field_label: …", the name that people see; or "create: false" if the field exists already.',
  textarea: 'Write "textarea: small" (2000 characters), "large" (32000) or "rich_text" (50000).',
  currency: 'Write "currency: normal" (or round_off, round_up, round_down).',
  pick_list_values: 'Write "pick_list_values: [First, Second]".',
  auto_number: 'Write "auto_number: { start_number: 1 }", with prefix and suffix if you like.',
  lookup: 'Write "lookup: Contacts" with the API name of the module that the field points to.',
  formula: 'Write "formula: { expression: \'…\', return_type: double }".',
  multiselectlookup: 'Write "multiselectlookup: { connected_details: { module: { api_name: Contacts } } }".',
  rollup_summary: 'Write "rollup_summary:" with return_type, expression, based_on_module and related_list.',
};

/** A picklist may have its options from two places; other types with options have only one. */
function isOptionSource({ field, path }: Violation, key: string): boolean {
  const isPicklist = path.length === 2 && field !== undefined && property(field, 'data_type') === 'picklist';
  return isPicklist && (key === 'pick_list_values' || key === 'global_picklist');
}

function missingKey(finding: Violation, key: string): Finding | undefined {
  // The two ways to give options are worded as one problem.
  if (isOptionSource(finding, key)) return undefined;
  // The author of `type:` has been told to write `data_type:`; that it is missing is no second mistake.
  const allowed = allowedKeys(finding.path);
  const others = [...(finding.here.entries?.keys() ?? [])].filter((name) => !allowed.includes(name));
  if (others.some((name) => meantKey(name, allowed) === key)) return undefined;
  const depth = finding.path.length;
  const type = textOf(finding.field && property(finding.field, 'data_type'));
  const isPerType = depth === 2 && !['api_name', 'data_type', 'field_label'].includes(key);
  const subject =
    depth === 0
      ? 'The manifest'
      : depth === 2
        ? isPerType
          ? `A field of type ${type}`
          : 'The field'
        : place(finding);
  const message = `${subject} needs "${key}", which is missing.`;
  const remedy = depth > 2 ? `Write "${key}: …" inside ${String(owner(finding.path))}.` : missingHelp[key];
  return at(headSpan(finding.here), 'missing-key', message, remedy);
}

/** The last name on a path: what an item of a list is called after. */
function owner(path: Path): string | number | undefined {
  return path.findLast((step) => typeof step === 'string');
}

function optionSources(finding: Violation): Finding {
  if (finding.error.params['passingSchemas'] === null) {
    const message = 'A picklist needs its options: either "pick_list_values" or "global_picklist".';
    return at(headSpan(finding.here), 'missing-key', message, missingHelp['pick_list_values']);
  }
  const span = keySpan(finding.tree, [...finding.path, 'global_picklist']);
  const message = 'A picklist has either "pick_list_values" or "global_picklist", not both.';
  return at(span, 'conflicting-keys', message, 'Remove one of them.');
}

function word(finding: Violation): Finding | undefined {
  const { keyword, params } = finding.error;
  if (keyword === 'if') return undefined;
  if (keyword === 'additionalProperties') return unknownKey(finding, String(params['additionalProperty']));
  if (keyword === 'required') return missingKey(finding, String(params['missingProperty']));
  if (keyword === 'oneOf') return optionSources(finding);
  const words = typeLimits(finding) ?? valueWords(finding);
  const { span } = finding.here;
  // Where nothing is written, the key is what people can see.
  const shown = span.start === span.end ? keySpan(finding.tree, finding.path) : span;
  return words && at(shown, words.code, words.message, words.remedy);
}

/** Far more than a report shows; wording each of a hundred thousand errors would take seconds. */
const enough = 2000;

/** The validator's errors about one document, as problems. */
export function schemaProblems(tree: Tree, errors: readonly SchemaError[]): Finding[] {
  return errors.slice(0, enough).flatMap((error) => word(toViolation(tree, error)) ?? []);
}
