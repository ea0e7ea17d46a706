import { findDataType } from '../model/data-types.ts';
import { isObject, property, type JsonObject, type Json } from '../model/json.ts';
import type { DesiredField, ModuleManifest, Path, Written } from '../model/manifest.ts';
import { countWhile, type Lines, type Finding, type Span } from './finding.ts';
import { textAt, type Field } from './rules/field.ts';
import { formulaRules } from './rules/formula.ts';
import { keyRules } from './rules/keys.ts';
import { nameRules } from './rules/names.ts';
import { optionRules } from './rules/options.ts';
import { moduleRules, type DeclaredModule } from './rules/module.ts';
import { schemaProblems, toPointer } from './messages/keys.ts';
import { expandShorthands } from './shorthands.ts';
import { type Tree, type Entry, writtenStanza } from './tree.ts';
import { validate, type SchemaError } from './validate.gen.js';
import { documentShape, fieldKeys, shapeBelow } from './schema/keys.ts';
import { meantKey } from './messages/known-mistakes.ts';

/** One document, checked as far as it could be understood. */
interface CheckedModule extends DeclaredModule {
  /** What the document declares; only to be used if the whole file has no error. */
  readonly manifest: ModuleManifest;
  readonly problems: readonly Finding[];
}

const emptyHelp = 'Write "module: Deals", and below it "fields:" with a list of fields.';

/** What to say where a document is no mapping at all. */
function notAMapping({ value, span }: Tree): Finding {
  const kind = Array.isArray(value) ? 'a list' : 'a single value';
  const [code, message] =
    value === null
      ? ['empty-document', 'This document is empty.']
      : ['not-a-manifest', `A manifest is a mapping with "module" and "fields", not ${kind}.`];
  return { layer: 'shape', code, message, remedy: emptyHelp, span: headOf(span) };
}

/** Its first character: all of a document would be too much to mark. */
function headOf({ start }: Span): Span {
  return { start, end: start + 1 };
}

function toField(module: string, tree: Tree): Field | undefined {
  if (!isObject(tree.value)) return undefined;
  const values = expandShorthands(tree.value);
  const type = property(values, 'data_type');
  return {
    module,
    values,
    type: typeof type === 'string' ? findDataType(type) : undefined,
    mayBeCreated: property(values, 'create') !== false,
    tree,
  };
}

/** Sets apart what is not sent to Zoho or has a place of its own. */
function toDesired(field: Field, lines: Lines): DesiredField {
  const { api_name, data_type, create, field_label, description, maps_from, ...declared } = field.values;
  const { line, column } = lines.at(field.tree.span.start);
  return {
    api_name: typeof api_name === 'string' ? api_name : '',
    data_type: typeof data_type === 'string' ? data_type : '',
    create: create !== false,
    ...(typeof field_label === 'string' && { field_label }),
    ...(typeof description === 'string' && { description }),
    ...(typeof maps_from === 'string' && { maps_from }),
    declared,
    line,
    column,
  };
}

/** How each field is written that may be created: what Zoho refuses is told with the manifest's own words. */
function writtenOf(fields: readonly Field[], lines: Lines): ReadonlyMap<string, Written> {
  return new Map(
    fields
      .filter((field) => field.mayBeCreated)
      .map((field) => [textAt(field, 'api_name') ?? '', writtenStanza(field.tree, lines)]),
  );
}

/** More errors of syntax than this leave nothing that could be trusted. */
const maxBroken = 50;

/** The last item that begins at or before an offset; items stand in the order of the text. */
function itemBefore(items: readonly Tree[], offset: number): Tree | undefined {
  return items[countWhile(items.length, (index) => (items[index]?.span.start ?? 0) <= offset) - 1];
}

/**
 * Leaves out what is only a consequence of broken YAML: problems of the field in or after which an error of syntax stands,
 * and, where it stands outside of all fields, everything from there on.
 */
