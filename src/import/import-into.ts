import { type Draft, type Stanza, settle, type Written } from './draft.ts';
import { draftOf, outcome, type Imported, type ImportWish } from './import-module.ts';
import { flowText, stanzaLines, documentText, usualLayout, type Layout, laidOut } from './write-stanza.ts';
import type { Document, Node, YAMLSeq } from 'yaml';
import { isCollection, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, Scalar } from 'yaml';

/**
 * A manifest with what it lacks of a module: lines are put in, and no byte that was there changes.
 * @param text the manifest, valid and without a byte order mark.
 */
export function importInto(text: string, wish: ImportWish): Imported {
  const gap = findGap(text, wish.module);
  const draft = missingOf(draftOf(wish), gap);
  const place = {
    module: wish.module,
    live: wish.live,
    write: (stanzas: readonly Stanza[]) => written(text, wish.module, gap, stanzas),
  };
  const settled = settle(draft, place);
  return { text: settled.written.text, ...outcome(settled), isBeginning: false };
}

function missingOf(draft: Draft, gap: Gap | undefined): Draft {
  const declared = gap?.declared ?? new Set<string>();
  return {
    stanzas: draft.stanzas.filter((stanza) => !declared.has(stanza.field.api_name)),
    leftOut: draft.leftOut.filter(({ field }) => !declared.has(field.api_name)),
  };
}

function written(text: string, module: string, gap: Gap | undefined, stanzas: readonly Stanza[]): Written {
  if (stanzas.length === 0) return { text, starts: [], heights: [] };
  if (gap === undefined) return appended(text, module, stanzas);
  return gap.kind === 'lines' ? withLines(text, gap, stanzas) : withItems(text, gap, stanzas);
}

/** The line break that the text uses; the first one decides. */
function breakOf(text: string): string {
  return /\r?\n/u.exec(text)?.[0] ?? '\n';
}

function lineNumber(text: string): number {
  return text.split('\n').length;
}

function withLines(text: string, { at, layout }: Gap, stanzas: readonly Stanza[]): Written {
  const eol = breakOf(text);
  const before = text.slice(0, at);
  // A file that ends without a line break goes on doing so.
  const isOpen = !before.endsWith('\n');
  const start = lineNumber(before) + (isOpen ? 1 : 0);
  const { lines, ...places } = laidOut(stanzas, start, (stanza) => stanzaLines(stanza, layout));
  const added = lines.join(eol);
  return {
    text: `${before}${isOpen ? `${eol}${added}` : `${added}${eol}`}${text.slice(at)}`,
    ...places,
  };
}

/** Between brackets every item stands on a line of its own, so that what is wrong with one can be told from its line. */
function withItems(text: string, { at, lead }: Gap, stanzas: readonly Stanza[]): Written {
  const before = text.slice(0, at);
  const eol = breakOf(text);
  const { lines, ...places } = laidOut(stanzas, lineNumber(before) + 1, (stanza) => [
    `${lead ?? '  '}${flowText(stanza)}`,
  ]);
  return { text: `${before},${eol}${lines.join(`,${eol}`)}${text.slice(at)}`, ...places };
}

/** The module gets a document of its own. */
function appended(text: string, module: string, stanzas: readonly Stanza[]): Written {
  const eol = breakOf(text);
  const isOpen = text !== '' && !text.endsWith('\n');
  const head = `${text}${isOpen ? eol : ''}`;
  const own = documentText(['---'], module, stanzas);
  const added = own.text.replaceAll('\n', eol);
  return {
    text: `${head}${isOpen ? added.slice(0, -eol.length) : added}`,
    starts: own.starts.map((start) => start + lineNumber(head) - 1),
    heights: own.heights,
  };
}

/** Where in a manifest's text a field can be added to a module. */
interface Gap {
  /** The offset at which the new text begins. */
  readonly at: number;
  /** A list in brackets takes its items between commas, a list of dashes takes lines. */
  readonly kind: 'lines' | 'items';
  readonly layout: Layout;
  /** For `items`: what stands before the last item on its line, so that the new ones can stand below it. */
  readonly lead?: string;
  /** API names that the module declares already. */
  readonly declared: ReadonlySet<string>;
}

