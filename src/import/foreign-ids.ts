import { isObject, property, type Json } from '../model/json.ts';

/**
 * The value without the ids of this organisation, which mean nothing in another one.
 * @returns `undefined` where an id stands without a name: what it points to could not be said then.
 */
export function withoutIds(value: Json): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => withoutIds(item));
    return items.some((item) => item === undefined) ? undefined : (items as Json[]);
  }
  if (!isObject(value)) return value;
  const isNamed = typeof property(value, 'api_name') === 'string';
  if (Object.hasOwn(value, 'id') && !isNamed) return undefined;
  const kept: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === 'id') continue;
    const clean = withoutIds(item);
    if (clean === undefined) return undefined;
    kept.push([key, clean]);
  }
  return Object.fromEntries(kept);
}
