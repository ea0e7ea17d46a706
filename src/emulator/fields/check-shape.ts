import { isList, isObject, type Json } from '../json.ts';
import type { Shape } from './body-shape.ts';
import { at, mandatoryNotFound, unsupportedValue, wrongType, type Place, type Problem } from './problem.ts';

/** The first structural mistake inside a value: a missing key or a JSON type. */
export function structureProblem(value: Json, shape: Shape, place: Place): Problem | undefined {
  if (!hasType(value, shape.type)) return wrongType(place, shape.type);
  if (isObject(value)) {
    const missing = (shape.needed ?? []).find((key) => (value[key] ?? null) === null);
    if (missing !== undefined) return mandatoryNotFound(at(place.json_path, missing));
  }
  return firstInside(value, shape, place, structureProblem);
}

/** The first value inside a structurally sound value that is not among those allowed. */
export function valueProblem(value: Json, shape: Shape, place: Place): Problem | undefined {
  const { values } = shape;
  if (values !== undefined && !values.some((allowed) => allowed === value))
    return unsupportedValue(place, values);
  return firstInside(value, shape, place, valueProblem);
}

/** `null` is Zoho's own way of writing nothing, so it is let through everywhere but where a key must be. */
function firstInside(
  value: Json,
  shape: Shape,
  place: Place,
  check: typeof valueProblem,
): Problem | undefined {
  if (isList(value) && shape.items !== undefined) {
    for (const [index, item] of value.entries()) {
      const inside: Place = { api_name: place.api_name, json_path: `${place.json_path}[${index}]` };
      const found = check(item, shape.items, inside);
      if (found !== undefined) return found;
    }
  }
  for (const [key, inner] of Object.entries(shape.keys ?? {})) {
    const part = isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
    const found = part === null ? undefined : check(part, inner, at(place.json_path, key));
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasType(value: Json, type: Shape['type']): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'integer':
      return Number.isSafeInteger(value);
    case 'jsonobject':
      return isObject(value);
    case 'jsonarray':
      return isList(value);
  }
}
