import {
  modulesWithoutExternal,
  textareaLengths,
  tooltipLimits,
  maxAffixLength,
  maxStartDigits,
} from '../../model/data-types.ts';
import { isObject, property, textOf, type Json } from '../../model/json.ts';
import { excerpt, quote, type Finding } from '../finding.ts';
import { fold } from '../text.ts';
import {
  finding,
  keyAt,
  numberAt,
  textAt,
  valueAt,
  valueSpan,
  ofCreating,
  type FieldRule,
  type Field,
  doubt,
} from './field.ts';
import type { Tree } from '../tree.ts';

/** Keys that are fine by themselves, but not together; and how numbers are written. */
export const keyRules: readonly FieldRule[] = [
  ...[
    textareaLength,
    staticTooltip,
    encryptedIndex,
    externalModule,
    decimalsWithinLength,
    precisionBelowDecimals,
    startNumber,
    affixes,
  ].map(ofCreating),
  saidTwice,
  profileNames,
  repeatedProfiles,
  oddNumbers,
];

/** Sheet §3.4: each kind of text area has one length. */
function textareaLength(field: Field): Finding[] {
  const kind = textAt(field, 'textarea', 'type');
  const length = numberAt(field, 'length');
  const right = property(textareaLengths, kind ?? '');
  const isKnown = Object.values(textareaLengths).some((known) => known === length);
  if (right === undefined || length === right || !isKnown) return [];
  const message = `A ${String(kind)} text area has a length of ${right}, not ${String(length)}.`;
  const remedy = `Remove "length", write ${right}, or choose another kind of text area.`;
  return [finding(valueSpan(field, 'length'), 'textarea-length', message, remedy)];
}

/** Sheet §3.3: text below a field is short. */
function staticTooltip(field: Field): Finding[] {
  const text = textAt(field, 'tooltip', 'value');
  if (text === undefined || textAt(field, 'tooltip', 'name') !== 'static_text') return [];
  const { length } = Array.from(text);
  const max = tooltipLimits.static_text;
  if (length <= max || length > tooltipLimits.info_icon) return [];
  const message = `A tooltip shown as static_text has at most ${max} characters; this one has ${length}.`;
  const remedy = `Shorten it, or write "name: info_icon" (up to ${tooltipLimits.info_icon}).`;
  return [finding(valueSpan(field, 'tooltip', 'value'), 'tooltip-too-long', message, remedy)];
}

/** Sheet §5.2: "Indexed field cannot be encrypted". */
function encryptedIndex(field: Field): Finding[] {
  if (textAt(field, 'crypt', 'mode') !== 'encryption') return [];
  return (['unique', 'external'] as const).flatMap((key) => {
    if (!isObject(valueAt(field, key))) return [];
    const message = `A field that is ${key} cannot be encrypted: Zoho has to compare its values.`;
    return [finding(keyAt(field, 'crypt'), `encrypted-${key}`, message, `Remove "crypt" or "${key}".`)];
  });
}

/** Sheet §3.3: modules of activities that have no external fields. */
function externalModule(field: Field): Finding[] {
  const isRefused = modulesWithoutExternal.some(
    (module) => module.toLowerCase() === field.module.toLowerCase(),
  );
  if (!isRefused || valueAt(field, 'external') === undefined) return [];
  const message = `Fields of ${excerpt(field.module)} cannot be external.`;
  return [finding(keyAt(field, 'external'), 'external-module', message, 'Remove "external".')];
}

/** Zoho's page has these inside an object, its OpenAPI file beside it (sheet §3.4); both at once must agree. */
function saidTwice(field: Field): Finding[] {
  const pairs = [
    ['display_label', 'lookup'],
    ['rounding_option', 'currency'],
    ['precision', 'currency'],
  ] as const;
  return pairs.flatMap(([key, home]) => {
    const outer = field.tree.entries?.get(key)?.tree.value;
    const inner = valueAt(field, home, key);
    const isMoved = isObject(valueAt(field, home)) && property(field.values, key) === undefined;
    if (outer === undefined || !isMoved || outer === inner) return [];
    const message = `"${key}" is said twice, here and inside "${home}", with different values.`;
    return [finding(keyAt(field, key), 'conflicting-keys', message, `Keep the one inside "${home}".`)];
  });
}

