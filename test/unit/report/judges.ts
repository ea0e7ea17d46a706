import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parse, parseFragment, type DefaultTreeAdapterTypes } from 'parse5';

/**
 * Judges of hostile text: parsers that read an output as its medium would, and say what would act.
 *
 * Each gives a list of sins, which is empty for an output in which nothing acts.
 */

/** Characters that no output may hold as they are; a line break is the only one with a meaning. */
export function rawControls(text: string): readonly string[] {
  const found = text.match(
    /(?!\n)\p{Cc}|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u00ad\u180e]|[\ud800-\udfff]|[\u{e0000}-\u{e007f}]/gu,
  );
  return (found ?? []).map((one) => `raw U+${one.codePointAt(0)?.toString(16) ?? ''}`);
}

/** A command that a runner would obey. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** The newer rule: the line, trimmed, starts with `::`, and another `::` ends the command. */
export function parseCommand(line: string): RunnerCommand | undefined {
  const trimmed = line.trimStart();
  if (!trimmed.startsWith('::')) return undefined;
  const end = trimmed.indexOf('::', 2);
  if (end < 0) return undefined;
  const info = trimmed.slice(2, end);
  const space = info.indexOf(' ');
  const pairs =
    space < 0
      ? []
      : info
          .slice(space + 1)
          .trim()
          .split(',')
          .filter((pair) => pair !== '');
  const properties = pairs.flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at < 0 ? [] : [[pair.slice(0, at), unescape(pair.slice(at + 1), true)]];
  });
  return {
    name: space < 0 ? info : info.slice(0, space),
    properties: new Map(properties),
    data: unescape(trimmed.slice(end + 2), false),
  };
}

/** The older rule: `##[` anywhere in the line. */
export function hasOldCommand(line: string): boolean {
  return line.includes('##[');
}

/** Lines of a log that a runner would obey. It breaks lines at every kind of line end. */
export function runnerSins(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/u)
    .filter((line) => parseCommand(line) !== undefined || hasOldCommand(line))
    .map((line) => `the runner obeys: ${line.slice(0, 120)}`);
}

function unescape(text: string, property: boolean): string {
  const plain = property ? text.replaceAll('%3A', ':').replaceAll('%2C', ',') : text;
  return plain.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

const COMMENT_TAGS = new Set(
  'a p br strong code pre h4 ul li table thead tbody tr th td details summary'.split(' '),
);
const PAGE_TAGS = new Set(
  'html head body meta title style main div h1 h2 p ul li strong code pre table thead tbody tr th td details summary footer'.split(
    ' ',
  ),
);
const PAGE_ATTRIBUTES = new Set('lang charset http-equiv content name class scope data-column'.split(' '));

/** What would act in a comment, read by a Markdown parser with GitHub's extensions and then by an HTML parser. */
export function markdownSins(text: string): readonly string[] {
  const fragment = parseFragment(
    micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }),
  );
  const sins: string[] = [];
  walk(fragment, [], (node, above) => {
    if ('tagName' in node) {
      if (!COMMENT_TAGS.has(node.tagName) || node.tagName === 'a') sins.push(`<${node.tagName}>`);
      // The fence's language is the parser's own doing.
      for (const { name, value } of node.attrs) {
        if (`${name}=${value}` !== 'class=language-text') sins.push(`attribute ${name}=${value}`);
      }
      if (node.tagName === 'table') sins.push(...tableSins(node));
    }
    if (node.nodeName === '#comment' && !('data' in node && / zoho-fields /u.test(node.data)))
      sins.push('a comment');
    if (
      node.nodeName === '#text' &&
      'value' in node &&
      !above.some((tag) => tag === 'code' || tag === 'pre')
    ) {
      sins.push(...linkedLater(node.value));
    }
  });
  return sins;
}

/** What GitHub links in text after Markdown is done. */
function linkedLater(text: string): readonly string[] {
  const rules: Readonly<Record<string, RegExp>> = {
    mention: /(?:^|[^\w`])@[a-z0-9][a-z0-9-]*/iu,
    issue: /(?:^|[^\w&])(?:[\w.-]+\/[\w.-]+)?#\d+\b|\bGH-\d+/iu,
    address: /\bhttps?:\/\/|\bwww\.\w|[\w.+-]+@[\w-]+\.\w+|\b(?:mailto|xmpp):\w/iu,
    emoji: /:[\w+-]+:/u,
    commit: /\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,40}\b/iu,
  };
  return Object.entries(rules)
    .filter(([, rule]) => rule.test(text))
    .map(([name]) => `${name} in ${JSON.stringify(text.slice(0, 200))}`);
}

/** A cell too many or too few means that text ended a cell. */
function tableSins(table: Element): readonly string[] {
  const rows: number[] = [];
  walk(table, [], (node) => {
    if ('tagName' in node && node.tagName === 'tr') {
      rows.push(node.childNodes.filter((cell) => 'tagName' in cell).length);
    }
  });
  return new Set(rows).size === 1 ? [] : [`a table with rows of ${rows.join(', ')} cells`];
}

/** How many rows a comment's tables have, heads left out. */
export function markdownRows(text: string): number {
  const page = micromark(text, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return page.split('<tr>').length - page.split('<thead>').length;
}

/** What would act on a page. */
export function htmlSins(text: string): readonly string[] {
  const sins: string[] = [];
  const document = parse(text, {
    onParseError: (error) => sins.push(`parse error ${error.code}`),
    sourceCodeLocationInfo: true,
  });
  let [styles, metas] = [0, 0];
  walk(document, [], (node) => {
    if (node.nodeName === '#comment') sins.push('a comment');
    if (!('tagName' in node)) return;
    if (!PAGE_TAGS.has(node.tagName)) sins.push(`<${node.tagName}>`);
    if (node.tagName === 'style') styles += 1;
    if (node.tagName === 'meta') metas += 1;
    for (const { name, value } of node.attrs) {
      if (!PAGE_ATTRIBUTES.has(name)) sins.push(`attribute ${name}=${value}`);
    }
  });
  if (styles !== 1) sins.push(`${styles} style sheets`);
  // Our own, of which one is the policy; another one could lead elsewhere.
  if (metas !== 6) sins.push(`${metas} meta tags`);
  return sins;
}

/** Cells that a spreadsheet would compute, whether a comma or a semicolon ends them for it. */
export function csvSins(text: string): readonly string[] {
  const commas = [...text.matchAll(/(?<=^|,|\n)(?:"((?:[^"]|"")*)"|([^,\n]*))(?=,|\n|$)/gu)];
  const cells = [
    ...commas.map(([, quoted, plain]) => (quoted ?? plain ?? '').replaceAll('""', '"')),
    ...text.split(/[;\n]/u).map((piece) => piece.replace(/^\s*"?/u, '')),
  ];
  return cells
    .filter((cell) => /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(cell))
    .map((cell) => `a formula: ${cell.slice(0, 100)}`);
}

/** All text of a page as people see it. */
export function htmlText(text: string): string {
  let seen = '';
  walk(parse(text), [], (node) => {
    if (node.nodeName === '#text' && 'value' in node) seen += node.value;
  });
  return seen;
}

function walk(
  node: Node,
  above: readonly string[],
  visit: (node: Node, above: readonly string[]) => void,
): void {
  visit(node, above);
  const inside = 'tagName' in node ? [...above, node.tagName] : above;
  if ('childNodes' in node) for (const child of node.childNodes) walk(child, inside, visit);
}