function trusted(
  problems: readonly Finding[],
  items: readonly Tree[],
  broken: readonly Span[],
): readonly Finding[] {
  if (broken.length === 0) return problems;
  const brokenItems = new Set<Tree>();
  let end = broken[maxBroken]?.start ?? Infinity;
  for (const span of broken.slice(0, maxBroken)) {
    const item = itemBefore(items, span.start);
    if (item) brokenItems.add(item);
    if (!item || item.span.end <= span.start) end = Math.min(end, span.start);
  }
  const first = broken.reduce((least, span) => Math.min(least, span.start), Infinity);
  return problems.filter(({ code, span }) => {
    const item = itemBefore(items, span.start);
    // What is missing may be what could not be read.
    if (!item) return code !== 'missing-key' && span.end <= first;
    return span.end <= Math.min(end, item.span.end) && !brokenItems.has(item);
  });
}

/** In no particular order: none depends on another. What a JSON Schema can say is not here, but in `schema/`. */
const fieldRules = [nameRules, optionRules, keyRules, formulaRules].flat();

/** Checks one document: its shape, then what the rules know. */
export function checkDocument(tree: Tree, broken: readonly Span[], lines: Lines): CheckedModule {
  const document: JsonObject | undefined = isObject(tree.value) ? tree.value : undefined;
  if (!document) {
    const problems = broken.length > 0 ? [] : [notAMapping(tree)];
    return { name: '', fields: [], manifest: { module: '', fields: [] }, problems };
  }
  const isValid = validate(document);
  const { tree: meant, problems: shape } = isValid
    ? { tree, problems: [] }
    : shapeAsMeant(tree, validate.errors ?? []);
  const written = isObject(meant.value) ? property(meant.value, 'module') : undefined;
  const name = typeof written === 'string' ? written : '';
  const nameSpan = meant.entries?.get('module')?.tree.span;
  const items = meant.entries?.get('fields')?.tree.items ?? [];
  const fields = items.flatMap((item) => toField(name, item) ?? []);
  const ofFields = fields.flatMap((field) => fieldRules.flatMap((rule) => rule(field)));
  const problems = [...shape, ...ofFields, ...moduleRules.flatMap((rule) => rule(fields))];
  return {
    name,
    manifest: {
      module: name,
      ...(nameSpan && { at: lines.at(nameSpan.start) }),
      fields: fields.map((field) => toDesired(field, lines)),
      written: writtenOf(fields, lines),
    },
    fields,
    ...(nameSpan && { nameSpan }),
    problems: [
      ...trusted(problems, items, broken),
      ...(isValid || problems.length > 0 ? [] : [unworded(tree)]),
    ],
  };
}

/** The document as it was meant; the slips themselves, and what is wrong with what stands under them. */
function shapeAsMeant(
  tree: Tree,
  errors: readonly SchemaError[],
): { readonly tree: Tree; readonly problems: readonly Finding[] } {
  const list = withFieldsAsList(tree);
  const meant = asMeant(list ?? tree);
  const isAsWritten = meant.tree === tree;
  const rest = isAsWritten ? errors : validate(meant.tree.value) ? [] : (validate.errors ?? []);
  return {
    tree: meant.tree,
    problems: [
      ...(list === undefined ? [] : schemaProblems(asMeant(tree).tree, [NO_LIST])),
      ...meant.slips.flatMap(({ document, keys }) => schemaProblems(document, keys.map(unknownKey))),
      ...schemaProblems(meant.tree, rest),
    ],
  };
}

function unknownKey([path, key]: readonly [Path, string]): SchemaError {
  return {
    keyword: 'additionalProperties',
    instancePath: toPointer(path),
    params: { additionalProperty: key },
  };
}

const NO_LIST: SchemaError = { keyword: 'type', instancePath: '/fields', params: { type: 'array' } };

/** The schema refuses the document and nobody said why: never to be passed over in silence. */
function unworded(tree: Tree): Finding {
  const message = "The document does not fit the manifest's schema.";
  return { layer: 'shape', code: 'invalid-manifest', message, span: headOf(tree.span) };
}

/** Keys that are misspelt, in a document in which all that is above them is as it was meant. */
interface Slips {
  readonly document: Tree;
  /** The path of each mapping, and its misspelt key. */
  readonly keys: readonly (readonly [path: Path, key: string])[];
}

/**
 * The document with each key as it was meant, however deep: what stands under `field:`, or in `lookup: {modul: …}`, would go
 * unchecked otherwise, until the slip is corrected (contract §2: all problems in one run).
 */
