import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import { agrees } from './agreement.ts';

/** Both sides of a picklist's options, in the form in which they are compared, shown and reported. */
export interface ComparedOptions {
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
  return Object.entries(wish).every(([key, value]) => {
    const other = property(fact, key) ?? null;
    // Whether a colour is written in small or capital letters is no difference.
    if (key === 'colour_code' && typeof value === 'string' && typeof other === 'string') {
      return value.toLowerCase() === other.toLowerCase();
    }
    return agrees(value, other);
  });
}

function plain(option: JsonObject): Json {
  const { display_value, actual_value, ...rest } = option;
  const isText = display_value === undefined || display_value === actual_value;
  return isText && Object.keys(rest).length === 0 ? (actual_value ?? null) : option;
}
