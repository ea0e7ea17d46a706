import {
  creatableTypes,
  findDataType,
  maxDecimalPlaces,
  tooltipLimits,
  typeAliases,
  typesWithKey,
  type DataType,
  type LengthRule,
} from '../../model/data-types.ts';
import { property, type JsonObject } from '../../model/json.ts';
import { textOf, type Tree } from '../tree.ts';
import { list, quote } from '../finding.ts';
import { didYouMean } from '../../model/closest.ts';
import type { Path } from '../../model/manifest.ts';
import type { SchemaError } from '../validate.gen.js';

/** A schema error with what its words need. */
export interface Violation {
  readonly error: SchemaError;
  readonly path: Path;
  readonly tree: Tree;
  /** The value that the error is about. */
  readonly here: Tree;
  /** The field that it belongs to; absent for the top level. */
  readonly field?: JsonObject;
}

/** What is wrong with a value, and what to write instead. */
export interface Words {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

function typeOf(field: JsonObject | undefined): DataType | undefined {
  const name = field && property(field, 'data_type');
  return typeof name === 'string' ? findDataType(name) : undefined;
}

/** The keys that a field of its type may carry; all keys where the type is unknown. */
export function keysOfType(field: JsonObject | undefined, all: readonly string[]): readonly string[] {
  const type = typeOf(field);
  return type?.creatable ? all.filter((key) => ownKeys.includes(key) || type.keys.includes(key)) : all;
}

const ownKeys = ['api_name', 'field_label', 'data_type', 'create', 'description', 'maps_from'];

const reasons: Readonly<Record<string, string>> = {
  unique: 'Zoho cannot keep its values unique',
  crypt: 'Zoho cannot encrypt it',
  encrypt_case: 'Zoho does not change the case of its values',
  external: 'only text fields can hold external ids',
  filterable: 'Zoho never offers it in filters',
  length: 'Zoho sets the length of this type itself',
  pick_list_values: 'it has no options',
  global_picklist: 'only a picklist can use a global one',
  'lookup.module': 'it always points to users',
  'lookup.display_label': 'it always points to users',
};

/** Why a field of its type cannot carry a key that others may. */
export function typeRefusal(field: JsonObject | undefined, key: string): { message: string; remedy: string } {
  const type = typeOf(field);
  const reason = reasons[key];
  const subject = type ? `A field of type ${type.name} (${type.title})` : 'This field';
  const others = typesWithKey(key);
  const allowed = others.length > 0 && others.length <= 12 ? ` It is allowed for ${list(others)}.` : '';
  return {
    message: `${subject} takes no "${key}"${reason === undefined ? '' : `: ${reason}`}.`,
    remedy: `Remove "${key}", or choose another data_type.${allowed}`,
  };
}

function describeLength(rule: LengthRule): string {
  return 'oneOf' in rule
    ? list(rule.oneOf.map(String), 'or')
    : `a whole number from ${rule.min} to ${rule.max}`;
}

function unknownType(name: string): Words {
  const known = findDataType(name);
  if (known) {
    const message = `Zoho's API cannot create fields of type ${known.name} (${known.title}).`;
    const remedy = 'Create it in Zoho CRM by hand and declare it with "create: false".';
    return { code: 'type-not-creatable', message, remedy };
  }
  const word = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, '_');
  const alias = property(typeAliases, word);
  const names = creatableTypes.map((type) => type.name);
  const byTitle = creatableTypes.find((type) => type.title.toLowerCase() === name.trim().toLowerCase())?.name;
  const meant = alias ?? byTitle;
  return {
    code: 'unknown-data-type',
    message: `${quote(name)} is not a data type of Zoho.`,
    remedy:
      meant !== undefined
        ? `Zoho calls it "${meant}": write "data_type: ${meant}".`
        : (didYouMean(name, names) ?? `Zoho's types are ${list(names)}.`),
  };
}

/** Words for limits that depend on the data type; nothing where the error is about something else. */
export function typeLimits({ error, path, here, field }: Violation): Words | undefined {
  const key = path.slice(2).join('.');
  const type = typeOf(field);
  const { value } = here;
  if (key === 'data_type' && error.keyword === 'enum' && typeof value === 'string') return unknownType(value);
  if (key === 'lookup' && type?.name === 'userlookup' && error.keyword === 'type') {
    const message = 'A user lookup always points to users; "lookup" can hold only a filter.';
    return { code: 'wrong-type', message, remedy: 'Remove "lookup", or write "data_type: lookup".' };
  }
  if (
    key === 'length' &&
    type?.length &&
    Number.isInteger(value) &&
    ['enum', 'minimum', 'maximum'].includes(error.keyword)
  ) {
    const message = `The length of ${type.name} fields is ${describeLength(type.length)}, not ${textOf(value)}.`;
    return { code: 'length-out-of-range', message, remedy: `Write ${describeLength(type.length)}.` };
  }
  if (key === 'tooltip.name' && error.keyword === 'const') {
    const message = `Fields of type ${type?.name ?? ''} can show their tooltip only as info_icon.`;
    return {
      code: 'tooltip-form',
      message,
      remedy: 'Write "name: info_icon", or the text alone: "tooltip: …".',
    };
  }
  if ((key === 'tooltip' || key === 'tooltip.value') && error.keyword === 'maxLength') {
    const message = `The tooltip has ${Array.from(textOf(value)).length} characters; Zoho takes at most ${tooltipLimits.info_icon}.`;
    return { code: 'tooltip-too-long', message, remedy: 'Shorten it.' };
  }
  if (key === 'decimal_place' && error.keyword === 'maximum') {
    const message = `"decimal_place" is at most ${maxDecimalPlaces}, not ${textOf(value)}.`;
    return { code: 'decimals', message, remedy: `Write a whole number from 0 to ${maxDecimalPlaces}.` };
  }
  if (key === 'unique.case_sensitive' && value === true) {
    const message = 'Zoho refuses unique fields that tell upper from lower case.';
    const remedy = 'Write "unique: true", which means case_sensitive: false.';
    return { code: 'unique-case-sensitive', message, remedy };
  }
  return undefined;
}
