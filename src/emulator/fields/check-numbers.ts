import { asText, dig, given, numberOf, textOf, type Json } from '../json.ts';
import { knowsKey } from './data-types.ts';
import { placeOf, type Item, type Rule } from './problem.ts';
import { at, dependentMismatch, invalidData, wrongType } from './problem.ts';

/** Digits of the first auto-number (sheet §3.4). */
const START_DIGITS = 16;

/** Length, decimals and precision, which all depend on something else (sheet §3.4). */
export const numberRules: readonly Rule[] = [
  (item) => {
    const length = numberOf(item.body, 'length');
    const allowed = item.dataType.length;
    if (length === undefined || allowed === undefined) return undefined;
    const place = placeOf(item, 'length');
    const dependee = placeOf(item, 'data_type');
    if ('oneOf' in allowed) {
      if (allowed.oneOf.includes(length)) return textAreaLength(item, length);
      return dependentMismatch(place, dependee, { supported_values: allowed.oneOf }, LENGTH_MESSAGE);
    }
    if (length >= allowed.from && length <= allowed.to) return undefined;
    return dependentMismatch(place, dependee, { range: { ...allowed } }, LENGTH_MESSAGE);
  },
  (item) => {
    const decimals = numberOf(item.body, 'decimal_place');
    if (decimals === undefined || !knowsKey(item.dataType, 'decimal_place')) return undefined;
    const place = placeOf(item, 'decimal_place');
    const to = Math.min(9, lengthInForce(item) - 1);
    if (decimals >= 0 && decimals <= to) return undefined;
    return dependentMismatch(place, placeOf(item, to < 9 ? 'length' : 'data_type'), {
      range: { from: 0, to },
    });
  },
  (item) => {
    const start = dig(item.body, 'auto_number', 'start_number');
    if (item.dataTypeName !== 'autonumber' || start === undefined) return undefined;
    const place = at(item.path, 'auto_number', 'start_number');
    if (!isWhole(start)) return wrongType(place, 'integer');
    return asText(start).length > START_DIGITS
      ? invalidData(place, { maximum_length: START_DIGITS })
      : undefined;
  },
  (item) => {
    const precision = dig(item.body, 'currency', 'precision');
    if (item.dataTypeName !== 'currency' || precision === undefined || isWhole(precision)) return undefined;
    return wrongType(at(item.path, 'currency', 'precision'), 'integer');
  },
  (item) => {
    const precision = Number(dig(item.body, 'currency', 'precision') ?? Number.NaN);
    const decimals = numberOf(item.body, 'decimal_place') ?? numberOf(item.existing, 'decimal_place');
    if (item.dataTypeName !== 'currency' || Number.isNaN(precision) || decimals === undefined)
      return undefined;
    if (precision >= 0 && precision < decimals) return undefined;
    const place = at(item.path, 'currency', 'precision');
    return dependentMismatch(place, placeOf(item, 'decimal_place'), { range: { from: 0, to: decimals - 1 } });
  },
];

/** A whole number from 0; Zoho's own pages write some of them as text. */
const isWhole = (value: Json): boolean => /^\d+$/.test(asText(value));

const LENGTH_MESSAGE = 'the given length value seems to be invalid';

/** The lengths of the three kinds of text area (sheet §3.4). */
export const TEXT_AREA_LENGTHS: Readonly<Record<string, number>> = {
  small: 2000,
  large: 32000,
  rich_text: 50000,
};

function textAreaLength(item: Item, length: number) {
  const kind = textOf(given(item.body, 'textarea'), 'type');
  const wanted = kind === undefined ? undefined : TEXT_AREA_LENGTHS[kind];
  if (item.dataTypeName !== 'textarea' || wanted === undefined || wanted === length) return undefined;
  const dependee = at(item.path, 'textarea', 'type');
  return dependentMismatch(placeOf(item, 'length'), dependee, { supported_values: [wanted] }, LENGTH_MESSAGE);
}

function lengthInForce({ body, existing, dataType }: Item): number {
  const longest = dataType.length !== undefined && 'to' in dataType.length ? dataType.length.to : 16;
  return numberOf(body, 'length') ?? numberOf(existing, 'length') ?? longest;
}
