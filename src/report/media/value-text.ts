import { count } from '../../model/count.ts';
import { isObject, property, type Json, type JsonObject } from '../../model/json.ts';
import type { DesiredField } from '../../model/manifest.ts';
import { codePoint, visibleShort, visible } from '../../model/visible.ts';
import { agrees } from '../../plan/option-values.ts';

/** A declared or live value in a few plain words, escaped. */
export function valueText(value: Json): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return exactText(value, 300);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (isObject(value)) return objectText(value);
  return value.length === 0 ? 'nothing' : listText(value.map((item: Json) => optionText(item)));
}

/** The value of one of Zoho's keys, where the key says enough to leave the rest of it out. */
export function declaredText(key: string, value: Json): string {
  const text = key === 'tooltip' && isObject(value) ? property(value, 'value') : undefined;
  return valueText(text ?? value);
}

/**
 * A text as exactly what it is: blanks that nobody sees, at its ends, after another one, or wider than the usual one, are
 * written out. The ideographic blank is usual in the scripts that have it.
 */
export function exactText(text: string, most = Infinity): string {
  if (text === '') return '""';
  const shown = visible(text.slice(0, most * 4)).replaceAll(UNSEEN_BLANKS, (blanks) =>
    Array.from(blanks, codePoint).join(''),
  );
  return shown.length <= most ? shown : `${shown.slice(0, most - 1)}…`;
}

const UNSEEN_BLANKS = /^ +| +$|(?<= ) +|[^\P{Zs} \u3000]+/gu;

/** Lists stay short enough to be read; the whole list is in the JSON. */
function listText(items: readonly string[]): string {
  const most = 12;
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown}, … (${items.length} in all)` : shown;
}

function optionText(item: Json): string {
  const display = isObject(item) ? property(item, 'display_value') : undefined;
  if (!isObject(item) || typeof display !== 'string') return valueText(item);
  const actual = property(item, 'actual_value');
  const stored =
    typeof actual === 'string' && actual !== display ? ` (stored as ${exactText(actual, 60)})` : '';
  return `${exactText(display, 60)}${stored}`;
}

function objectText(value: { readonly [key: string]: Json }): string {
  const name = property(value, 'name') ?? property(value, 'api_name');
  const permission = property(value, 'permission_type');
  if (typeof name === 'string' && typeof permission === 'string') {
    return `${visibleShort(name, 60)} ${visibleShort(permission, 20)}`;
  }
  const parts = Object.entries(value).map(([key, inner]) => `${visibleShort(key, 60)} ${valueText(inner)}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/** The data type with what matters most about it: `text, 50 characters`. */
export function typeText(field: DesiredField): string {
  const length = property(field.declared, 'length');
  const decimals = property(field.declared, 'decimal_place');
  const kind = property(field.declared, 'textarea');
  const parts = [visibleShort(field.data_type, 60)];
  if (isObject(kind)) parts.push(valueText(property(kind, 'type') ?? null));
  if (typeof length === 'number') parts.push(lengthText(field.data_type, length));
  if (typeof decimals === 'number') parts.push(count(decimals, 'decimal'));
  return parts.join(', ');
}

function lengthText(dataType: string, length: number): string {
  if (dataType === 'fileupload') return count(length, 'file');
  if (dataType === 'imageupload') return count(length, 'image');
  const digits = ['integer', 'bigint', 'double', 'currency', 'percent', 'autonumber'].includes(dataType);
  return count(length, digits ? 'digit' : 'character');
}

/** Two values that differ, each in words. */
export type Pair = readonly [string, string];

/**
 * Two values of one of Zoho's keys so that the difference is seen: of what both have alike only enough is left to know
 * what it is, and where the two would look the same, the characters that differ are written out.
 */
export function contrasted(key: string, want: Json, live: Json): Pair {
  const path: string[] = [];
  let [one, other] = [want, live];
  while (isObject(one) && isObject(other)) {
    const [only, ...more] = keysApart(one, other);
    if (only === undefined || more.length > 0) break;
    // Of a tooltip the text says enough.
    if (only !== 'value') path.push(only);
    [one, other] = [property(one, only) ?? null, property(other, only) ?? null];
  }
  const pair =
    typeof one === 'string' && typeof other === 'string'
      ? contrastedTexts(one, other)
      : inWords(path.length > 0 ? '' : key, ...apart(one, other));
  const before = path.map((step) => `${visibleShort(step, 60)} `).join('');
  return [`${before}${pair[0]}`, `${before}${pair[1]}`];
}