function asMeant(written: Tree): { readonly tree: Tree; readonly slips: readonly Slips[] } {
  const slips: Slips[] = [];
  let document = written;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const keys: (readonly [Path, string])[] = [];
    const tree = respelt(document, documentShape, [], { depth, keys });
    if (keys.length > 0) slips.push({ document, keys });
    document = tree;
  }
  return { tree: document, slips };
}

/** No key of the shapes lies below so many keys and items. */
const DEEPEST = 10;

/** One level of a document with its keys as they were meant; one that is there in its right form is not replaced. */
function respelt(
  tree: Tree,
  shape: unknown,
  path: Path,
  level: { readonly depth: number; readonly keys: (readonly [Path, string])[] },
): Tree {
  if (path.length > level.depth) return tree;
  if (tree.items !== undefined) {
    const below = shapeBelow(shape, 0);
    const items = tree.items.map((item, index) => respelt(item, below, [...path, index], level));
    return items.every((item, index) => item === tree.items?.[index])
      ? tree
      : { ...tree, value: items.map(({ value }) => value), items };
  }
  const allowed = keysOf(shape);
  if (tree.entries === undefined || allowed.length === 0) return tree;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries) {
    const isHere = path.length === level.depth && !allowed.includes(key);
    const meant = isHere ? meantKey(key, allowed) : undefined;
    const isFree = meant !== undefined && !tree.entries.has(meant) && !entries.has(meant);
    if (isFree) level.keys.push([path, key]);
    const inner = respelt(entry.tree, shapeBelow(shape, key), [...path, key], level);
    entries.set(isFree ? meant : key, inner === entry.tree ? entry : { ...entry, tree: inner });
  }
  const isSame = [...entries].every(([key, entry]) => tree.entries?.get(key) === entry);
  return isSame ? tree : withEntries(tree, entries);
}

/**
 * The document with its fields as a list, where they are written as a mapping: by their names, as other tools have them, or one
 * field without its dash.
 * @returns nothing where `fields` is no mapping, or one in which nothing looks like a field.
 */
function withFieldsAsList(document: Tree): Tree | undefined {
  const list = [...(document.entries ?? [])].find(([key]) => meantTopKey(key) === 'fields');
  const [key, entry] = list ?? [];
  if (key === undefined || entry?.tree.entries === undefined) return undefined;
  const items = itemsOf(entry.tree, entry.tree.entries);
  if (items.length === 0) return undefined;
  const { entries: _entries, ...rest } = entry.tree;
  const tree: Tree = { ...rest, value: items.map(({ value }) => value), items };
  return withEntries(document, new Map(document.entries).set(key, { ...entry, tree }));
}

function meantTopKey(key: string): string | undefined {
  const allowed = keysOf(documentShape);
  return allowed.includes(key) ? key : meantKey(key, allowed);
}

function itemsOf(fields: Tree, entries: ReadonlyMap<string, Entry>): readonly Tree[] {
  const isOneField = [...entries].some(
    ([key, { tree }]) => Object.hasOwn(fieldKeys, key) && tree.entries === undefined,
  );
  if (isOneField) return [fields];
  return [...entries].flatMap(([name, { key, tree }]) => {
    if (tree.entries === undefined) return [];
    const isNamed = [...tree.entries.keys()].some(
      (one) => meantKey(one, Object.keys(fieldKeys)) === 'api_name',
    );
    if (isNamed) return [tree];
    const named: Entry = { key, tree: { value: name, span: key, plain: name } };
    return [withEntries(tree, new Map(tree.entries).set('api_name', named))];
  });
}

/** The keys of a mapping that takes no others. */
function keysOf(shape: unknown): readonly string[] {
  const { properties, additionalProperties } = (shape ?? {}) as Readonly<Record<string, unknown>>;
  return typeof properties === 'object' && properties !== null && additionalProperties === false
    ? Object.keys(properties)
    : [];
}

function withEntries(tree: Tree, entries: ReadonlyMap<string, Entry>): Tree {
  const value = Object.create(null) as Record<string, Json>;
  for (const [key, entry] of entries) value[key] = entry.tree.value;
  return { ...tree, value, entries };
}
