import { count } from '../model/count.ts';
import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { isUnique } from '../plan/capacity.ts';

/** Types whose reported length is a number of the machinery, the same for every field (sheet §14). */
const LENGTH_SAYS_NOTHING = new Set([
  'picklist',
  'multiselectpicklist',
  'date',
  'datetime',
  'boolean',
  'lookup',
  'ownerlookup',
  'userlookup',
  'multiuserlookup',
  'multiselectlookup',
  'multi_module_lookup',
  'layout',
  'profileimage',
  'subform',
]);

/** What a field can hold, as far as its length tells. */
export function lengthOf({ data_type, wire }: LiveField): number | undefined {
  const length = property(wire, 'length');
  return typeof length === 'number' && !LENGTH_SAYS_NOTHING.has(data_type) ? length : undefined;
}

/** What else matters about a field, each in a word or two. */
export function traitsOf(field: LiveField): readonly string[] {
  const { wire } = field;
  return [
    ...kindOf(wire),
    ...numbersOf(wire),
    ...optionsOf(field),
    ...targetOf(wire),
    ...(isUnique(field) ? ['unique'] : []),
    ...(at(wire, 'crypt', 'mode') === 'encryption' ? ['encrypted'] : []),
    ...(property(wire, 'system_mandatory') === true ? ['mandatory'] : []),
    ...(property(wire, 'read_only') === true ? ['read only'] : []),
  ];
}

function kindOf(wire: JsonObject): readonly string[] {
  const kind = at(wire, 'textarea', 'type') ?? at(wire, 'formula', 'return_type');
  return typeof kind === 'string' && kind !== '' ? [kind.replaceAll('_', ' ')] : [];
}

function numbersOf(wire: JsonObject): readonly string[] {
  const decimals = property(wire, 'decimal_place');
  const prefix = at(wire, 'auto_number', 'prefix');
  return [
    ...(typeof decimals === 'number' ? [count(decimals, 'decimal')] : []),
    ...(typeof prefix === 'string' && prefix !== '' ? [`prefix ${prefix}`] : []),
  ];
}

function optionsOf({ data_type, wire }: LiveField): readonly string[] {
  const global = at(wire, 'global_picklist', 'api_name');
  if (typeof global === 'string' && global !== '') return [`global list ${global}`];
  const options = property(wire, 'pick_list_values');
  if (!data_type.endsWith('picklist') || !Array.isArray(options) || options.length === 0) return [];
  const offered = options.filter(
    (option: Json) =>
      isObject(option) &&
      property(option, 'type') !== 'unused' &&
      property(option, 'actual_value') !== '-None-',
  );
  return [count(offered.length, 'option')];
}

function targetOf(wire: JsonObject): readonly string[] {
  const target =
    at(wire, 'lookup', 'module', 'api_name') ??
    at(wire, 'multiselectlookup', 'connected_details', 'module', 'api_name') ??
    at(wire, 'multiselectlookup', 'connected_module');
  return typeof target === 'string' && target !== '' ? [`to ${target}`] : [];
}

function at(wire: JsonObject, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (here, key) => (isObject(here) ? property(here, key) : undefined),
    wire,
  );
}
