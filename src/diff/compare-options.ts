import { isObject, property, textOf, type Json } from '../model/json.ts';
import { canonicalJson } from '../plan/plan-id.ts';
import type { OptionChanges, OptionValue } from './changes.ts';
import { longestRun } from './longest-run.ts';

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
