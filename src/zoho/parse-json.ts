import { isObject, type Json } from '../model/json.ts';
import { isBounded, jsonShape } from './json-bounds.ts';

/** Why a body is not taken, in words that follow "answered with". */
export type JsonFlaw =
  | 'something that is not complete JSON'
  | 'JSON that is deeper, larger or longer than anything of Zoho'
  | 'JSON in which a key stands twice'
  | 'JSON in which an id is a number that no program can read exactly';

/**
 * Parses a body that a stranger may have sent.
 *
 * `JSON.parse` is silent where it has to choose: of a key that stands twice it takes the last one, and a long id that
 * is not in quotes becomes the id next to it. Both would be believed, so both are refused.
 */
export function parseJson(text: string): { readonly json: Json } | { readonly flaw: JsonFlaw } {
  const shape = jsonShape(text);
  if (!isBounded(shape)) return { flaw: 'JSON that is deeper, larger or longer than anything of Zoho' };
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return { flaw: 'something that is not complete JSON' };
  }
  const found = { members: 0, isInexact: false };
  walk(json, found);
  // A key that was written twice is there once.
  if (found.members !== shape.members) return { flaw: 'JSON in which a key stands twice' };
  if (found.isInexact) return { flaw: 'JSON in which an id is a number that no program can read exactly' };
  return { json };
}

/** Recursion is safe: the depth is bounded. */
function walk(value: Json, found: { members: number; isInexact: boolean }): void {
  if (typeof value !== 'object' || value === null) return;
  if (!isObject(value)) {
    for (const item of value) walk(item, found);
    return;
  }
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    found.members += 1;
    if (typeof member === 'number' && !Number.isSafeInteger(member) && /(?:^|_)id$/.test(key))
      found.isInexact = true;
    walk(member, found);
  }
}
