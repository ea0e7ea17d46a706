import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { DesiredField } from '../model/manifest.ts';

/** Both sides of a picklist's options, in the form in which they are compared, shown and reported. */
interface ComparedOptions {
  readonly want: readonly Json[];
  readonly live: readonly Json[];
  readonly agree: boolean;
}

/**
 * Options compare as a set, by what Zoho stores (contract §2, sheet §14): `-None-` is Zoho's own, options in the unused
 * section are offered to nobody, and order does not matter.
 *
 * What is declared of an option is compared too: the text that people see, which a shorthand declares to be the stored
 * one, its colour, its name for integrations. An option of which nothing is told but one text is that text.
 */
export function compareOptionValues(declared: Json, wire: Json): ComparedOptions {
  const wishes = optionsByValue(declared);
  const facts = optionsByValue(wire);
  const want = new Map([...wishes].map(([value, wish]) => [value, told(wish, facts.get(value))]));
  const live = new Map([...facts].map(([value, fact]) => [value, asked(fact, wishes.get(value))]));
  const agree =
    want.size === live.size &&
    [...want].every(([value, wish]) => {
      const fact = live.get(value);
      return fact !== undefined && optionAgrees(wish, fact);
    });
  return { want: [...want.values()].map(plain), live: [...live.values()].map(plain), agree };
}

/** The API names of the fields whose options are compared. */
export function withOptions(fields: readonly DesiredField[]): readonly string[] {
  return fields
    .filter(({ declared }) => property(declared, 'pick_list_values') !== undefined)
    .map(({ api_name }) => api_name);
}

/** What Zoho stores for each of the declared options, in their order (contract §2). */
export function storedValues(declared: Json): readonly string[] {
  return [...optionsByValue(declared).keys()];
}

/** Of two options with one stored value the first counts: Zoho could keep no other. */
function optionsByValue(list: Json): ReadonlyMap<string, JsonObject> {
  const options = new Map<string, JsonObject>();
  for (const option of Array.isArray(list) ? list : []) {
    if (!isObject(option) || property(option, 'type') === 'unused') continue;
    const value = property(option, 'actual_value') ?? property(option, 'display_value');
    if (typeof value !== 'string' || value === '-None-' || options.has(value)) continue;
    options.set(value, { ...option, actual_value: value });
  }
  return options;
}

/** What is wished of an option, as far as GET tells it. */
function told(wish: JsonObject, fact: JsonObject | undefined): JsonObject {
  if (fact === undefined) return wish;
  return Object.fromEntries(Object.entries(wish).filter(([key]) => property(fact, key) !== undefined));
}

/** Of a live option only what was declared is of interest; of one that nobody declared, both of its texts. */
function asked(fact: JsonObject, wish: JsonObject | undefined): JsonObject {
  const keys = wish === undefined ? ['display_value', 'actual_value'] : Object.keys(wish);
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = property(fact, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function optionAgrees(wish: JsonObject, fact: JsonObject): boolean {
  return Object.entries(wish).every(([key, value]) =>
    optionKeyAgrees(key, value, property(fact, key) ?? null),
  );
}

/** Whether two values of one key of an option mean the same, for the verdict as for all that tells what differs. */
export function optionKeyAgrees(key: string, want: Json, live: Json): boolean {
  return agrees(inOneSpelling(key, want), inOneSpelling(key, live));
}

/** Whether a colour is written in small or capital letters is no difference. */
export function inOneSpelling(key: string, value: Json): Json {
  return key === 'colour_code' && typeof value === 'string' ? value.toLowerCase() : value;
}

function plain(option: JsonObject): Json {
  const { display_value, actual_value, ...rest } = option;
  const isText = display_value === undefined || display_value === actual_value;
  return isText && Object.keys(rest).length === 0 ? (actual_value ?? null) : option;
}

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
