import type { JsonObject } from '../json.ts';
import { FIELD_KEYS, type Shape } from './body-shape.ts';
import { structureProblem } from './check-shape.ts';
import { at, type Problem } from './problem.ts';

/** Parts that must stay whole in an update; elsewhere an update names only what it changes (sheet §4.1). */
const WHOLE = ['tooltip', 'profiles', 'global_picklist'];

/** The JSON types of an update. */
export function updateStructure(item: JsonObject, path: string): Problem | undefined {
  for (const [key, value] of Object.entries(item)) {
    const known = Object.hasOwn(FIELD_KEYS, key) ? FIELD_KEYS[key] : undefined;
    if (known === undefined || value === null) continue;
    const shape = WHOLE.includes(key) ? known : partial(known);
    const found = structureProblem(value, shape, at(path, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function partial(shape: Shape): Shape {
  const keys = Object.entries(shape.keys ?? {}).map(([key, inner]): [string, Shape] => [key, partial(inner)]);
  return {
    ...shape,
    needed: [],
    ...(shape.keys === undefined ? {} : { keys: Object.fromEntries(keys) }),
    ...(shape.items === undefined ? {} : { items: partial(shape.items) }),
  };
}
