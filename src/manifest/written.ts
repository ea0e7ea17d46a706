import type { Path, Written } from '../model/written.ts';
import { pathText } from '../model/written.ts';
import type { Lines } from './frame.ts';
import { moved } from './shorthands.ts';
import type { Tree } from './tree.ts';

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
