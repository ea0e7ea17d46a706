import type { Draft } from './draft.ts';
import { findGap, type Gap } from './find-list.ts';
import { draftOf, outcome, type Imported, type ImportWish } from './import-module.ts';
import { settle, type Written } from './revise.ts';
import type { Stanza } from './stanza.ts';
import { flowText, stanzaLines, documentText } from './write-stanza.ts';

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
  const { lines, starts, heights } = laidOut(stanzas, start, (stanza) => stanzaLines(stanza, layout));
  const added = lines.join(eol);
  return {
    text: `${before}${isOpen ? `${eol}${added}` : `${added}${eol}`}${text.slice(at)}`,
    starts,
    heights,
  };
}

/** Between brackets every item stands on a line of its own, so that what is wrong with one can be told from its line. */
function withItems(text: string, { at, lead }: Gap, stanzas: readonly Stanza[]): Written {
  const before = text.slice(0, at);
  const eol = breakOf(text);
  const { lines, starts, heights } = laidOut(stanzas, lineNumber(before) + 1, (stanza) => [
    `${lead ?? '  '}${flowText(stanza)}`,
  ]);
  return { text: `${before},${eol}${lines.join(`,${eol}`)}${text.slice(at)}`, starts, heights };
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

function laidOut(
  stanzas: readonly Stanza[],
  first: number,
  write: (stanza: Stanza) => readonly string[],
): {
  readonly lines: readonly string[];
  readonly starts: readonly number[];
  readonly heights: readonly number[];
} {
  const lines: string[] = [];
  const starts: number[] = [];
  const heights: number[] = [];
  for (const stanza of stanzas) {
    const own = write(stanza);
    starts.push(first + lines.length);
    heights.push(own.length);
    lines.push(...own);
  }
  return { lines, starts, heights };
}
