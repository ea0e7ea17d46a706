import { count } from '../../model/count.ts';
import { isObject, property, type Json } from '../../model/json.ts';
import type { DesiredField } from '../../model/manifest.ts';
import { codePoint } from '../../model/visible.ts';
import { visibleShort, visible } from '../../model/visible.ts';

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
