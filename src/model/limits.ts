/** Zoho's limits, each written down once. */

/** Fields per POST and PATCH (sheet §3.1: documented for every version; the 25 of one source is not trusted). */
export const FIELDS_PER_CALL = 5;

/** What a module can hold only so many of: custom fields altogether, unique ones, those of a data type. */
export type LimitedKind = 'custom' | 'unique' | 'autonumber' | 'multiselectlookup';

/** What one module can hold, as far as it is known. */
type ModuleLimits = Readonly<Partial<Record<LimitedKind, number>>>;

/** In every edition (sheet §3.1). */
export const EVERY_EDITION = { unique: 2, autonumber: 1 } as const;

/**
 * By Zoho's word for the edition (sheet §10.4): custom fields as the page of the create call names them (sheet §3.1), and
 * multi-select lookups as Zoho's help does (sheet §7). Bundles and the free edition are on no such page.
 */
const EDITIONS = {
  standard: { custom: 10, multiselectlookup: 0 },
  professional: { custom: 155, multiselectlookup: 0 },
  enterprise: { custom: 300, multiselectlookup: 2 },
  ultimate: { custom: 500, multiselectlookup: 2 },
} as const;

/** What fits into a module in each of these editions, and in none of them. */
export const CUSTOM_FIELDS = { least: EDITIONS.standard.custom, most: EDITIONS.ultimate.custom } as const;

/** More multi-select lookups no edition has in a module (sheet §7). */
export const MOST_MULTI_LOOKUPS = EDITIONS.ultimate.multiselectlookup;

/** An edition whose limits are known. */
interface Edition {
  readonly name: string;
  readonly limits: ModuleLimits;
}

/** The edition that Zoho's word stands for; none for a word that no page explains. */
export function editionOf(word: string): Edition | undefined {
  const found = Object.entries(EDITIONS).find(([name]) => name === word.trim().toLowerCase());
  return found === undefined ? undefined : { name: found[0], limits: found[1] };
}

/** What is known of how much a module of an organisation can hold. */
export interface Room {
  /** Zoho's word for the edition, where the credentials may ask (sheet §10.4). */
  readonly edition?: string;
  /** Custom fields of a module, where they are not those of the edition (`ZOHO_CUSTOM_FIELD_LIMIT`, contract §4). */
  readonly customFields?: number;
}

/** Who says so: the user, Zoho when it refused a field, the page about the edition, or one about every edition. */
export type LimitSource = 'setting' | 'refusal' | 'edition' | 'every_edition';

/** How much of one kind a module has, and what a plan adds to it. */
export interface Capacity {
  readonly kind: LimitedKind;
  /** Places held before the plan. */
  readonly used: number;
  /** Fields of the plan that ask for a place. */
  readonly add: number;
  /** Null where it depends on an edition that is not known. */
  readonly limit: number | null;
  readonly source: LimitSource | null;
}
