import { lengthOf, textOf } from '../json.ts';
import { placeOf, type Rule } from './item.ts';
import { holdsLabel, isReservedLabel } from './names.ts';
import { duplicate, invalidData, notAllowed, problem } from './problem.ts';

/** The label as Zoho keeps it. */
export const labelOf = (body: Parameters<typeof textOf>[0]): string =>
  (textOf(body, 'field_label') ?? '').trim();

/** Letters, marks and digits of any script, and the signs that were seen in labels (sheet §3.5). */
const LABEL = /^[\p{L}\p{M}\p{N} .()（）%/\-_'?&]*$/u;

/** The rules for `field_label`, in the order in which they are judged (sheet §3.5). */
export const labelRules: readonly Rule[] = [
  (item) => {
    const length = lengthOf(labelOf(item.body));
    const most = item.zoho.switches.labelMaxLength;
    if (length > most) return invalidData(placeOf(item, 'field_label'), { maximum_length: most });
    return length === 0 ? invalidData(placeOf(item, 'field_label'), { minimum_length: 1 }) : undefined;
  },
  (item) =>
    LABEL.test(labelOf(item.body))
      ? undefined
      : invalidData(placeOf(item, 'field_label'), {}, 'Special characters in field label'),
  (item) => {
    if (!isReservedLabel(labelOf(item.body))) return undefined;
    const message = 'System keyword not allowed in field label';
    const place = placeOf(item, 'field_label');
    return item.zoho.switches.reservedLabelCode === 'NOT_ALLOWED'
      ? notAllowed(place, message)
      : problem('RESERVED_KEYWORD_NOT_ALLOWED', message, { ...place });
  },
  (item) =>
    holdsLabel(item, labelOf(item.body))
      ? duplicate(placeOf(item, 'field_label'), 'Field label duplicate')
      : undefined,
];
