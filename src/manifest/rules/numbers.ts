import { maxAffixLength, maxStartDigits } from '../../model/data-types.ts';
import { excerpt, quote } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { Tree } from '../tree.ts';
import { doubt, finding, numberAt, textAt, valueAt, valueSpan } from './field.ts';
import type { Field } from './field.ts';

/** How people write numbers; everything else is a surprise to someone. */
const ordinary = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/u;

/** `010` is ten for YAML 1.2 and eight for YAML 1.1; `1e2` and `0x10` are numbers only to programmers. */
export function oddNumbers(field: Field): Finding[] {
  return scalarsOf(field.tree).flatMap(({ value, plain, span }) => {
    if (typeof value !== 'number' || plain === undefined || ordinary.test(plain)) return [];
    const message = `YAML reads ${excerpt(plain)} as the number ${value}.`;
    return [finding(span, 'odd-number', message, `Write ${value}, or put it in quotes if it is a text.`)];
  });
}

function scalarsOf(tree: Tree): readonly Tree[] {
  const children = tree.items ?? Array.from(tree.entries?.values() ?? [], (entry) => entry.tree);
  return children.length > 0 ? children.flatMap(scalarsOf) : [tree];
}

/** Sheet §3.4: the decimals of a number are part of its length. */
export function decimalsWithinLength(field: Field): Finding[] {
  const decimals = numberAt(field, 'decimal_place');
  const length = numberAt(field, 'length');
  if (!field.mayBeCreated || field.type?.name !== 'double' || decimals === undefined || length === undefined)
    return [];
  if (decimals < length) return [];
  const message = `"decimal_place" (${decimals}) must be smaller than "length" (${length}), which counts all digits.`;
  const remedy = `Write a "decimal_place" below ${length}, or a greater "length".`;
  return [finding(valueSpan(field, 'decimal_place'), 'decimals', message, remedy)];
}

/** Sheet §3.4: an amount is rounded to fewer decimals than it is stored with. */
export function precisionBelowDecimals(field: Field): Finding[] {
  const decimals = numberAt(field, 'decimal_place');
  const precision = numberAt(field, 'currency', 'precision');
  if (!field.mayBeCreated || decimals === undefined || precision === undefined || precision < decimals)
    return [];
  const message = `The precision (${precision}) must be smaller than "decimal_place" (${decimals}).`;
  const remedy = 'Lower the precision, or raise "decimal_place" (at most 9).';
  return [finding(precisionSpan(field), 'precision', message, remedy)];
}

/** The precision may have been written beside `currency`. */
function precisionSpan(field: Field): Finding['span'] {
  return field.tree.entries?.get('precision')?.tree.span ?? valueSpan(field, 'currency', 'precision');
}

/** Sheet §3.4: at most 16 digits to start with. */
export function startNumber(field: Field): Finding[] {
  const start = valueAt(field, 'auto_number', 'start_number');
  if (!field.mayBeCreated || (typeof start !== 'number' && typeof start !== 'string')) return [];
  const digits = String(start);
  if (digits.length <= maxStartDigits || !/^\d+$/u.test(digits)) return [];
  const message = `The first number has ${digits.length} digits; Zoho takes at most ${maxStartDigits}.`;
  const span = valueSpan(field, 'auto_number', 'start_number');
  return [finding(span, 'start-number', message, 'Write a smaller number.')];
}

/** Sheet §3.4: only Zoho's OpenAPI file knows this limit, and it is wrong elsewhere; so it is no error. */
export function affixes(field: Field): Finding[] {
  if (!field.mayBeCreated) return [];
  return ['prefix', 'suffix'].flatMap((key) => {
    const text = textAt(field, 'auto_number', key);
    if (text === undefined || Array.from(text).length <= maxAffixLength) return [];
    const message = `The ${key} ${quote(text)} is longer than ${maxAffixLength} characters, which Zoho may refuse.`;
    return [doubt(field, valueSpan(field, 'auto_number', key), 'long-affix', message, 'Shorten it.')];
  });
}
