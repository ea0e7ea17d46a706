import { count } from '../../model/count.ts';
import type { Block, Document, Words } from './document.ts';
import {
  markdownCellCode,
  markdownCode,
  markdownFence,
  markdownSummary,
  markdownText,
  markerText,
} from './escape.ts';

/** GitHub refuses a comment of more than 65,536; the rest is room for a name that the Action puts into the marker. */
export const LONGEST_COMMENT = 65_536 - 64;

/**
 * A document as the body of a comment.
 *
 * It starts with a hidden marker, by which the comment is found again and updated. Where the whole would be too long,
 * the lead and the closing stay, every block keeps at least a line that says what it holds, and rows and details are
 * left out from the end, each place telling how many.
 */
export function markdown(document: Document, most: number = LONGEST_COMMENT): string {
  const head = `${marker(document)}\n\n${document.lead.map((words) => inline(words)).join('\\\n')}`;
  const tail = document.closing.map((block) => fitted(block, most).text);
  const fixed = [head, ...tail].reduce((sum, part) => sum + part.length + 2, 0) + CUT_NOTICE.length + 2;
  const body = fit(document.blocks, most - fixed);
  const parts = [head, ...body.parts, ...(body.cut ? [CUT_NOTICE] : []), ...tail];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The first line: what the comment is, and of which manifest; {@link markerText} keeps it a comment. */
export function marker({ kind, manifest, digest }: Pick<Document, 'kind' | 'manifest' | 'digest'>): string {
  const plan = digest === undefined ? '' : ` digest="${markerText(digest)}"`;
  return `<!-- zoho-fields ${kind} manifest="${markerText(manifest)}"${plan} -->`;
}

const CUT_NOTICE =
  '**This comment was cut:** it may hold 65,536 characters. Every place above says what it leaves out; the formats html and json hold everything.';

interface Fitted {
  readonly text: string;
  readonly cut: boolean;
}

function fit(
  blocks: readonly Block[],
  room: number,
): { readonly parts: readonly string[]; readonly cut: boolean } {
  const parts: string[] = [];
  let left = room - blocks.reduce((sum, block) => sum + leastOf(block), 0);
  let cut = false;
  for (const block of blocks) {
    left += leastOf(block);
    const one = fitted(block, left - 2);
    cut ||= one.cut;
    if (one.text !== '') parts.push(one.text);
    left -= one.text.length + 2;
  }
  return { parts, cut };
}

/** Room that is kept for a block however long the ones before it are. */
function leastOf(block: Block): number {
  if (block.is === 'fold') return block.summary.length * 3 + 160;
  if (block.is === 'heading' || block.is === 'paragraph') return inline(block.words).length + 8;
  return 240;
}

function fitted(block: Block, room: number): Fitted {
  switch (block.is) {
    case 'heading':
      return whole(`#### ${inline(block.words)}`, room);
    case 'paragraph':
      return whole(inline(block.words), room);
    case 'code':
      return whole(markdownFence(block.text), room);
    case 'list': {
      const lines = block.items.map((words) => `- ${inline(words)}`);
      return listing([], lines, room, (left) => `- … and ${left} more, left out here.`);
    }
    case 'table': {
      const names = block.head.map((name) => markdownText(name)).join(' | ');
      const head = [`| ${names} |`, `|${' --- |'.repeat(block.head.length)}`];
      const rows = block.rows.map(({ cells }) => `| ${cells.map((words) => cell(words)).join(' | ')} |`);
      return listing(
        head,
        rows,
        room,
        (left) => `\n… and ${count(left, `more ${block.unit}`, `more ${block.unit}s`)}, left out here.`,
      );
    }
    case 'fold': {
      const start = `<details><summary>${markdownSummary(block.summary)}</summary>`;
      const inner = fit(block.blocks, room - start.length - 16);
      if (inner.parts.length === 0 && inner.cut) {
        return { text: `${markdownText(block.summary)}: left out here.`, cut: true };
      }
      return { text: [start, ...inner.parts, '</details>'].join('\n\n'), cut: inner.cut };
    }
  }
}

function whole(text: string, room: number): Fitted {
  return text.length <= room ? { text, cut: false } : { text: '', cut: true };
}

/** As many lines as fit, and how many did not; nothing at all where not even one fits. */
function listing(
  head: readonly string[],
  lines: readonly string[],
  room: number,
  more: (left: number) => string,
): Fitted {
  const all = [...head, ...lines].join('\n');
  if (all.length <= room) return { text: all, cut: false };
  const shown: string[] = [...head];
  let used = head.join('\n').length + more(lines.length).length + 1;
  for (const line of lines) {
    if (used + line.length + 1 > room) break;
    used += line.length + 1;
    shown.push(line);
  }
  const left = lines.length - (shown.length - head.length);
  const none = left === lines.length;
  if (none && more(left).length > room) return { text: '', cut: true };
  return { text: none ? more(left).trim() : [...shown, more(left)].join('\n'), cut: true };
}

function inline(words: Words, code: (text: string) => string = markdownCode): string {
  const text = words
    .map((one) => {
      if (typeof one === 'string') return markdownText(one);
      return one.as === 'data' ? code(one.text) : `**${markdownText(one.text)}**`;
    })
    .join('');
  // Blanks at the start would make the line code, or nothing.
  return text.startsWith(' ') ? `&#32;${text.slice(1)}` : text;
}

function cell(words: Words): string {
  return inline(words, markdownCellCode);
}
