import { given, isList, lengthOf, textOf, type Json } from '../json.ts';
import { placeOf, type Item, type Rule } from './problem.ts';
import { ambiguity, at, duplicate, invalidData, limitReached, problem, type Problem } from './problem.ts';

/** Picklists of all kinds (sheet §3.4, §5.2). */
export const optionRules: readonly Rule[] = [source, globalSet, count, lengths, duplicates, defaultValue];

/** A picklist has options of its own or a global set: one of the two, not both. */
function source(item: Item): Problem | undefined {
  if (item.dataTypeName !== 'picklist') return undefined;
  const places = ['pick_list_values', 'global_picklist'].map((key) => placeOf(item, key));
  const sent = places.filter((place) => given(item.body, place.api_name) !== undefined);
  if (sent.length > 1) return ambiguity(places);
  if (sent.length === 1 || item.existing !== undefined) return undefined;
  return problem('EXPECTED_DEPENDENT_FIELD_MISSING', 'expected dependent field missing', {
    expected_fields: places.map((place) => ({ ...place })),
    dependee: { ...placeOf(item, 'data_type') },
  });
}

function globalSet(item: Item): Problem | undefined {
  const wanted = textOf(given(item.body, 'global_picklist'), 'id');
  if (wanted === undefined || item.dataTypeName !== 'picklist') return undefined;
  const isKnown = item.draft.world.globalPicklists.some((set) => set.id === wanted);
  return isKnown ? undefined : invalidData(at(item.path, 'global_picklist', 'id'));
}

function count(item: Item): Problem | undefined {
  const options = optionsOf(item);
  if (options === undefined) return undefined;
  const place = placeOf(item, 'pick_list_values');
  if (options.length === 0) return invalidData(place, { minimum_length: 1 });
  const tooMany = options.length > 10 && item.zoho.switches.optionLimits === 'published';
  return tooMany ? limitReached('LIMIT_EXCEEDED', 10, place) : undefined;
}

function lengths(item: Item): Problem | undefined {
  for (const [index, option] of (optionsOf(item) ?? []).entries()) {
    const most = item.zoho.switches.optionLimits === 'published' ? 25 : 120;
    for (const key of ['display_value', 'actual_value']) {
      const length = lengthOf(textOf(option, key) ?? '.');
      const place = at(item.path, 'pick_list_values', index, key);
      if (length > most) return invalidData(place, { maximum_length: most });
      if (length === 0) return invalidData(place, { minimum_length: 1 });
    }
  }
  return undefined;
}

/** Case does not make options different (sheet §3.4). */
function duplicates(item: Item): Problem | undefined {
  for (const key of ['display_value', 'actual_value']) {
    const seen = new Set<string>();
    for (const [index, option] of (optionsOf(item) ?? []).entries()) {
      const value = textOf(option, key)?.toLowerCase();
      const place = at(item.path, 'pick_list_values', index, key);
      if (value !== undefined && seen.has(value)) return duplicate(place, `Duplicate option ${key}`);
      if (value !== undefined) seen.add(value);
    }
  }
  return undefined;
}

function defaultValue(item: Item): Problem | undefined {
  const wanted = textOf(item.body, 'default_value');
  const options = optionsOf(item);
  if (wanted === undefined || options === undefined) return undefined;
  const isOption = options.some((option) =>
    [textOf(option, 'actual_value'), textOf(option, 'id')].includes(wanted),
  );
  return isOption ? undefined : invalidData(placeOf(item, 'default_value'));
}

function optionsOf({ body, dataType }: Item): readonly Json[] | undefined {
  const options = given(body, 'pick_list_values');
  return isList(options) && dataType.keys.includes('pick_list_values') ? options : undefined;
}
