import { type Path, type Written, pathText } from '../model/written.ts';
import type { Json } from '../model/json.ts';
import type { Span } from './finding.ts';
import type { Lines } from './frame.ts';
import { moved } from './shorthands.ts';

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

/**
 * A stanza as it is written, in a form in which paths of Zoho's shape find their way: what Zoho objects to is to be told with
 * the words of the manifest.
 */
export function writtenStanza(tree: Tree, lines: Lines): Written {
  const stanza = build(tree, [], lines);
  const parts = new Map(stanza.parts);
  for (const [key, home] of Object.entries(moved)) {
    const [value, target] = [parts.get(key), parts.get(home)];
    // Beside the object that Zoho's page puts it into (see `shorthands.ts`): it is looked for inside, and named as it stands.
    if (value === undefined || target === undefined || target.parts.has(key)) continue;
    parts.set(home, { ...target, parts: new Map([...target.parts, [key, value]]) });
  }
  return { ...stanza, parts };
}

function build(tree: Tree, path: Path, lines: Lines): Written {
  const parts = new Map<string | number, Written>();
  for (const [index, item] of (tree.items ?? []).entries())
    parts.set(index, build(item, [...path, index], lines));
  for (const [index, [key, entry]] of [...(tree.entries ?? [])].entries()) {
    const isProfile = path.length === 1 && path[0] === 'profiles';
    // `profiles: {Standard: read_only}` is a list to Zoho.
    parts.set(isProfile ? index : key, build(entry.tree, [...path, key], lines));
  }
  return { key: pathText(path), value: tree.value, ...lines.at(tree.span.start), parts };
}
