import type { Json } from '../model/json.ts';
import { fieldKeys, topKeys } from './schema/keys.ts';
import { meantKey } from './messages/known-mistakes.ts';
import type { Entry, Tree } from './tree.ts';

/** A mapping as it was meant, and the keys that are misspelt in it. */
export interface Meant {
  readonly tree: Tree;
  readonly misspelt: ReadonlySet<string>;
}

/**
 * The document as it was meant: under `fields` what stands under `field:`, as everything in it would go unchecked
 * otherwise, until the slip is corrected (contract §2: all problems in one run).
 */
export function asMeant(tree: Tree): Meant {
  return respelt(tree, topKeys);
}

/**
 * The same for the fields of a document: a misspelt `data_type` would hide what the type does not allow.
 * @returns the document, and what is misspelt in each field.
 */
export function withFieldsAsMeant(document: Tree): {
  readonly tree: Tree;
  readonly misspelt: readonly ReadonlySet<string>[];
} {
  const list = document.entries?.get('fields');
  const fields = (list?.tree.items ?? []).map((item) => respelt(item, Object.keys(fieldKeys)));
  const misspelt = fields.map((one) => one.misspelt);
  if (list === undefined || misspelt.every((one) => one.size === 0)) return { tree: document, misspelt };
  const items = fields.map(({ tree }) => tree);
  const entry = { ...list, tree: { ...list.tree, value: items.map(({ value }) => value), items } };
  return { tree: withEntries(document, new Map(document.entries).set('fields', entry)), misspelt };
}

/** A mapping with its keys as they were meant; one that is there in its right form is not replaced. */
function respelt(tree: Tree, allowed: readonly string[]): Meant {
  const misspelt = new Set<string>();
  const entries = new Map<string, Entry>();
  for (const [key, entry] of tree.entries ?? []) {
    const meant = allowed.includes(key) ? undefined : meantKey(key, allowed);
    const isFree = meant !== undefined && tree.entries?.has(meant) === false && !entries.has(meant);
    if (isFree) misspelt.add(key);
    entries.set(isFree ? meant : key, entry);
  }
  return misspelt.size === 0 ? { tree, misspelt } : { tree: withEntries(tree, entries), misspelt };
}

function withEntries(tree: Tree, entries: ReadonlyMap<string, Entry>): Tree {
  const value = Object.create(null) as Record<string, Json>;
  for (const [key, entry] of entries) value[key] = entry.tree.value;
  return { ...tree, value, entries };
}
