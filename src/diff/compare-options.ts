import { isObject, property, textOf, type Json } from '../model/json.ts';
import { optionKeyAgrees } from '../plan/option-values.ts';
import type { OptionChanges, OptionValue } from './changes.ts';

/** What differs between two lists of options, whatever their order. */
export function compareOptions(before: Json | undefined, after: Json | undefined): OptionChanges {
  const [old, now] = [optionsByValue(before), optionsByValue(after)];
  const pairs = [...now.values()].flatMap((option) => {
    const was = old.get(option.actual_value);
    return was === undefined ? [] : [{ before: was, after: option }];
  });
  return {
    added: [...now.values()].filter((option) => !old.has(option.actual_value)),
    removed: [...old.values()].filter((option) => !now.has(option.actual_value)),
    renamed: pairs.filter((pair) => pair.before.display_value !== pair.after.display_value),
    altered: pairs.filter((pair) => alteredKeys(pair.before, pair.after).length > 0),
  };
}

/** The keys of an option beside its two texts that differ, as the planner compares them; what is not there is null. */
export function alteredKeys(before: OptionValue, after: OptionValue): readonly string[] {
  const keys = [...new Set([...Object.keys(after.rest), ...Object.keys(before.rest)])];
  return keys.filter(
    (key) => !optionKeyAgrees(key, property(after.rest, key) ?? null, property(before.rest, key) ?? null),
  );
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
