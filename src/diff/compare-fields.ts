import { isObject, property, textOf, type Json } from '../model/json.ts';
import type { DesiredField } from '../model/manifest.ts';
import { isPermanent } from '../plan/compare.ts';
import { canonicalJson } from '../plan/plan-id.ts';
import type { KeyChange, OptionChanges, OptionValue } from './changes.ts';
import { longestRun } from './longest-run.ts';

/**
 * Every key that two versions of a field declare differently.
 *
 * Both sides are in the manifest's normal form already, where shorthands are written out and comments, quoting and
 * layout are gone; what is left to forgive is the order of keys and of profiles.
 */
export function compareFields(before: DesiredField, after: DesiredField): readonly KeyChange[] {
  const [old, now] = [flat(before), flat(after)];
  const keys = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return keys.flatMap((key) => {
    const change = compareKey(key, property(old, key), property(now, key));
    return change === undefined ? [] : [change];
  });
}

/** All keys of a field beside its API name, in the order in which people look at them. */
export function flat(field: DesiredField): { readonly [key: string]: Json } {
  return {
    data_type: field.data_type,
    ...(field.field_label === undefined ? {} : { field_label: field.field_label }),
    ...(field.create ? {} : { create: false }),
    ...field.declared,
    ...(field.maps_from === undefined ? {} : { maps_from: field.maps_from }),
    ...(field.description === undefined ? {} : { description: field.description }),
  };
}

function compareKey(key: string, before: Json | undefined, after: Json | undefined): KeyChange | undefined {
  const options = key === 'pick_list_values' ? compareOptions(before, after) : undefined;
  if (key === 'pick_list_values' ? options === undefined : same(key, before, after)) return undefined;
  return {
    key,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    permanent: key === 'data_type' || isPermanentChoice(key, before, after),
    ...(options === undefined ? {} : { options }),
  };
}

function same(key: string, before: Json | undefined, after: Json | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return canonicalJson(ordered(key, before)) === canonicalJson(ordered(key, after));
}

/** Profiles are a mapping that Zoho wants as a list. */
function ordered(key: string, value: Json): Json {
  if (key !== 'profiles' || !Array.isArray(value)) return value;
  const name = (profile: Json): string =>
    isObject(profile) ? textOf(property(profile, 'name') ?? property(profile, 'id')) : textOf(profile);
  return [...value].sort((a: Json, b: Json) => (name(a) < name(b) ? -1 : 1));
}

/** Taking the key out of the manifest asks nothing of Zoho, so only a new value can be impossible. */
function isPermanentChoice(key: string, before: Json | undefined, after: Json | undefined): boolean {
  return after !== undefined && isPermanent(key, after, before ?? null);
}

/** What differs between two lists of options; `undefined` where nothing does. */
export function compareOptions(before: Json | undefined, after: Json | undefined): OptionChanges | undefined {
  const old = optionsByValue(before);
  const now = optionsByValue(after);
  const pairs = [...now.values()].flatMap((option) => {
    const was = old.get(option.actual_value);
    return was === undefined ? [] : [{ before: was, after: option }];
  });
  const changes: OptionChanges = {
    added: [...now.values()].filter((option) => !old.has(option.actual_value)),
    removed: [...old.values()].filter((option) => !now.has(option.actual_value)),
    renamed: pairs.filter((pair) => pair.before.display_value !== pair.after.display_value),
    moved: movedOptions(
      [...old.keys()],
      pairs.map((pair) => pair.after),
    ),
    altered: pairs.filter((pair) => canonicalJson(pair.before.rest) !== canonicalJson(pair.after.rest)),
  };
  return Object.values(changes).every((list) => list.length === 0) ? undefined : changes;
}

/** The options of a normalised list. Of two with one stored value Zoho could keep only the first. */
export function optionsByValue(list: Json | undefined): ReadonlyMap<string, OptionValue> {
  const options = new Map<string, OptionValue>();
  for (const item of Array.isArray(list) ? list : []) {
    const option = optionValue(item as Json);
    if (!options.has(option.actual_value)) options.set(option.actual_value, option);
  }
  return options;
}

function optionValue(item: Json): OptionValue {
  if (!isObject(item)) return { actual_value: textOf(item), display_value: textOf(item), rest: {} };
  const display = property(item, 'display_value');
  const actual = property(item, 'actual_value') ?? display;
  const { display_value: _display, actual_value: _actual, ...rest } = item;
  return { actual_value: textOf(actual), display_value: textOf(display ?? actual), rest };
}

function movedOptions(old: readonly string[], kept: readonly OptionValue[]): readonly OptionValue[] {
  const places = new Map(old.map((value, index) => [value, index]));
  const stayed = longestRun(kept.map((option) => places.get(option.actual_value) ?? 0));
  return kept.filter((_, index) => !stayed.has(index));
}
