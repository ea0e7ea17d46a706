import { modulesWithoutExternal, textareaLengths, tooltipLimits } from '../../model/data-types.ts';
import { isObject, property, textOf } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import { excerpt, quote } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { finding, fold, keyAt, numberAt, textAt, valueAt, valueSpan } from './field.ts';
import type { Field } from './field.ts';

/** Keys that are fine by themselves, but not together. */

/** Sheet §3.4: each kind of text area has one length. */
export function textareaLength(field: Field): Finding[] {
  const kind = textAt(field, 'textarea', 'type');
  const length = numberAt(field, 'length');
  const right =
    kind === undefined || !Object.hasOwn(textareaLengths, kind) ? undefined : textareaLengths[kind];
  const isKnown = Object.values(textareaLengths).some((known) => known === length);
  if (!field.mayBeCreated || right === undefined || length === right || !isKnown) return [];
  const message = `A ${String(kind)} text area has a length of ${right}, not ${String(length)}.`;
  const remedy = `Remove "length", write ${right}, or choose another kind of text area.`;
  return [finding(valueSpan(field, 'length'), 'textarea-length', message, remedy)];
}

/** Sheet §3.3: text below a field is short. */
export function staticTooltip(field: Field): Finding[] {
  const text = textAt(field, 'tooltip', 'value');
  if (!field.mayBeCreated || text === undefined || textAt(field, 'tooltip', 'name') !== 'static_text')
    return [];
  const { length } = Array.from(text);
  const max = tooltipLimits.static_text;
  if (length <= max || length > tooltipLimits.info_icon) return [];
  const message = `A tooltip shown as static_text has at most ${max} characters; this one has ${length}.`;
  const remedy = `Shorten it, or write "name: info_icon" (up to ${tooltipLimits.info_icon}).`;
  return [finding(valueSpan(field, 'tooltip', 'value'), 'tooltip-too-long', message, remedy)];
}

/** Sheet §5.2: "Indexed field cannot be encrypted". */
export function encryptedIndex(field: Field): Finding[] {
  if (!field.mayBeCreated || textAt(field, 'crypt', 'mode') !== 'encryption') return [];
  return (['unique', 'external'] as const).flatMap((key) => {
    if (!isObject(valueAt(field, key))) return [];
    const message = `A field that is ${key} cannot be encrypted: Zoho has to compare its values.`;
    return [finding(keyAt(field, 'crypt'), `encrypted-${key}`, message, `Remove "crypt" or "${key}".`)];
  });
}

/** Sheet §3.3: modules of activities that have no external fields. */
export function externalModule(field: Field): Finding[] {
  const isRefused = modulesWithoutExternal.some(
    (module) => module.toLowerCase() === field.module.toLowerCase(),
  );
  if (!field.mayBeCreated || !isRefused || valueAt(field, 'external') === undefined) return [];
  const message = `Fields of ${excerpt(field.module)} cannot be external.`;
  return [finding(keyAt(field, 'external'), 'external-module', message, 'Remove "external".')];
}

/** Zoho's page has these inside an object, its OpenAPI file beside it (sheet §3.4); both at once must agree. */
export function saidTwice(field: Field): Finding[] {
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
export function profileNames(field: Field): Finding[] {
  const profiles = valueAt(field, 'profiles');
  if (!Array.isArray(profiles)) return [];
  return profiles.flatMap((profile, index) => {
    if (!isObject(profile) || Object.hasOwn(profile, 'id') || Object.hasOwn(profile, 'name')) return [];
    const message = `Profile ${index + 1} has neither "name" nor "id".`;
    return [finding(valueSpan(field, 'profiles', index), 'missing-key', message, 'Write "name: Standard".')];
  });
}

/** A profile has one permission. The short form is a mapping, in which YAML itself finds what is said twice. */
export function repeatedProfiles(field: Field): Finding[] {
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
