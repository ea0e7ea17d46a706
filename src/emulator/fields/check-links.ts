import { dig, textOf } from '../json.ts';
import { moduleOf, type Module, type Field, type World } from '../state/organisation-state.ts';
import { type Item, type Rule, ambiguity, at, duplicate, invalidData, type Problem } from './problem.ts';

/** Where a field of each type names the other module (sheet §3.4). */
const MODULE_PATHS: Readonly<Record<string, readonly string[]>> = {
  lookup: ['lookup', 'module'],
  multiselectlookup: ['multiselectlookup', 'connected_details', 'module'],
  rollup_summary: ['rollup_summary', 'based_on_module'],
};

/** What a lookup, a link or a roll-up says of the other module, where it is created (sheet §3.4). */
export const linkRules: readonly Rule[] = [namedModule, lookupLabel, linkedLabel];

function namedModule(item: Item): Problem | undefined {
  const path = MODULE_PATHS[item.dataTypeName];
  if (path === undefined) return undefined;
  const target = targetOf(item, ...path);
  if (target === undefined) return invalidData(at(item.path, ...path, 'api_name'));
  const id = textOf(dig(item.body, ...path), 'id');
  if (item.dataTypeName !== 'lookup' || id === undefined || id === target.id) return undefined;
  return ambiguity(['id', 'api_name'].map((key) => at(item.path, ...path, key)));
}

/** The label titles a list in the other module, where it must not meet another list's. */
function lookupLabel(item: Item): Problem | undefined {
  if (item.dataTypeName !== 'lookup') return undefined;
  const label = textOf(dig(item.body, 'lookup'), 'display_label') ?? '';
  return labelTaken(item, targetOf(item, 'lookup', 'module'), label)
    ? duplicate(at(item.path, 'lookup', 'display_label'), 'Duplicate related list name')
    : undefined;
}

function linkedLabel(item: Item): Problem | undefined {
  if (item.dataTypeName !== 'multiselectlookup') return undefined;
  const path = ['multiselectlookup', 'linking_details', 'module'] as const;
  const label = textOf(dig(item.body, ...path), 'plural_label')?.toLowerCase();
  const modules = Object.values(item.draft.world.modules);
  const isTaken = modules.some((module) => module.plural_label.toLowerCase() === label);
  return isTaken
    ? duplicate(at(item.path, ...path, 'plural_label'), 'Linking Module label is already Exist.')
    : undefined;
}

function targetOf(item: Item, ...path: readonly string[]): Module | undefined {
  return moduleOf(item.draft.world, textOf(dig(item.body, ...path), 'api_name') ?? '');
}

function labelTaken(item: Item, target: Module | undefined, label: string): boolean {
  const scope = item.zoho.switches.relatedListLabels;
  if (target === undefined || scope === 'any') return false;
  // Zoho's message for a duplicate is on record, its scope is not: stock lookups of Deals all call their list "Deals".
  const labels = relatedListLabels(item.draft.world, target.api_name, scope === 'custom');
  return labels.includes(label.toLowerCase());
}

/** The labels, in lower case, of the lists that other modules' lookups put under a module (sheet §3.4). */
export function relatedListLabels(world: World, target: string, customOnly: boolean): readonly string[] {
  return lookupsTo(world, target)
    .filter((field) => !customOnly || field['custom_field'] === true)
    .map((field) => (textOf(dig(field, 'lookup'), 'display_label') ?? '').toLowerCase());
}

/** The API names of those lists. */
export function relatedListNames(world: World, target: string): readonly string[] {
  return lookupsTo(world, target).map((field) => textOf(dig(field, 'lookup'), 'api_name') ?? '');
}

function lookupsTo(world: World, target: string): readonly Field[] {
  const fields = Object.values(world.modules).flatMap((module) => module.fields);
  return fields.filter((field) => textOf(dig(field, 'lookup', 'module'), 'api_name') === target);
}
