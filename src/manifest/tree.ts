import { type Path, type Written, pathText } from '../model/manifest.ts';
import type { Json } from '../model/json.ts';
import { type Span, type Lines, excerpt, quote, type Finding } from './finding.ts';
import { moved } from './shorthands.ts';
import { isMap, isPair, isScalar, isSeq, Scalar, type Node, type Pair } from 'yaml';
import { findHidden, fold, unmask } from './text.ts';
import { maxDepth, tooDeep } from './tokens.ts';

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

/** Turns a YAML document into plain values that know their places, and reports what YAML allows but a manifest cannot. */
export function buildTree(root: Node | null, whole: Span, start: number, problems: Finding[]): Tree {
  return new Builder(start, problems).build(root, whole, 1);
}

/** Nearly every text; looking closer at each one is what takes time in a large file. */
const isPrintable = (text: string): boolean => /^[ -~]*$/u.test(text);

/** What YAML 1.1, and many tools still, read as a date instead of a text. No key of a field takes a date. */
const date = /^\d{4}-\d{1,2}-\d{1,2}([Tt\s]+\d{1,2}:\d{2}.*)?$/u;

/** A key of a mapping, and where it stands. */
interface Key {
  readonly name: string;
  readonly span: Span;
}

class Builder {
  readonly #problems: Finding[];

  /** Where the document begins: ranges count from there. */
  readonly #start: number;

  constructor(start: number, problems: Finding[]) {
    this.#start = start;
    this.#problems = problems;
  }

  #spanOf(node: Node, fallback: Span): Span {
    return node.range ? { start: this.#start + node.range[0], end: this.#start + node.range[1] } : fallback;
  }

