import { visible } from '../../model/visible.ts';

/**
 * Text inside a sentence of a comment. Whatever Markdown or GitHub would act on becomes a character reference, which is
 * text by definition; what GitHub links only after Markdown is done (mentions, issues, commits, addresses, emoji) is
 * parted by a zero-width space, because references would be resolved by then.
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(LINKED_LATER, (match) => `${match}${MARK}`)
    .replace(COMMIT, (match) => match.replace(/.{6}/gu, `$&${MARK}`))
    .replace(/[\\`*_[\]<>&|~$^{}]/gu, reference)
    .replace(/^(?:[-+=#>]|\d+[.)])/u, (start) => start.replace(/\D/gu, reference))
    .replaceAll(MARK, '&#8203;');
}

/** What GitHub's own passes look for behind these: `@user`, `#1` and `GH-1`, `:emoji:`, `http://`, `www.`, addresses. */
const LINKED_LATER = /@|#(?=\d)|\bgh-(?=\d)|:(?=\/\/|[\w+-]+:)|\b(?:mailto|xmpp):|\bwww(?=\.)/giu;

/** What could be the hash of a commit, of which seven digits are enough; ids of Zoho have no letters. */
const COMMIT = /\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7,}/giu;

/** Private characters are all written out by then, so none of the text's own can be taken for this one. */
const MARK = '\ue000';

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}

/** Text shown exactly, where nothing links and nothing is marked up: a code span, with a fence longer than any in it. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  if (shown === '') return '`""`';
  const fence = '`'.repeat(longestRunOf('`', shown) + 1);
  // One blank at each end is taken off, but of blanks alone none is.
  const pad = /^`|`$|^ .*[^ ].* $/u.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * A code span in a table: a bar ends the cell even inside it, unless a backslash is before it. Behind a backslash of the
 * text's own that would be read differently by different parsers, so there the bar is written as its code point.
 */
export function markdownCellCode(text: string): string {
  return markdownCode(visible(text).replaceAll('\\|', '\\\\x7c')).replaceAll('|', '\\|');
}

/** Text in a fence that nothing in it can close. */
export function markdownFence(text: string): string {
  const lines = text.split('\n').map((line) => visible(line));
  const shown = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longestRunOf('`', shown) + 1));
  return `${fence}text\n${shown}\n${fence}`;
}

/** Text of a `<summary>`, which is HTML to Markdown: escaped as such, and just as inert for what links later. */
export function markdownSummary(text: string): string {
  return markdownText(text);
}

/** Text of the hidden marker: an HTML comment ends at `-->`, so nothing but letters, digits and a few signs is left. */
export function markerText(text: string): string {
  return encodeURIComponent(text.slice(0, 200).toWellFormed())
    .replaceAll('%2F', '/')
    .replaceAll('--', '-%2D');
}

function longestRunOf(character: string, text: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
