import { isObject, property, type Json, type JsonObject } from '../model/json.ts';

/**
 * Does a live value agree with a declared one? Only what is declared counts (contract §2).
 *
 * An object agrees when each declared key does. A key that a filled live object lacks is one that this Zoho
 * does not tell, so it cannot disagree; an empty object is Zoho's way to say "none" (sheet §2.3) and agrees with
 * nothing that is declared. Numbers and strings of digits are one, since Zoho is not consistent about them.
 */
export function agrees(want: Json, live: Json): boolean {
  if (isObject(want) && isObject(live)) return objectAgrees(want, live);
  if (Array.isArray(want) && Array.isArray(live)) {
    return (
      want.length === live.length && want.every((item: Json, index) => agrees(item, live[index] as Json))
    );
  }
  return want === live || (isScalar(want) && isScalar(live) && String(want) === String(live));
}

function objectAgrees(want: JsonObject, live: JsonObject): boolean {
  const told = Object.keys(live).length > 0;
  return Object.entries(want).every(([key, value]) => {
    const other = property(live, key);
    return other === undefined ? told : agrees(value, other);
  });
}

/** Booleans stay out on purpose: the text "false" is not the answer no. */
function isScalar(value: Json): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
