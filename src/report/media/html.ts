import { createHash } from 'node:crypto';
import { html as markup, raw } from 'hono/html';
import type { Block, Document, Row, Words } from './document.ts';
import { visible } from '../../model/visible.ts';

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
  return markup`<tr class="${tone}">${cells.map((words, index) => markup`<td${isName(words) ? raw(' class="name"') : ''} data-column="${visible(head[index] ?? '')}">${inline(words)}</td>`)}</tr>\n`;
}

/** A name or an id by itself, short enough to stand in one line wherever there are columns. */
function isName(words: Words): boolean {
  const [only, ...more] = words;
  return typeof only === 'object' && only.as === 'data' && more.length === 0 && /^\S{1,20}$/u.test(only.text);
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

/** The page's whole look: light and dark, phone and paper. The page's policy allows exactly this text and no other. */
const STYLESHEET = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --box: #f6f8fa;
  --good: #116329; --warn: #7d4e00; --bad: #b3141d; --good-bar: #2da44e; --warn-bar: #bf8700; --bad-bar: #d1242f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1117; --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --box: #161b22;
    --good: #56d364; --warn: #e3b341; --bad: #ff8a80; --good-bar: #2ea043; --warn-bar: #bb8009; --bad-bar: #da3633;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 80rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
p, li { overflow-wrap: anywhere; }
.lead { border: 1px solid var(--line); border-radius: .5rem; background: var(--box); padding: .75rem 1rem; }
.lead p { margin: .25rem 0; }
code { font: .875em/1.4 ui-monospace, monospace; background: var(--box); border: 1px solid var(--line); border-radius: .25rem;
  padding: 0 .25em; overflow-wrap: anywhere; white-space: pre-wrap; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
pre { font: .8125rem/1.45 ui-monospace, monospace; background: var(--box); border: 1px solid var(--line); border-radius: .5rem;
  padding: .75rem; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .75rem 0 1rem; }
th { text-align: left; font-size: .8125rem; color: var(--soft); border-bottom: 2px solid var(--line); padding: .375rem .5rem; }
td { vertical-align: top; border-bottom: 1px solid var(--line); padding: .5rem; overflow-wrap: anywhere; }
td:not(:first-child):not(:last-child) { min-width: 8.5rem; }
td:last-child { min-width: 13rem; }
td.name code { white-space: nowrap; }
td:first-child { white-space: nowrap; font-weight: 600; border-left: .25rem solid var(--line); }
tr.good td:first-child { color: var(--good); border-left-color: var(--good-bar); }
tr.warn td:first-child { color: var(--warn); border-left-color: var(--warn-bar); }
tr.bad td:first-child { color: var(--bad); border-left-color: var(--bad-bar); }
details { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; margin: .75rem 0; }
summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .5rem; color: var(--soft); font-size: .9375rem; }
@media screen and (max-width: 70rem) {
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table, tbody, tr, td { display: block; }
  tr { border: 1px solid var(--line); border-left: .25rem solid var(--line); border-radius: .375rem; margin: 0 0 .75rem; padding: .25rem 0; }
  tr.good { border-left-color: var(--good-bar); } tr.warn { border-left-color: var(--warn-bar); } tr.bad { border-left-color: var(--bad-bar); }
  td, td:not(:first-child):not(:last-child), td:last-child { border: 0; min-width: 0; padding: .25rem .75rem; }
  td:first-child { border-left: 0; white-space: normal; }
  td.name code { white-space: pre-wrap; }
  td:empty { display: none; }
  td:not(:first-child)::before { content: attr(data-column); display: block; font-size: .75rem; color: var(--soft); }
}
@media print {
  :root { font-size: 11px; --paper: #fff; --ink: #000; --soft: #444; --line: #999; --box: #fff; --good: #000; --warn: #000; --bad: #000; }
  main { max-width: none; padding: 0; }
  td:not(:first-child):not(:last-child) { min-width: 6rem; }
  tr, pre { break-inside: avoid; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
}
`;
