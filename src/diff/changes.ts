import { type Json, isObject, property, textOf } from '../model/json.ts';
import type { DesiredField } from '../model/manifest.ts';
import { optionKeyAgrees } from '../plan/option-values.ts';

/** What became of a field between two versions of a manifest. */
type ChangeKind = 'added' | 'removed' | 'changed';

/** One option of a picklist, as the manifest writes it out. */
export interface OptionValue {
  /** What Zoho stores, and what the other systems see; it identifies the option. */
  readonly actual_value: string;
  /** What people see. */
  readonly display_value: string;
  /** Every other declared key, such as `colour_code`. */
  readonly rest: { readonly [key: string]: Json };
}

/** What became of the order of the options that both versions have. */
export interface OptionOrder {
  /** As few options as explain the new order; of two that changed places, one has moved. */
  readonly moved: readonly OptionValue[];
  /** True where so much moved that nobody would read, or wait for, what. */
  readonly isNewOrder: boolean;
}

/** A picklist's options as a reviewer thinks of them: a list that was edited, not a text. */
export interface OptionChanges {
  readonly added: readonly OptionValue[];
  readonly removed: readonly OptionValue[];
  /** The same stored value under another display value. */
  readonly renamed: readonly { readonly before: OptionValue; readonly after: OptionValue }[];
  /** Options with another colour or another other key. */
  readonly altered: readonly { readonly before: OptionValue; readonly after: OptionValue }[];
}

/** One key of a field whose normalised value is another one. */
export interface KeyChange {
  /** Zoho's key, such as `length`. */
  readonly key: string;
  /** Absent where the version does not declare the key. */
  readonly before?: Json;
  readonly after?: Json;
  /** True where Zoho lets nobody change the key once the field exists. */
  readonly permanent: boolean;
  /** Only for `pick_list_values`. */
  readonly options?: OptionChanges;
  /** Only for `pick_list_values`, and only where order means something to Zoho. */
  readonly order?: OptionOrder;
}

/** What a reviewer has to know about a change. */
export interface Note {
  /** Stable kebab-case word for scripts. */
  readonly code: string;
  readonly message: string;
  /** Grave notes belong beside the change itself; the others can be told once for all. */
  readonly grave: boolean;
}

/** One field that is not the same in both versions. */
export interface FieldChange {
  readonly module: string;
  readonly api_name: string;
  readonly change: ChangeKind;
  /** The field before; absent where it was added. */
  readonly base?: DesiredField;
  /** The field after; absent where it was removed. */
  readonly head?: DesiredField;
  /** The other API name, where an added and a removed field are most likely one that was renamed. */
  readonly other?: string;
  readonly differences: readonly KeyChange[];
  readonly notes: readonly Note[];
}

/** Which two versions were compared. */
interface Version {
  readonly path: string;
  readonly sha256: string;
}

/** All that differs in meaning between two versions of a manifest. */
export interface Changes {
  readonly base: Version;
  readonly head: Version;
  readonly changes: readonly FieldChange[];
  readonly summary: { readonly added: number; readonly removed: number; readonly changed: number };
  /** Every module that either version describes. */
  readonly modules: readonly string[];
}

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
