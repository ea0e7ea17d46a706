import type { Json } from '../model/json.ts';
import type { Span } from './finding.ts';

/** A way into a value: keys of mappings and indexes of lists. */
export type Path = readonly (string | number)[];

/** A value of the manifest that remembers where it was written. */
export interface Tree {
  /** Mappings have no prototype, so that no key can mean more than itself. */
  readonly value: Json;
  readonly span: Span;
  /** The text as written, where it is a scalar without quotes. */
  readonly plain?: string;
  readonly entries?: ReadonlyMap<string, Entry>;
  readonly items?: readonly Tree[];
}

/** A key of a mapping and what stands under it. */
export interface Entry {
  readonly key: Span;
  readonly tree: Tree;
}

function child(tree: Tree, step: string | number): { readonly key: Span; readonly tree: Tree } | undefined {
  if (typeof step === 'string') return tree.entries?.get(step);
  const item = tree.items?.[step];
  return item && { key: item.span, tree: item };
}

/**
 * The value at `path`, or the last one on the way there. The latter is what a shorthand needs: in `tooltip: text` the
 * place of `tooltip.value` is the text itself.
 */
export function find(tree: Tree, path: Path): Tree {
  let here = tree;
  for (const step of path) {
    const next = child(here, step);
    if (!next) return here;
    here = next.tree;
  }
  return here;
}

/** Where the key at `path` is written; the place of {@link find} where there is no such key. */
export function keySpan(tree: Tree, path: Path): Span {
  const parent = find(tree, path.slice(0, -1));
  const last = path.at(-1);
  return (last === undefined ? undefined : child(parent, last)?.key) ?? parent.span;
}
