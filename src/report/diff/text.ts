import { count } from '../../model/count.ts';
import type { Changes, FieldChange, KeyChange } from '../../diff/changes.ts';
import { permanentKeys } from '../../plan/compare.ts';
import { plainText, data, shorten, type Words } from '../media/document.ts';
import { visible, visibleShort } from '../../model/visible.ts';
import { keyWords, changedOptions } from '../media/words.ts';
import { hanging, headline, keyed, wrap, type Look } from '../media/layout.ts';
import { declaredText, typeText, contrasted } from '../media/value-text.ts';

const KEY_WIDTH = 13;

/** What differs between two manifests, as a person at a terminal reads it; pure. */
export function diffText(changes: Changes, look: Look): string {
  const { base, head, modules } = changes;
  const named = modules.length > 1;
  const lines = [
    look.style.bold('Changes of the manifest'),
    ...keyed('before', visibleShort(base.path, 200), look.width, 2, 14),
    ...keyed('after', visibleShort(head.path, 200), look.width, 2, 14),
    ...changes.changes.flatMap((change) => ['', ...changeLines(change, named, look)]),
    '',
    ...closing(changes, look),
  ];
  return `${lines.join('\n')}\n`;
}

const TITLES = {
  added: { sign: '+', tone: 'good', words: 'added' },
  removed: { sign: '-', tone: 'warn', words: 'removed here, stays in Zoho' },
  changed: { sign: '~', tone: 'warn', words: 'changed' },
} as const;

function changeLines(change: FieldChange, named: boolean, look: Look): readonly string[] {
  const { style, width } = look;
  const { sign, tone, words } = TITLES[change.change];
  const field = change.head ?? change.base;
  const name = visible(named ? `${change.module}.${change.api_name}` : change.api_name);
  const type = field === undefined ? '' : typeText(field);
  return [
    ...headline([`${style[tone](sign)} ${style.bold(name)}`, type, style[tone](words)], width, 2, 6),
    ...(change.change === 'added' ? addedLines(change, look) : []),
    ...change.differences.flatMap((difference) => differenceLines(difference, look)),
    ...change.notes
      .filter((note) => note.grave)
      .flatMap((note) => pair('note', visibleShort(note.message, 1000), look)),
  ];
}

function addedLines({ head }: FieldChange, look: Look): readonly string[] {
  if (head === undefined) return [];
  const label = head.field_label === undefined ? [] : pair('label', visibleShort(head.field_label), look);
  if (!head.create) return [...label, ...pair('create', 'no: it must exist already', look)];
  const keys = Object.entries(head.declared)
    .filter(([key]) => key !== 'length' && key !== 'decimal_place')
    .flatMap(([key, value]) => pair(keyWords(key), declaredText(key, value), look));
  const permanent = ['API name', 'data type', ...permanentKeys(head).map((key) => keyWords(key))];
  return [...label, ...keys, ...pair('permanent', `once created: ${permanent.join(', ')}`, look)];
}

function differenceLines(difference: KeyChange, look: Look): readonly string[] {
  const text = visible(plainText(keyChangeWords(difference))).replace(/^[^:]*: /u, '');
  const end = difference.permanent ? '   (Zoho cannot change it)' : '';
  return pair(keyWords(difference.key), `${text}${end}`, look);
}

function pair(key: string, text: string, look: Look): readonly string[] {
  return keyed(`${visibleShort(key, 60)} `, text, look.width, 6, KEY_WIDTH);
}

function closing({ changes, summary }: Changes, { style, width }: Look): readonly string[] {
  const bold = (text: string): readonly string[] =>
    hanging(text, width, 0, 0).map((line) => style.bold(line));
  if (changes.length === 0) return bold('No field changes: both versions mean the same.');
  const { added, removed, changed } = summary;
  const messages = changes
    .flatMap((change) => change.notes.filter((note) => !note.grave))
    .map((note) => note.message);
  return [
    ...bold(
      `${added} added, ${removed} removed, ${changed} changed; ${count(changes.length, 'field')} in all.`,
    ),
    ...[...new Set(messages)].flatMap((message) => wrap(visibleShort(message, 1000), width, 0)),
  ];
}

/** What became of one key. */
export function keyChangeWords(change: KeyChange): Words {
  const key = keyWords(shorten(change.key, 60));
  if (change.options !== undefined) return [`${key}: `, ...changedOptions(change.options, change.order)];
  const { before, after } = change;
  if (before === undefined) return [`${key}: now `, data(declaredText(change.key, after ?? null), 300)];
  if (after === undefined)
    return [`${key}: no longer declared, was `, data(declaredText(change.key, before), 300)];
  const [was, is] = contrasted(change.key, before, after);
  return [`${key}: `, data(was, 300), ' → ', data(is, 300)];
}
