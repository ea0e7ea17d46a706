import type { Refusal } from '../apply/ports.ts';
import { isObject, property, textOf, type Json, type JsonObject } from '../model/json.ts';
import type { Envelope } from './answer.ts';
import { refusalRemedy } from './refusal-words.ts';

/**
 * An item-level error envelope (sheet §5.2) reduced to what the engine may rely on and a person wants to read.
 *
 * Messages differ between releases of Zoho; code and key are what counts.
 */
export function toRefusal(error: Envelope): Refusal {
  const place = placeOf(property(error.details, 'json_path'));
  const item = place?.item ?? firstItem(error.details);
  const named = property(error.details, 'api_name');
  const last = place?.path?.at(-1);
  const key = typeof named === 'string' && named !== '' ? named : typeof last === 'string' ? last : undefined;
  const facts = factsOf(error.details);
  return {
    code: error.code,
    message: error.message === '' ? 'no explanation given' : error.message.slice(0, 500),
    ...(key === undefined ? {} : { key }),
    ...(item === undefined ? {} : { item }),
    ...(place?.path === undefined ? {} : { path: place.path }),
    ...(facts === '' ? {} : { facts }),
    remedy: refusalRemedy(error.code, last === key ? keysOf(place?.path) : key),
  };
}

/** A path without its indexes; nothing where it leads to no key. */
function keysOf(path: Refusal['path'] = []): string | undefined {
  const keys = path.filter((step) => typeof step === 'string');
  return keys.length === 0 ? undefined : keys.join('.');
}

/** Where in a request something is: in which item, and where in it. */
type Place = Required<Pick<Refusal, 'item'>> & Pick<Refusal, 'path'>;

/** `$.fields[2].lookup.display_label` is in item 2, at `lookup`, `display_label`. */
function placeOf(path: Json | undefined): Place | undefined {
  const match = typeof path === 'string' ? /^\$?\.?fields\[(\d{1,4})\](.*)$/s.exec(path) : null;
  if (match === null) return undefined;
  const steps = stepsOf(match[2] ?? '');
  return { item: Number(match[1]), ...(steps === undefined ? {} : { path: steps }) };
}

/** Keys behind dots, indexes in brackets; a path that says anything else says nothing that could be relied on. */
function stepsOf(path: string): Refusal['path'] {
  if (!/^(?:\.[A-Za-z_]\w{0,99}|\[\d{1,4}\]){0,20}$/.test(path)) return undefined;
  return Array.from(path.matchAll(/\.(\w+)|\[(\d+)\]/g), ([, key, index]) => key ?? Number(index));
}

/** Some errors name their item only inside a list or a dependee (sheet §5.2). */
function firstItem(details: JsonObject): number | undefined {
  const lists = ['dependee', 'ambiguity_due_to', 'limit_due_to', 'expected_fields'].flatMap((key) => {
    const value = property(details, key);
    return Array.isArray(value) ? value : [value];
  });
  for (const one of lists) {
    const place = isObject(one) ? placeOf(property(one, 'json_path')) : undefined;
    if (place !== undefined) return place.item;
  }
  return undefined;
}

function factsOf(details: JsonObject): string {
  const facts: string[] = [];
  for (const [key, words] of FACTS) {
    const value = property(details, key);
    if (value !== undefined && value !== null) facts.push(`${words} ${factText(value)}`);
  }
  return facts.join('; ').slice(0, 300);
}

const FACTS: readonly (readonly [string, string])[] = [
  ['limit', 'limit'],
  ['maximum_length', 'at most'],
  ['minimum_length', 'at least'],
  ['range', 'range'],
  ['supported_values', 'supported:'],
  ['allowed_values', 'allowed:'],
  ['expected_data_type', 'expected type'],
];

function factText(value: Json): string {
  if (isObject(value)) return `${textOf(property(value, 'from'))} to ${textOf(property(value, 'to'))}`;
  return Array.isArray(value) ? value.map((item: Json) => JSON.stringify(item)).join(', ') : textOf(value);
}