function inWords(key: string, one: Json, other: Json): Pair {
  const short: Pair = [declaredText(key, one), declaredText(key, other)];
  if (short[0] !== short[1]) return short;
  const long: Pair = [valueText(one), valueText(other)];
  return long[0] === long[1] ? contrastedTexts(JSON.stringify(one), JSON.stringify(other)) : long;
}

/** The keys that differ in value; none where one side has keys that the other lacks, since then those matter too. */
function keysApart(one: JsonObject, other: JsonObject): readonly string[] {
  const keys = Object.keys(one);
  const isSame = keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key));
  return isSame ? keys.filter((key) => !agrees(one[key] ?? null, other[key] ?? null)) : [];
}

/** Of two objects the keys that differ, of two lists of one length the items; anything else stays whole. */
function apart(one: Json, other: Json): readonly [Json, Json] {
  if (isObject(one) && isObject(other)) {
    const keys = keysApart(one, other);
    const pick = (value: JsonObject): Json =>
      Object.fromEntries(keys.map((key) => [key, property(value, key) ?? null]));
    return keys.length === 0 ? [one, other] : [pick(one), pick(other)];
  }
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    const places = one.flatMap((item: Json, index) => (agrees(item, other[index] as Json) ? [] : [index]));
    const pick = (list: readonly Json[]): Json => places.map((place) => list[place] as Json);
    return places.length === 0 ? [one, other] : [pick(one), pick(other)];
  }
  return [one, other];
}

/** More than this of a text is not read. */
const MOST = 280;

/** What stays of a long text before the first place that differs. */
const BEFORE = 40;

/** Two texts that differ, escaped; where they look alike, with the characters that differ written out. */
export function contrastedTexts(one: string, other: string): Pair {
  const [left, right] = [Array.from(one), Array.from(other)];
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  const isAlike = looksLike(one, other);
  const written = (text: readonly string[], cut: number): string => {
    const last = text.length - end;
    const parts = isAlike
      ? [...text.slice(cut, start), ...text.slice(start, last).map(spelled), ...text.slice(last)]
      : [exactText(text.slice(cut).join(''))];
    // Pieces that are harmless may be a command together.
    return visible(`${cut > 0 ? '…' : ''}${parts.join('')}`);
  };
  let cut = 0;
  // A character that is written out is as long as ten: what counts is what is read.
  if ([left, right].some((text) => text.length > MOST || written(text, 0).length > MOST)) {
    cut = Math.max(0, start - BEFORE);
    while (exactText(left.slice(cut, start).join('')).length > MOST / 2) cut += 1;
  }
  const shown = (text: readonly string[]): string => {
    const whole = written(text, cut);
    return whole === '' ? '""' : whole.length <= MOST + 1 ? whole : `${whole.slice(0, MOST)}…`;
  };
  return [shown(left), shown(right)];
}

/** A character that a reader cannot mistake stays as it is; letters and digits of ASCII are such. */
function spelled(character: string): string {
  return /^[!-~]$/u.test(character) ? character : codePoint(character);
}

/** True where two texts differ in nothing that a reader would notice. */
function looksLike(one: string, other: string): boolean {
  return one !== other && (look(one) === look(other) || hasLookalikeLetters(one, other));
}

/** What is left of a text on the way through the eye. */
export function look(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}|\p{Cc}|\p{Cf}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Letters of scripts that share their shapes: a Cyrillic or a Greek one in the place of a Latin one. */
function hasLookalikeLetters(one: string, other: string): boolean {
  const [left, right] = [Array.from(one), Array.from(other)];
  return (
    left.length === right.length &&
    left.every((letter, index) => {
      const across = right[index] ?? '';
      return (
        letter === across ||
        (isLatin.test(letter) && isShared.test(across)) ||
        (isLatin.test(across) && isShared.test(letter))
      );
    })
  );
}

const isLatin = /^\p{Script=Latin}$/u;
const isShared = /^[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]$/u;