  #report(span: Span, code: string, message: string, remedy: string): void {
    this.#problems.push({ layer: 'yaml', code, message, remedy, span });
  }

  build(node: unknown, outer: Span, depth: number): Tree {
    if (isMap(node) || isSeq(node)) {
      const span = this.#spanOf(node, outer);
      if (depth > maxDepth) {
        this.#problems.push(tooDeep(span));
        return { value: null, span };
      }
      return isMap(node) ? this.#mapping(node.items, span, depth) : this.#sequence(node.items, span, depth);
    }
    if (isScalar(node)) return this.#scalar(node, this.#spanOf(node, outer));
    return { value: null, span: { start: outer.start, end: outer.start } };
  }

  #sequence(nodes: readonly unknown[], span: Span, depth: number): Tree {
    // `[a: b]` is a list of pairs for YAML; a mapping in a list is what people mean and what braces say.
    const items = nodes.map((node) =>
      isPair(node) ? this.#mapping([node], span, depth + 1) : this.build(node, span, depth + 1),
    );
    return { value: items.map((item) => item.value), span, items };
  }

  #mapping(pairs: readonly Pair[], span: Span, depth: number): Tree {
    const entries = new Map<string, Entry>();
    const known = new Map<string, string>();
    for (const pair of pairs) {
      const key = this.#key(pair.key, span);
      if (key === undefined) continue;
      const tree = this.build(pair.value, key.span, depth + 1);
      const same = known.get(fold(key.name));
      if (same !== undefined) this.#repeated(key, same);
      else if (this.#isUsable(key)) {
        known.set(fold(key.name), key.name);
        entries.set(key.name, { key: key.span, tree });
      }
    }
    // Without a prototype, `constructor` is just a key that nobody knows.
    const value: Record<string, Json> = Object.create(null);
    for (const [name, entry] of entries) value[name] = entry.tree.value;
    return { value, span, entries };
  }

  #key(node: unknown, outer: Span): Key | undefined {
    const span = isScalar(node) || isMap(node) || isSeq(node) ? this.#spanOf(node, outer) : outer;
    if (isScalar(node) && typeof node.value === 'string') {
      return { name: this.#text(node.value, span), span };
    }
    const isEmpty = node === null || node === undefined || (isScalar(node) && (node.source ?? '') === '');
    const message = isEmpty
      ? 'A key is missing before this colon.'
      : isScalar(node)
        ? `The key ${quote(node.source ?? '')} is not a text: YAML reads it as ${kindOf(node.value)}.`
        : 'A list or mapping cannot be a key.';
    const remedy = isEmpty
      ? 'Write the name of the key before the colon.'
      : 'Put the key in quotes if it is meant so.';
    this.#report(span, 'yaml-key', message, remedy);
    // The key still counts, so that nothing seems to be missing.
    return isScalar(node) ? { name: unmask(node.source ?? ''), span } : undefined;
  }

  #repeated({ name, span }: Key, first: string): void {
    if (name === first)
      this.#report(
        span,
        'duplicate-key',
        `The key ${quote(name)} stands twice in the same place.`,
        'Remove one of them; for another field begin a new list item with "- ".',
      );
    else
      this.#report(
        span,
        'confusable-key',
        `The keys ${quote(first)} and ${quote(name)} differ only in case, blanks or characters that look alike.`,
        'Keep one of them.',
      );
  }

  #isUsable({ name, span }: Key): boolean {
    if (name === '<<') {
      const message = 'Merge keys (<<) are not allowed: what is declared must stand where it is read.';
      this.#report(span, 'yaml-merge', message, 'Write the keys out here.');
    }
    if (name === '__proto__')
      this.#report(span, 'unknown-key', 'The key "__proto__" is not allowed.', 'Remove it.');
    return name !== '<<' && name !== '__proto__';
  }

  #scalar(node: Scalar, span: Span): Tree {
    const plain =
      node.type === Scalar.PLAIN || node.type === undefined ? unmask(node.source ?? '') : undefined;
    const written = plain === undefined ? {} : { plain };
    const { value } = node;
    if (typeof value === 'string' && plain !== undefined && date.test(value)) {
      const message = `Many programs read ${quote(value)} as a date, not as a text, and would write it differently.`;
      this.#report(span, 'unquoted-date', message, `Put it in quotes: '${excerpt(value)}'.`);
    }
    if (typeof value === 'string') return { value: this.#text(value, span), span, ...written };
    if (typeof value === 'boolean' || value === null || value === undefined)
      return { value: value ?? null, span, ...written };
    if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) {
      return { value, span, ...written };
    }
    this.#inexact(quote(plain ?? textOf(value)), value, span);
    return { value: null, span, ...written };
  }

  /** JavaScript and JSON keep about 16 digits, and know nothing that is not finite. */
  #inexact(written: string, value: unknown, span: Span): void {
    if (Number.isFinite(value))
      this.#report(
        span,
        'number-too-large',
        `The number ${written} cannot be kept exactly: it would silently become ${String(value)}.`,
        'Put it in quotes, so that every digit counts; ids of Zoho always need quotes.',
      );
    else
      this.#report(
        span,
        'special-number',
        `YAML reads ${written} as a special number that no field can hold.`,
        'Put it in quotes if it is a text.',
      );
  }

  /** The text without placeholders; hidden characters written as escapes are found only here. */
  #text(value: string, span: Span): string {
    if (isPrintable(value)) return value;
    const hidden = findHidden(unmask(value)).next().value;
    if (hidden) {
      this.#problems.push({
        layer: 'text',
        code: 'hidden-character',
        message: `The text contains ${hidden.name}, which is invisible.`,
        remedy: 'Remove the escape.',
        span,
      });
    }
    return unmask(value);
  }
}

/** A value as a message may show it; mappings have no prototype and cannot simply be turned into text. */
export function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? kindOf(value) : String(value);
}

/** What YAML made of an unquoted word, for people who expected a text. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing (null)';
  if (typeof value === 'boolean') return `the truth value ${String(value)}`;
  if (typeof value === 'number') return Number.isFinite(value) ? `the number ${value}` : 'a special number';
  return typeof value === 'string' ? 'a text' : Array.isArray(value) ? 'a list' : 'a mapping';
}
