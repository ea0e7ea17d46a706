import { dig, textOf } from '../json.ts';
import type { Field, World } from '../state/world.ts';

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
