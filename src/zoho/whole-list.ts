import { isObject, property, textOf, type Json, type JsonObject } from '../model/json.ts';
import type { Problem } from '../model/problem.ts';

/** No module has more fields than this many pages hold; a list that goes on is not Zoho's. */
const MOST_PAGES = 50;
/** Ten times what the largest edition allows (sheet §2.2); a server that sends more wants something else. */
export const MOST_ITEMS = 5000;

/** A list of settings, and what to say of an answer that is not all of it. */
export interface ListKind {
  /** Zoho's key of the list in the answer, such as `fields`. */
  readonly key: string;
  readonly incomplete: (host: string, why: string) => Problem;
}

/** The JSON of one page, and the host that sent it. */
export interface SentPage {
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
  { key, incomplete }: ListKind,
  get: (page: number) => Promise<SentPage>,
): Promise<{ readonly items: readonly Json[]; readonly host: string }> {
  const pages: { readonly sent: number; readonly announced: number | undefined }[] = [];
  const items: Json[] = [];
  const ids = new Set<string>();
  for (let number = 1; number <= MOST_PAGES; number += 1) {
    const { json, host } = await get(number);
    const page = readPage(json, key, number);
    if (typeof page === 'string') throw incomplete(host, page);
    if (number > 1 && page.items.length === 0)
      throw incomplete(host, 'it announces another page and then sends nothing');
    // An entry that a page holds twice is for the reader of the list to judge; it counts once.
    const fresh = new Set(page.items.map((item) => idOf(item)));
    const again = [...fresh].find((id) => id !== '' && ids.has(id));
    if (again !== undefined)
      throw incomplete(host, `page ${number} holds the entry ${again} of an earlier page`);
    for (const id of fresh) ids.add(id);
    items.push(...page.items);
    if (items.length > MOST_ITEMS) throw incomplete(host, 'it holds more entries than any list of Zoho');
    pages.push({ sent: fresh.size, announced: page.count });
    if (page.more) continue;
    if (lacksSome(pages)) throw incomplete(host, 'it holds fewer entries than it announces');
    return { items, host };
  }
  throw incomplete('Zoho', 'the list does not end');
}

/** `count` is that of the page (Zoho's lists of records), or of the whole list: no source says it for settings. */
function lacksSome(
  pages: readonly { readonly sent: number; readonly announced: number | undefined }[],
): boolean {
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
  const items = json !== undefined && isObject(json) ? property(json, key) : undefined;
  if (json === undefined || !isObject(json) || !Array.isArray(items))
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
