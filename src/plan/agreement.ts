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
  if (Array.isArray(want) && Array.isArray(live)) return listAgrees(want, live);
  return want === live || (isScalar(want) && isScalar(live) && String(want) === String(live));
}

/** Things that are named stand in no order, which Zoho need not keep; anything else does. */
function listAgrees(want: readonly Json[], live: readonly Json[]): boolean {
  if (want.length !== live.length) return false;
  return want.every(isReference)
    ? want.every((item) => live.some((other) => agrees(item, other)))
    : want.every((item, index) => agrees(item, live[index] as Json));
}

function isReference(value: Json): boolean {
  return isObject(value) && property(value, 'api_name') !== undefined;
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
