import { lengthOf, textOf } from '../json.ts';
import type { Field } from '../state/organisation-state.ts';
import { placeOf, type Rule, duplicate, invalidData, notAllowed, problem, type Item } from './problem.ts';
import { isUsed } from './read-fields.ts';

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

/** The API name that the body asks for, where this Zoho listens (sheet §3.6 a). */
export function requestedApiName({ body, zoho }: Item): string | undefined {
  return zoho.switches.apiNameInBody === 'honour' ? textOf(body, 'api_name') : undefined;
}

/** A letter first, no two underscores in a row, none at the end (sheet §3.6 b). */
const API_NAME = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** The rules for a requested API name (sheet §3.3, §3.6). */
export const apiNameRules: readonly Rule[] = [
  (item) => {
    const name = requestedApiName(item);
    if (name === undefined) return undefined;
    const place = placeOf(item, 'api_name');
    if (name.length > API_NAME_LENGTH) return invalidData(place, { maximum_length: API_NAME_LENGTH });
    return API_NAME.test(name) ? undefined : invalidData(place);
  },
  (item) => {
    const name = requestedApiName(item);
    if (name === undefined || !holdsApiName(item, name)) return undefined;
    return duplicate(placeOf(item, 'api_name'), 'API NAME DUPLICATE');
  },
  (item) => {
    const name = requestedApiName(item);
    if (name === undefined || !isReservedApiName(name)) return undefined;
    const place = placeOf(item, 'api_name');
    return problem('RESERVED_KEYWORD_NOT_ALLOWED', 'System keyword not allowed in api name', { ...place });
  },
];

/** Labels that Zoho keeps for itself (sheet §3.5). */
const RESERVED_LABELS = ['notes', 'tags', 'tag', 'owner', 'attachments', 'approval', 'currency', 'layout'];

/** API names that no field of the list shows but that are taken (sheet §3.6: the label `Name` became `Name1`). */
const RESERVED_API_NAMES = ['name', ...RESERVED_LABELS];

const isReservedLabel = (label: string): boolean => RESERVED_LABELS.includes(label.toLowerCase());

export const isReservedApiName = (name: string): boolean => RESERVED_API_NAMES.includes(name.toLowerCase());

/** Whether another field of the module has this label, in any of its two forms. */
function holdsLabel(item: Item, label: string): boolean {
  const { labelCaseInsensitive } = item.zoho.switches;
  const fold = (text: unknown): string => (labelCaseInsensitive ? String(text).toLowerCase() : String(text));
  return others(item).some(
    (field) => fold(field.field_label) === fold(label) || fold(field['display_label']) === fold(label),
  );
}

/** Whether another field of the module has this API name; case does not make a difference. */
export function holdsApiName(item: Item, name: string): boolean {
  return others(item).some((field) => field.api_name.toLowerCase() === name.toLowerCase());
}

function others({ module, existing, zoho }: Item): readonly Field[] {
  if (zoho.switches.duplicates === 'accept') return [];
  const holds = zoho.switches.unusedHoldsNames;
  return module.fields.filter((field) => field.id !== existing?.id && (holds || isUsed(field)));
}

/** The longest API name (sheet §3.3). */
const API_NAME_LENGTH = 50;

/**
 * The API name that Zoho makes of a label when none is given (sheet §3.6 b): everything outside ASCII letters and
 * digits becomes one underscore, none at the ends, and a name that is taken gets the first free number appended.
 * Labels that begin with a digit or hold nothing usable are on no record; `field` stands in, as Zoho was seen to
 * call one field of a non-Latin label.
 */
export function deriveApiName(label: string, isTaken: (name: string) => boolean): string {
  const words = label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
  const name = cut(/^[A-Za-z]/.test(words) ? words : `field${words}`, API_NAME_LENGTH);
  if (!isTaken(name)) return name;
  for (let number = 1; ; number += 1) {
    const suffix = String(number);
    const numbered = `${cut(name, API_NAME_LENGTH - suffix.length)}${suffix}`;
    if (!isTaken(numbered)) return numbered;
  }
}

const cut = (name: string, length: number): string => name.slice(0, length).replace(/_$/, '');
