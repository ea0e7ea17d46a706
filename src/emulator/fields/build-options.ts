import { given, isList, textOf, type Json, type JsonObject } from '../json.ts';
import { newId, type Draft } from '../state/draft.ts';
import type { Item } from './problem.ts';

/** The option that Zoho puts before all others of a plain picklist (sheet §3.4). */
const NONE = '-None-';

/** `pick_list_values` and what goes with it, for the two picklist types. */
export function pickListValues(item: Item): JsonObject {
  const { body, dataTypeName } = item;
  if (dataTypeName !== 'picklist' && dataTypeName !== 'multiselectpicklist') return {};
  const global = globalOptions(item);
  if (global !== undefined) return global;
  const sent = given(body, 'pick_list_values');
  const options = isList(sent) ? sent : [];
  const isSorted = given(body, 'pick_list_values_sorted_lexically') === true;
  const ordered = isSorted
    ? [...options].sort((left, right) => shownText(left).localeCompare(shownText(right)))
    : options;
  const hasNone = options.some((option) => textOf(option, 'actual_value') === NONE);
  const first = dataTypeName === 'picklist' && !hasNone ? [{ display_value: NONE, actual_value: NONE }] : [];
  return {
    pick_list_values: [...first, ...ordered].map((option, index) => newOption(item.draft, option, index + 1)),
    pick_list_values_sorted_lexically: isSorted,
    enable_colour_code: given(body, 'enable_colour_code') === true,
    ...history(body),
  };
}

/** One option as GET shows it. */
export function newOption(draft: Draft, sent: Json, sequence: number): JsonObject {
  const actual = textOf(sent, 'actual_value') ?? textOf(sent, 'display_value') ?? '';
  return {
    display_value: textOf(sent, 'display_value') ?? actual,
    sequence_number: sequence,
    reference_value: textOf(sent, 'reference_value') ?? actual,
    colour_code: textOf(sent, 'colour_code') ?? null,
    actual_value: actual,
    id: newId(draft),
    type: 'used',
  };
}

/** The options of a global set, each under an id of this field's own, as in the sample. */
export function globalOptions({ body, draft }: Item): JsonObject | undefined {
  const wanted = textOf(given(body, 'global_picklist'), 'id');
  const set = draft.world.globalPicklists.find((known) => known.id === wanted);
  if (set === undefined) return undefined;
  return {
    pick_list_values: set.values.map((value, index) => newOption(draft, value, index + 1)),
    global_picklist: { api_name: set.api_name, id: set.id },
  };
}

function history(body: JsonObject): JsonObject {
  const details = given(body, 'history_tracking');
  const enabled = given(body, 'history_tracking_enabled') === true;
  return { history_tracking_enabled: enabled, history_tracking: enabled ? (details ?? null) : null };
}

const shownText = (option: Json): string => textOf(option, 'display_value') ?? '';
