import type { Json } from '../model/json.ts';
import { documentShape, fieldKeys, shapeBelow } from './schema/keys.ts';
import { meantKey } from './messages/known-mistakes.ts';
import type { Entry, Path, Tree } from './tree.ts';

/** Keys that are misspelt, in a document in which all that is above them is as it was meant. */
export interface Slips {
  readonly document: Tree;
  /** The path of each mapping, and its misspelt key. */
  readonly keys: readonly (readonly [path: Path, key: string])[];
}

/**
 * The document with each key as it was meant, however deep: what stands under `field:`, or in `lookup: {modul: …}`, would go
 * unchecked otherwise, until the slip is corrected (contract §2: all problems in one run).
 */
export function asMeant(written: Tree): { readonly tree: Tree; readonly slips: readonly Slips[] } {
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
export function withFieldsAsList(document: Tree): Tree | undefined {
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