/** Ids differ per organisation, names do not; one of them is needed. */
function profileNames(field: Field): Finding[] {
  const profiles = valueAt(field, 'profiles');
  if (!Array.isArray(profiles)) return [];
  return profiles.flatMap((profile, index) => {
    if (!isObject(profile) || Object.hasOwn(profile, 'id') || Object.hasOwn(profile, 'name')) return [];
    const message = `Profile ${index + 1} has neither "name" nor "id".`;
    return [finding(valueSpan(field, 'profiles', index), 'missing-key', message, 'Write "name: Standard".')];
  });
}

/** A profile has one permission. The short form is a mapping, in which YAML itself finds what is said twice. */
function repeatedProfiles(field: Field): Finding[] {
  const profiles = valueAt(field, 'profiles');
  if (!Array.isArray(profiles)) return [];
  const first = new Map<string, number>();
  return profiles.flatMap((profile: Json, index) => {
    if (!isObject(profile)) return [];
    const [id, name] = ['id', 'name'].map((key) => property(profile, key));
    // Two profiles may have one name where their ids tell them apart.
    const words = typeof id === 'string' ? id : typeof name === 'string' ? fold(name) : undefined;
    const same = words === undefined ? undefined : first.get(words);
    if (words !== undefined && same === undefined) first.set(words, index);
    if (same === undefined) return [];
    const message = `The profile ${quote(textOf(name ?? id))} stands in the list twice (profiles ${same + 1} and ${index + 1}).`;
    const span = valueSpan(field, 'profiles', index, name === undefined ? 'id' : 'name');
    return [finding(span, 'duplicate-profile', message, 'Keep the one with the right permission.')];
  });
}

/** How people write numbers; everything else is a surprise to someone. */
const ordinary = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/u;

/** `010` is ten for YAML 1.2 and eight for YAML 1.1; `1e2` and `0x10` are numbers only to programmers. */
function oddNumbers(field: Field): Finding[] {
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
function decimalsWithinLength(field: Field): Finding[] {
  const decimals = numberAt(field, 'decimal_place');
  const length = numberAt(field, 'length');
  if (field.type?.name !== 'double' || decimals === undefined || length === undefined) return [];
  if (decimals < length) return [];
  const message = `"decimal_place" (${decimals}) must be smaller than "length" (${length}), which counts all digits.`;
  const remedy = `Write a "decimal_place" below ${length}, or a greater "length".`;
  return [finding(valueSpan(field, 'decimal_place'), 'decimals', message, remedy)];
}

/** Sheet §3.4: an amount is rounded to fewer decimals than it is stored with. */
function precisionBelowDecimals(field: Field): Finding[] {
  const decimals = numberAt(field, 'decimal_place');
  const precision = numberAt(field, 'currency', 'precision');
  if (decimals === undefined || precision === undefined || precision < decimals) return [];
  const message = `The precision (${precision}) must be smaller than "decimal_place" (${decimals}).`;
  const remedy = 'Lower the precision, or raise "decimal_place" (at most 9).';
  return [finding(precisionSpan(field), 'precision', message, remedy)];
}

/** The precision may have been written beside `currency`. */
function precisionSpan(field: Field): Finding['span'] {
  return field.tree.entries?.get('precision')?.tree.span ?? valueSpan(field, 'currency', 'precision');
}

/** Sheet §3.4: at most 16 digits to start with. */
function startNumber(field: Field): Finding[] {
  const start = valueAt(field, 'auto_number', 'start_number');
  if (typeof start !== 'number' && typeof start !== 'string') return [];
  const digits = String(start);
  if (digits.length <= maxStartDigits || !/^\d+$/u.test(digits)) return [];
  const message = `The first number has ${digits.length} digits; Zoho takes at most ${maxStartDigits}.`;
  const span = valueSpan(field, 'auto_number', 'start_number');
  return [finding(span, 'start-number', message, 'Write a smaller number.')];
}

/** Sheet §3.4: only Zoho's OpenAPI file knows this limit, and it is wrong elsewhere; so it is no error. */
function affixes(field: Field): Finding[] {
  return ['prefix', 'suffix'].flatMap((key) => {
    const text = textAt(field, 'auto_number', key);
    if (text === undefined || Array.from(text).length <= maxAffixLength) return [];
    const message = `The ${key} ${quote(text)} is longer than ${maxAffixLength} characters, which Zoho may refuse.`;
    return [doubt(field, valueSpan(field, 'auto_number', key), 'long-affix', message, 'Shorten it.')];
  });
}
