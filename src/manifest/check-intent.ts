import { canonicalJson, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { DesiredField, ModuleManifest } from '../model/manifest.ts';
import { checkDocument } from './check-document.ts';
import { findHidden } from './text.ts';
import { Lines, excerpt, quote, type Span } from './finding.ts';
import { fileRules } from './rules/module.ts';
import type { Entry, Tree } from './tree.ts';

/**
 * Holds modules that come from elsewhere than a manifest, such as a saved plan, against everything that a manifest is held
 * to: its schema, its rules, and that what its fields say is exactly what a manifest of the same words would say.
 * @returns what no manifest may say, in words; nothing where all of it could stand in one.
 */
export function checkIntent(modules: readonly ModuleManifest[]): readonly string[] {
  const lines = new Lines('');
  const documents = modules.map((module) => ({ module, tree: treeOf(documentOf(module)) }));
  const checked = documents.map(({ tree }) => checkDocument(tree, [], lines));
  const problems = [
    ...checked.flatMap((document) => document.problems),
    ...fileRules.flatMap((rule) => rule(checked, lines)),
  ];
  const errors = problems.filter(({ severity }) => severity !== 'warning').map(({ message }) => message);
  if (errors.length > 0) return errors;
  return documents.flatMap(({ module, tree }, index) => [
    ...hiddenIn(tree.value),
    ...unlike(module, checked[index]?.manifest.fields ?? []),
  ]);
}

/** The document that a module would be written as, in Zoho's own shapes. */
function documentOf({ module, fields }: ModuleManifest): JsonObject {
  return { module, fields: fields.map((field) => written(field)) };
}

/** The keys of the field itself come last: what stands among the declared ones cannot take their places. */
function written({ declared, line: _line, column: _column, ...own }: DesiredField): JsonObject {
  return { ...declared, ...own };
}

/** A value that was never written down has no places; the rules judge it all the same. */
function treeOf(value: Json): Tree {
  if (Array.isArray(value)) return { value, span: NOWHERE, items: value.map((item: Json) => treeOf(item)) };
  if (!isObject(value)) return { value, span: NOWHERE };
  const entries = Object.entries(value).map(([key, inner]): readonly [string, Entry] => [
    key,
    { key: NOWHERE, tree: treeOf(inner) },
  ]);
  return { value, span: NOWHERE, entries: new Map(entries) };
}

const NOWHERE: Span = { start: 0, end: 0 };

/** What nobody sees, in whatever text (see `text.ts`). */
function hiddenIn(value: Json): readonly string[] {
  if (typeof value === 'string') {
    const hidden = findHidden(value).next().value;
    return hidden === undefined
      ? []
      : [`The text ${quote(value)} contains ${hidden.name}, which is invisible.`];
  }
  if (Array.isArray(value)) return value.flatMap((item: Json) => hiddenIn(item));
  return isObject(value) ? Object.values(value).flatMap((inner) => hiddenIn(inner)) : [];
}

/** A field that a manifest of the same words would not give is not what anyone declared. */
function unlike(module: ModuleManifest, read: readonly DesiredField[]): readonly string[] {
  return module.fields.flatMap((field, index) => {
    const same = read[index] !== undefined && canonical(field) === canonical(read[index]);
    return same ? [] : [`The field ${excerpt(field.api_name)} says more than its own keys declare.`];
  });
}

function canonical({ line: _line, column: _column, ...field }: DesiredField): string {
  return canonicalJson({ ...field });
}
