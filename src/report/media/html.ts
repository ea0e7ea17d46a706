import { createHash } from 'node:crypto';
import { html as markup, raw } from 'hono/html';
import type { Block, Document, Row, Words } from './document.ts';
import { visible } from '../../model/visible.ts';
import { STYLESHEET } from './html-style.ts';

/**
 * A document as one page that needs nothing else: no script, no font, no picture, and a policy that would not load any.
 *
 * Every text goes through the template's own escaping, after whatever would act on a reader's eye was written out.
 */
export function html(document: Document, at?: number): string {
  const policy = `default-src 'none'; style-src 'sha256-${digest(STYLESHEET)}'; base-uri 'none'; form-action 'none'`;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="zoho-fields">
<meta name="referrer" content="no-referrer">
<title>${visible(document.title)}</title>
<style>${raw(STYLESHEET)}</style>
</head>
<body>
<main>
<h1>${visible(document.title)}</h1>
<div class="lead">
${document.lead.map((words) => markup`<p>${inline(words)}</p>\n`)}</div>
${document.blocks.map((block) => part(block))}<footer>
${document.closing.map((block) => part(block))}${at === undefined ? '' : madeAt(at)}</footer>
</main>
</body>
</html>
`;
  if (page instanceof Promise)
    throw new Error('the page was put together from something that is not there yet');
  return page.toString();
}

type Markup = ReturnType<typeof markup>;

function part(block: Block): Markup {
  switch (block.is) {
    case 'heading':
      return markup`<h2>${inline(block.words)}</h2>\n`;
    case 'paragraph':
      return markup`<p>${inline(block.words)}</p>\n`;
    case 'list':
      return markup`<ul>\n${block.items.map((words) => markup`<li>${inline(words)}</li>\n`)}</ul>\n`;
    case 'code':
      return markup`<pre>${block.text.split('\n').map((line) => `${visible(line)}\n`)}</pre>\n`;
    case 'table':
      return markup`<table>
<thead><tr>${block.head.map((name) => markup`<th scope="col">${visible(name)}</th>`)}</tr></thead>
<tbody>
${block.rows.map((row) => tableRow(row, block.head))}</tbody>
</table>\n`;
    case 'fold':
      return markup`<details>\n<summary>${visible(block.summary)}</summary>\n${block.blocks.map((inner) => part(inner))}</details>\n`;
  }
}

/** On a phone every cell stands on its own line, so it carries the name of its column. */
function tableRow({ tone, cells }: Row, head: readonly string[]): Markup {
  return markup`<tr class="${tone}">${cells.map((words, index) => markup`<td data-column="${visible(head[index] ?? '')}">${inline(words)}</td>`)}</tr>\n`;
}

function inline(words: Words): readonly (Markup | string)[] {
  return words.map((one) => {
    if (typeof one === 'string') return visible(one);
    if (one.as === 'strong') return markup`<strong>${visible(one.text)}</strong>`;
    return markup`<code>${one.text === '' ? '""' : visible(one.text)}</code>`;
  });
}

/** In the words of a reader who may be anywhere. */
function madeAt(at: number): Markup {
  return markup`<p>Made at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC.</p>\n`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
