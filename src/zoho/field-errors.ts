import type { Refusal } from '../apply/ports.ts';
import { given, isObject, property, textOf, type Json, type JsonObject } from '../model/json.ts';
import type { Envelope } from './http/answer.ts';

/**
 * An item-level error envelope (sheet §5.2) reduced to what the engine may rely on and a person wants to read.
 *
 * Messages differ between releases of Zoho; code and key are what counts.
 */
export function toRefusal(error: Envelope): Refusal {
  const place = placeOf(property(error.details, 'json_path'));
  const item = place?.item ?? firstItem(error.details);
  const named = property(error.details, 'api_name');
  const last = place?.path?.at(-1);
  const key = typeof named === 'string' && named !== '' ? named : typeof last === 'string' ? last : undefined;
  const limit = property(error.details, 'limit');
  const facts = factsOf(error.details);
  return {
    code: error.code,
    message: error.message === '' ? 'no explanation given' : error.message.slice(0, 500),
    ...given({ key, item, path: place?.path, limit: isCount(limit) ? limit : undefined, facts }),
    remedy: refusalRemedy(error.code, key === undefined || last === key ? keysOf(place?.path) : key),
  };
}

/** A path without its indexes; nothing where it leads to no key. */
function keysOf(path: Refusal['path'] = []): string | undefined {
  const keys = path.filter((step) => typeof step === 'string');
  return keys.length === 0 ? undefined : keys.join('.');
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Where in a request something is: in which item, and where in it. */
type Place = Required<Pick<Refusal, 'item'>> & Pick<Refusal, 'path'>;

/** `$.fields[2].lookup.display_label` is in item 2, at `lookup`, `display_label`. */
function placeOf(path: Json | undefined): Place | undefined {
  const match = typeof path === 'string' ? /^\$?\.?fields\[(\d{1,4})\](.*)$/s.exec(path) : null;
  if (match === null) return undefined;
  return { item: Number(match[1]), ...given({ path: stepsOf(match[2] ?? '') }) };
}

/** Keys behind dots, indexes in brackets; a path that says anything else says nothing that could be relied on. */
function stepsOf(path: string): Refusal['path'] {
  if (!/^(?:\.[A-Za-z_]\w{0,99}|\[\d{1,4}\]){0,20}$/.test(path)) return undefined;
  return Array.from(path.matchAll(/\.(\w+)|\[(\d+)\]/g), ([, key, index]) => key ?? Number(index));
}

/** Some errors name their item only inside a list or a dependee (sheet §5.2). */
function firstItem(details: JsonObject): number | undefined {
  const lists = ['dependee', 'ambiguity_due_to', 'limit_due_to', 'expected_fields'].flatMap((key) => {
    const value = property(details, key);
    return Array.isArray(value) ? value : [value];
  });
  for (const one of lists) {
    const place = isObject(one) ? placeOf(property(one, 'json_path')) : undefined;
    if (place !== undefined) return place.item;
  }
  return undefined;
}

function factsOf(details: JsonObject): string | undefined {
  const facts: string[] = [];
  for (const [key, words] of FACTS) {
    const value = property(details, key);
    if (value !== undefined && value !== null) facts.push(`${words} ${factText(value)}`);
  }
  return facts.length === 0 ? undefined : facts.join('; ').slice(0, 300);
}

const FACTS: readonly (readonly [string, string])[] = [
  ['limit', 'limit'],
  ['maximum_length', 'at most'],
  ['minimum_length', 'at least'],
  ['range', 'range'],
  ['supported_values', 'supported:'],
  ['allowed_values', 'allowed:'],
  ['expected_data_type', 'expected type'],
];

function factText(value: Json): string {
  if (isObject(value)) return `${textOf(property(value, 'from'))} to ${textOf(property(value, 'to'))}`;
  return Array.isArray(value) ? value.map((item: Json) => JSON.stringify(item)).join(', ') : textOf(value);
}

/**
 * What to do when Zoho refuses a field (sheet §5.2), by code and, where it matters, by what Zoho objects to. What that is the
 * report says beside it, in the manifest's own words.
 * @param subject keys only, such as `field_label` or `lookup.module.api_name`; a bare key where Zoho tells no path.
 */
function refusalRemedy(code: string, subject: string | undefined): string {
  const words = property(REMEDIES, code);
  if (typeof words === 'function') return words(subject ?? '');
  return (
    words ??
    'Correct in the manifest what Zoho names, validate it, and apply again: fields that exist are left as they are.'
  );
}

/** A module that a lookup leads to (sheet §3.4). */
const isModule = (subject: string): boolean => /(?:^|\.)module\.(?:api_name|id)$/u.test(subject);
const isOption = (subject: string): boolean => /^pick_list_values(?:\.|$)/u.test(subject);

const REMEDIES: Readonly<Record<string, string | ((subject: string) => string)>> = {
  MANDATORY_NOT_FOUND: 'Add to the field in the manifest what is missing.',
  INVALID_DATA: (subject) => {
    if (subject === 'field_label')
      return "Use only letters, digits, spaces and . ( ) % / - _ ' ? & in the label.";
    if (isModule(subject))
      return 'Write the API name of a module of this organisation: Setup > Developer Space > APIs > API names.';
    if (isOption(subject)) return 'Correct that option in the manifest.';
    if (subject === '') return 'Correct the value that Zoho names in the manifest.';
    return subject.includes('.')
      ? 'Correct that value in the manifest.'
      : `Correct "${subject}" in the manifest.`;
  },
  DUPLICATE_DATA: (subject) => {
    if (subject === 'api_name')
      return 'The API name is taken. Run "zoho-fields plan": it shows by which field.';
    if (isOption(subject)) return 'The option is there twice: write each one once.';
    return /(?:^|\.)display_label$/u.test(subject)
      ? 'The other module has a related list of that title. Choose another: "lookup: {module: {api_name: …}, display_label: …}".'
      : 'The label or an option is taken. Run "zoho-fields plan": it shows by which field; choose another field_label if it is another one.';
  },
  RESERVED_KEYWORD_NOT_ALLOWED: 'Zoho keeps this word for itself: choose another api_name and field_label.',
  NOT_ALLOWED: 'Zoho does not allow this here: take it out or choose another value.',
  DEPENDENT_MISMATCH: "It does not fit the data type: see Zoho's page on custom fields for its range.",
  DEPENDENT_FIELD_MISSING: 'Add the key that the named one depends on.',
  EXPECTED_FIELD_MISSING: 'Add the key that Zoho expects.',
  EXPECTED_DEPENDENT_FIELD_MISSING: 'Give the picklist its pick_list_values or a global_picklist.',
  AMBIGUITY_DURING_PROCESSING: 'Keep only one of the two keys that exclude each other.',
  LIMIT_EXCEEDED:
    'The module is full for this kind of field in your edition: remove a field in Zoho, or ask for a larger edition.',
  FIELD_LIMIT_EXCEEDED:
    'The module is full for this kind of field in your edition: remove a field in Zoho, or ask for a larger edition.',
  NOT_SUPPORTED: 'Zoho does not support this for the data type: take it out.',
  FEATURE_NOT_SUPPORTED:
    'Your edition of Zoho lacks what this needs: take it out, or ask for a larger edition.',
  FEATURE_NOT_ENABLED:
    "Switch on in Zoho's Setup what this needs (such as GDPR or HIPAA compliance), or take it out.",
  PROPERTY_LOCKED: 'Zoho has locked this property: ask an administrator of the organisation.',
  ALREADY_USED: 'Choose a value that is not in use yet.',
  SYNTAX_ERROR: "Correct the formula: try it in Zoho's formula editor, then copy it into the manifest.",
  MISSING_BRACES: 'Close all brackets of the formula.',
  INCORRECT_NUMBER_OF_PARAM: "Give the formula's function as many arguments as it takes.",
  INCORRECT_DATA_TYPE_PARAM: "Give the formula's function arguments of the types it takes.",
  PARTICIPATING_FIELD_NOT_FOUND:
    'The formula names a field that does not exist: check its API name, or apply once more if this run created it.',
  DYNAMIC_EXPRESSION_LENGTH_EXCEEDED: 'Shorten the formula.',
  NO_ANSWER: 'Run "zoho-fields plan" when Zoho answers again: it shows what is there.',
};
