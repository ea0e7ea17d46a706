import { isObject, property, type Json, type JsonObject } from '../model/json.ts';
import type { Seen } from '../model/live-field.ts';
import { CODES, OTHER } from './value.ts';
import { TOO_LONG } from './wishes.ts';

/** What an answer says of one field. */
export interface Claim {
  /** What became of it: an id, or a code. */
  readonly id?: string;
  readonly code?: string;
  /** The key that a refusal objects to. */
  readonly key?: string;
  /** Index in the request of the field that a refusal names (sheet §3.7). */
  readonly place?: number;
  /** How long a text may be, where a refusal says it. */
  readonly most?: number;
}

/** One claim for each of the fields that were sent; nothing where one of them cannot be read, or there are more or fewer. */
export function resultsIn(seen: Seen, count: number): readonly Claim[] | undefined {
  const claims = itemsOf(seen)?.map((item) => claimOf(item));
  const read = claims?.filter((claim) => claim !== undefined);
  return seen.status < 500 && claims?.length === count && read?.length === count ? read : undefined;
}

/** What Zoho objects to in one field or in the request, where it says that nothing at all was created. */
export function refusalsIn(seen: Seen, count: number): readonly Claim[] | undefined {
  if (seen.status >= 500 || (seen.status >= 300 && seen.status < 400)) return undefined;
  const items = itemsOf(seen);
  // A success of which one result is missing may have made that one.
  if (items !== undefined && items.length !== count && seen.status < 400) return undefined;
  const claims = (items ?? [seen.json]).map((item) => claimOf(item));
  const refusals = claims.flatMap((claim) => (claim?.code === undefined ? [] : [claim]));
  return claims.length > 0 && refusals.length === claims.length ? refusals : undefined;
}

function itemsOf({ json }: Seen): readonly Json[] | undefined {
  const items = isObject(json) ? property(json, 'fields') : undefined;
  return Array.isArray(items) ? items : undefined;
}

function claimOf(item: Json | undefined): Claim | undefined {
  if (!isObject(item)) return undefined;
  const found = property(item, 'details');
  const details = isObject(found) ? found : {};
  const code = property(item, 'code');
  if (property(item, 'status') === 'success' || code === 'SUCCESS') {
    const id = property(details, 'id');
    return typeof id === 'string' ? { id } : {};
  }
  if (typeof code !== 'string' || code === '') return undefined;
  return { code: CODES.includes(code) ? code : OTHER, ...objectionOf(details) };
}

function objectionOf(details: JsonObject): Pick<Claim, 'key' | 'place' | 'most'> {
  const found = property(details, 'json_path');
  const path = typeof found === 'string' ? found : '';
  const place = /^\$?\.?fields\[(\d{1,2})\]/.exec(path)?.[1];
  const named = property(details, 'api_name');
  const key = typeof named === 'string' ? named : /\w{1,40}$/.exec(path)?.[0];
  const most = property(details, 'maximum_length');
  const isLength = typeof most === 'number' && Number.isSafeInteger(most) && most > 0 && most < TOO_LONG;
  return {
    ...(key === undefined ? {} : { key }),
    ...(place === undefined ? {} : { place: Number(place) }),
    ...(isLength ? { most } : {}),
  };
}