/**
 * Finds the end of a module's list of fields.
 * @param text a valid manifest.
 * @returns `undefined` where no document is about the module.
 */
function findGap(text: string, module: string): Gap | undefined {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    logLevel: 'silent',
    lineCounter: lines,
  });
  if (!Array.isArray(documents)) return undefined;
  for (const document of documents as readonly Document.Parsed[]) {
    const root: Node | null = document.contents;
    if (!isMap(root) || root.get('module') !== module) continue;
    const list = root.get('fields', true);
    if (isSeq(list)) return gapIn(text, list, lines);
  }
  return undefined;
}

function gapIn(text: string, list: YAMLSeq, lines: LineCounter): Gap | undefined {
  const last = list.items.at(-1);
  const declared = new Set(
    list.items.flatMap((item) => {
      const name = isMap(item) ? item.get('api_name') : undefined;
      return typeof name === 'string' ? [name] : [];
    }),
  );
  if (last === undefined || !isCollection(last)) return undefined;
  const end = endOf(last);
  if (list.flow === true) {
    const start = startOf(last);
    const lead = text.slice(lines.lineStarts[lines.linePos(start).line - 1] ?? 0, start);
    const isOwnLine = /^[ \t]*$/u.test(lead);
    return { at: end, kind: 'items', layout: usualLayout, declared, ...(isOwnLine ? { lead } : {}) };
  }
  return { at: afterLine(text, end, last), kind: 'lines', layout: layoutOf(text, last, lines), declared };
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Where the last word of a value ends: what a collection of lines counts as its own may go on into comments. */
function endOf(node: Node): number {
  if (!isCollection(node) || node.flow === true) return node.range?.[1] ?? 0;
  const ends = node.items.flatMap((item) => {
    const parts: readonly unknown[] =
      typeof item === 'object' && item !== null && 'key' in item
        ? [item.key, 'value' in item ? item.value : undefined]
        : [item];
    return parts.map((part) => (isCollection(part) || isScalar(part) ? endOf(part) : 0));
  });
  return Math.max(startOf(node), ...ends);
}

/** Behind the line on which a field ends, and behind comments that are indented as a part of it. */
function afterLine(text: string, end: number, last: Node): number {
  const isWholeLine = endsInBlock(last) && (end === 0 || text[end - 1] === '\n');
  let at = isWholeLine ? end : nextLine(text, end);
  const column = columnOf(text, startOf(last));
  for (;;) {
    const line = text.slice(at, nextLine(text, at));
    const comment = /^( *)#/u.exec(line);
    if (comment === null || (comment[1]?.length ?? 0) < column) return at;
    at = nextLine(text, at);
  }
}

/** A block of text ends with its line; anything else ends before the end of it. */
function endsInBlock(node: Node): boolean {
  if (isScalar(node)) return node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
  if (!isCollection(node) || node.flow === true) return false;
  const item: unknown = node.items.at(-1);
  const value: unknown = typeof item === 'object' && item !== null && 'value' in item ? item.value : item;
  return (isCollection(value) || isScalar(value)) && endsInBlock(value);
}

function nextLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Dashes and keys where those of the last field are. */
function layoutOf(text: string, last: Node, lines: LineCounter): Layout {
  const isFlow = isCollection(last) && last.flow === true;
  const start = startOf(last);
  const line = lines.linePos(start).line;
  const before = text.slice(lines.lineStarts[line - 1] ?? 0, start);
  const dash = /^( *)-( +)$/u.exec(before);
  if (dash !== null) {
    return { indent: dash[1]?.length ?? 0, step: 1 + (dash[2]?.length ?? 1), isFlow };
  }
  // The dash stands alone on a line before.
  const alone = [...text.slice(0, start).matchAll(/^( *)-[ \t]*(?:#.*)?\r?$/gmu)].at(-1);
  return { indent: alone?.[1]?.length ?? usualLayout.indent, step: usualLayout.step, isFlow };
}
