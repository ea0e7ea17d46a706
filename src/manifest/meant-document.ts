import type { Json } from '../model/json.ts';
import { topKeys } from './schema/keys.ts';
import { meantKey } from './messages/known-mistakes.ts';
import type { Entry, Tree } from './tree.ts';

/**
 * The document as it was meant: under `fields` what stands under `field:`, as everything in it would go unchecked
 * otherwise, until the slip is corrected (contract §2: all problems in one run).
 * @returns the document and the keys that are misspelt in it; a key that is there in its right form is not replaced.
 */
export function asMeant(tree: Tree): { readonly tree: Tree; readonly misspelt: ReadonlySet<string> } {
  const entries = new Map<string, Entry>(tree.entries);
  const misspelt = new Set<string>();
  for (const [key, entry] of tree.entries ?? []) {
    const meant = topKeys.includes(key) ? undefined : meantKey(key, topKeys);
    if (meant === undefined || entries.has(meant)) continue;
    entries.delete(key);
    entries.set(meant, entry);
    misspelt.add(key);
  }
  if (misspelt.size === 0) return { tree, misspelt };
  const value = Object.create(null) as Record<string, Json>;
  for (const [key, entry] of entries) value[key] = entry.tree.value;
  return { tree: { ...tree, value, entries }, misspelt };
}
