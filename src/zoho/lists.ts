import { isObject, property, textOf, type Json, type JsonObject, valueAt } from '../model/json.ts';
import type { LiveField } from '../model/live-field.ts';
import { problem, type Problem } from '../model/problem.ts';

/** No module has more fields than this many pages hold; a list that goes on is not Zoho's. */
const MOST_PAGES = 50;
/** Ten times what the largest edition allows (sheet §2.2); a server that sends more wants something else. */
export const MOST_ITEMS = 5000;

/** A list of settings, and how an answer is told that is not all of it. */
export interface ListKind {
  /** Zoho's key of the list in the answer, such as `fields`. */
  readonly key: string;
  /** Of the problem. */
  readonly code: string;
  /** Such as `the module's fields`. */
  readonly what: string;
}

/** The JSON of one page, and the host that sent it. */
interface SentPage {
  readonly json: Json | undefined;
  readonly host: string;
}

/**
 * Reads a list page by page, and only gives back a whole one.
 *
 * One page is all that Zoho documents for settings (sheet §2.2); where it announces more in `info`, as its other lists do,
 * all that was announced has to come. Taken for the whole, a part of a list would hide fields that are there: they would
 * be planned again, or be taken for fields that this run created (contract §9).
 * @throws what the kind of list says of an answer that is no list, or of a list that lacks something.
 */
export async function readWholeList(
  kind: ListKind,
  get: (page: number) => Promise<SentPage>,
): Promise<{ readonly items: readonly Json[]; readonly host: string }> {
  const pages: PageCount[] = [];
  const items: Json[] = [];
  const ids = new Set<string>();
  for (let number = 1; number <= MOST_PAGES; number += 1) {
    const { json, host } = await get(number);
    const page = readPage(json, kind.key, number);
    if (typeof page === 'string') throw notList(host, kind, page);
    if (number > 1 && page.items.length === 0)
      throw notList(host, kind, 'it announces another page and then sends nothing');
    // An entry that a page holds twice is for the reader of the list to judge; it counts once.
    const fresh = new Set(page.items.map((item) => idOf(item)));
    const again = [...fresh].find((id) => id !== '' && ids.has(id));
    if (again !== undefined)
      throw notList(host, kind, `page ${number} holds the entry ${again} of an earlier page`);
    for (const id of fresh) ids.add(id);
    items.push(...page.items);
    if (items.length > MOST_ITEMS) throw notList(host, kind, 'it holds more entries than any list of Zoho');
    pages.push({ sent: fresh.size, announced: page.count });
    if (page.more) continue;
    if (lacksSome(pages)) throw notList(host, kind, 'it holds fewer entries than it announces');
    return { items, host };
  }
  throw notList('Zoho', kind, 'the list does not end');
}

interface PageCount {
  readonly sent: number;
  readonly announced: number | undefined;
}

/** `count` is that of the page (Zoho's lists of records), or of the whole list: no source says it for settings. */
function lacksSome(pages: readonly PageCount[]): boolean {
  const total = pages.reduce((sum, { sent }) => sum + sent, 0);
  const perPage = pages.every(({ sent, announced = 0 }) => sent >= announced);
  const overall = pages.every(({ announced = total }) => announced === total);
  return !perPage && !overall;
}

function idOf(item: Json): string {
  return isObject(item) ? textOf(property(item, 'id')) : '';
}

interface Page {
  readonly items: readonly Json[];
  readonly more: boolean;
  readonly count: number | undefined;
}

/** A page, or why it is none. */
function readPage(json: Json | undefined, key: string, number: number): Page | string {
  const items = valueAt(json, [key]);
  if (!isObject(json) || !Array.isArray(items))
    return `the answer holds no list of ${key.replaceAll('_', ' ')}`;
  const info = property(json, 'info') ?? {};
  if (!isObject(info)) return 'its "info" is not an object';
  const more = property(info, 'more_records') ?? false;
  if (typeof more !== 'boolean') return 'its "more_records" is neither true nor false';
  const count = wholeNumber(info, 'count');
  const page = wholeNumber(info, 'page');
  if (count === 'odd' || page === 'odd') return 'its "info" counts in something else than numbers';
  if (page !== undefined && page !== number) return `it sent page ${page} instead of page ${number}`;
  // A token for the next page announces it as well (Zoho's lists of records).
  return { items, more: more || (property(info, 'next_page_token') ?? '') !== '', count };
}

function wholeNumber(info: JsonObject, key: string): number | undefined | 'odd' {
  const value = property(info, key) ?? undefined;
  if (value === undefined) return undefined;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : 'odd';
}

/** The fields of a module, and what is said of an answer that does not hold all of them. */
export const FIELDS: ListKind = { key: 'fields', code: 'not-fields', what: `the module's fields` };

/**
 * Reads the items of a list of fields.
 * @throws Problem `unreachable` for an item that is not a complete field.
 */
export function readFields(items: readonly Json[], host: string): readonly LiveField[] {
  return items.map((item) => readField(item, host));
}

function readField(item: Json, host: string): LiveField {
  if (!isObject(item)) throw notFields(host, 'an entry of the list is not an object');
  const id = identifier(item);
  const api_name = text(item, 'api_name');
  const data_type = text(item, 'data_type');
  if (id === undefined || api_name === undefined || data_type === undefined) {
    throw notFields(host, `the field ${api_name ?? id ?? ''} lacks its id, api_name or data_type`);
  }
  const display = text(item, 'display_label');
  const label = text(item, 'field_label') ?? display ?? api_name;
  return {
    id,
    api_name,
    field_label: label,
    display_label: display ?? label,
    data_type,
    custom: property(item, 'custom_field') === true,
    used: property(item, 'type') !== 'unused',
    wire: item,
  };
}

/**
 * Ids are strings of 18 or 19 digits (sheet §2.3); as numbers they would already have lost their last digits. Anything
 * else does not become part of an address.
 */
function identifier(item: JsonObject): string | undefined {
  const id = property(item, 'id');
  const digits = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : text(item, 'id');
  return digits !== undefined && /^\d+$/.test(digits) ? digits : undefined;
}

function text(item: JsonObject, key: string): string | undefined {
  const value = property(item, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Something answered that is not Zoho's fields API, or only part of it. */
export function notFields(host: string, why: string): Problem {
  return notList(host, FIELDS, why);
}

/** The same for a list of any kind. */
export function notList(host: string, { code, what }: ListKind, why: string): Problem {
  return problem(
    'unreachable',
    code,
    `${host} did not send ${what} as Zoho does: ${why}. Nothing was concluded from it.`,
    'Try again; if it stays, check ZOHO_API_URL and whether a proxy changes answers.',
  );
}
