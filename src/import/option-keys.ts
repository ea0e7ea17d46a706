import { type Json, type JsonObject, property } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { filled, listAt, textAt, valueAt } from './read-wire.ts';

/**
 * The options that people can choose, as a list of texts where nothing more has to be said. `-None-` is Zoho's own, and
 * options in the unused section are offered to nobody (contract §2, sheet §3.4).
 */
export function pickListValues(wire: JsonObject): Json | undefined {
  // A global picklist has its options for all its fields; declared is the list, not what is in it.
  if (textAt(wire, 'global_picklist', 'api_name') !== undefined) return undefined;
  const isColoured = valueAt(wire, 'enable_colour_code') === true;
  const offered = listAt(wire, 'pick_list_values').filter((option) => valueAt(option, 'type') !== 'unused');
  const options = once(offered).flatMap((option) => optionOf(option, isColoured) ?? []);
  return options.length === 0 ? undefined : options;
}

/** Of two options with one stored value the first counts, as in every comparison. */
function once(options: readonly JsonObject[]): readonly JsonObject[] {
  const seen = new Set<string | undefined>();
  return options.filter((option) => {
    const value = storedValue(option);
    if (seen.has(value)) return false;
    seen.add(value);
    return true;
  });
}

function storedValue(option: JsonObject): string | undefined {
  return textAt(option, 'actual_value') ?? textAt(option, 'display_value');
}

function optionOf(option: JsonObject, isColoured: boolean): Json | undefined {
  const actual = storedValue(option);
  const display = textAt(option, 'display_value') ?? actual;
  if (actual === undefined || display === undefined) return undefined;
  if (actual === '-None-') return undefined;
  const colour = isColoured ? textAt(option, 'colour_code') : undefined;
  if (actual === display && colour === undefined) return display;
  return filled({
    display_value: display,
    actual_value: actual === display ? undefined : actual,
    colour_code: colour,
  });
}

/** By its name: ids differ per organisation. */
export function globalPicklist(wire: JsonObject): Json | undefined {
  return textAt(wire, 'global_picklist', 'api_name');
}

/** Who may see the field, where that is not everybody (sheet §3.3). */
export function profiles(wire: JsonObject): Json | undefined {
  const list = listAt(wire, 'profiles').map(
    (profile) => [textAt(profile, 'name'), textAt(profile, 'permission_type')] as const,
  );
  if (list.every(([, permission]) => permission === 'read_write')) return undefined;
  const names = new Set(list.map(([name]) => name));
  const permissions = list.flatMap(([name, permission]) =>
    name === undefined || permission === undefined ? [] : [[name, permission] as const],
  );
  // Two profiles of one name cannot be told apart by it.
  if (names.size < list.length || permissions.length < list.length) return undefined;
  return Object.fromEntries(permissions);
}

/** API names of the picklists whose options the list of fields left out; each can be read by itself (sheet §2.2). */
export function gapsOf(fields: readonly LiveField[]): readonly string[] {
  return fields
    .filter((field) => field.custom && field.used && field.data_type.endsWith('picklist'))
    .filter((field) => {
      const options = property(field.wire, 'pick_list_values');
      return !Array.isArray(options) || options.length === 0;
    })
    .map((field) => field.api_name);
}
