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
  const path = property(error.details, 'json_path');
  const named = property(error.details, 'api_name');
  const key = typeof named === 'string' && named !== '' ? named : keyOfPath(path);
  const item = itemOfPath(path) ?? firstItem(error.details);
  const facts = factsOf(error.details);
  return {
    code: error.code,
    message: error.message === '' ? 'no explanation given' : error.message.slice(0, 500),
    ...(key === undefined ? {} : { key }),
    ...(item === undefined ? {} : { item }),
    ...(facts === '' ? {} : { facts }),
    remedy: refusalRemedy(error.code, key),
  };
}

/** `$.fields[2].lookup.display_label` is about item 2. */
function itemOfPath(path: Json | undefined): number | undefined {
  const match = typeof path === 'string' ? /^\$?\.?fields\[(\d{1,4})\]/.exec(path) : null;
  return match === null ? undefined : Number(match[1]);
}

function keyOfPath(path: Json | undefined): string | undefined {
  const match = typeof path === 'string' ? /\.([A-Za-z_]\w*)$/.exec(path) : null;
  return match?.[1];
}

/** Some errors name their place only inside a list or a dependee (sheet §5.2). */
function firstItem(details: JsonObject): number | undefined {
  const lists = ['dependee', 'ambiguity_due_to', 'limit_due_to', 'expected_fields'].flatMap((key) => {
    const value = property(details, key);
    return Array.isArray(value) ? value : [value];
  });
  for (const place of lists) {
    const item = isObject(place) ? itemOfPath(property(place, 'json_path')) : undefined;
    if (item !== undefined) return item;
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
