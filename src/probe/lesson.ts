import { given, isObject, property, type Json, type JsonObject, valueAt } from '../model/json.ts';
import type { Seen, LiveField } from '../model/live-field.ts';
import { CODES, OTHER, type FactValue } from './value.ts';
import { TOO_LONG, type Purpose, type Wish } from './wishes.ts';
import { answerWords } from './facts/fact.ts';

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
  const items = valueAt(json, ['fields']);
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
    ...given({ key, place: place === undefined ? undefined : Number(place) }),
    ...(isLength ? { most } : {}),
  };
}

/** One POST, and what became of it. */
export interface Creation {
  /** Its fields, in the order in which they were sent. */
  readonly sent: readonly Wish[];
  /** The answer as it came; absent where none did. */
  readonly seen?: Seen;
  /** What reads show of all that was made. */
  readonly live: readonly LiveField[];
}

/**
 * What a creation taught. Which field is which a read proves, by labels and lengths, whatever was answered. Of a field that
 * was refused the answer alone tells: a refusal counts by the place that it names, or by its own where the read proves that
 * the results are in the order of the request.
 */
export function lessonOf(creation: Creation): ReadonlyMap<string, FactValue> {
  const { sent, seen } = creation;
  const claims = seen === undefined ? [] : claimsIn(seen, sent);
  const nameOf = (purpose: Purpose, read: (name: string, label: string) => string): string | undefined => {
    const [field, wish] = [shownAs(purpose, creation), wishFor(purpose, sent)];
    return field && wish && read(field.api_name, wish.label);
  };
  const facts: readonly (readonly [id: string, value: FactValue | undefined])[] = [
    ['create.some', seen === undefined || !areMixed(claims) ? undefined : answerWords(seen, 'fields')],
    ['create.order', orderOf(creation)],
    ['create.api_name', treatmentOfName(creation, claims)],
    ['create.duplicate', fateOfTwin(creation, claims)],
    ['create.symbols', nameOf('symbols', symbolsIn)],
    ['create.letters', nameOf('letters', lettersIn)],
    ['create.label_most', lengthOfLong(creation) ?? mostIn(claims)],
  ];
  return new Map(facts.flatMap(([id, value]) => (value === undefined ? [] : [[id, value] as const])));
}

/**
 * In which order the results of an answer are, where a read shows every field that they say was created.
 * @returns nothing where they may be of other fields altogether.
 */
export function orderOf({ sent, seen, live }: Creation): 'as_sent' | 'in_another_order' | undefined {
  const results = seen === undefined ? undefined : resultsIn(seen, sent.length);
  const made = (results ?? []).flatMap(({ id, code }, index) => (code === undefined ? [{ id, index }] : []));
  const pairs = made.flatMap(({ id, index }) => {
    const field = live.find((one) => one.id === id);
    return field === undefined ? [] : [{ field, index }];
  });
  if (new Set(pairs.map(({ field }) => field)).size < Math.max(made.length, 2)) return undefined;
  const areInPlace =
    pairs.every(({ field, index }) => wishesBehind(field, sent).some((wish) => wish === sent[index])) &&
    (results ?? []).every(({ place }, index) => place === undefined || place === index);
  return areInPlace ? 'as_sent' : 'in_another_order';
}

/** The one field that a read shows of a wish; nothing where there is none, or it may be another wish's. */
export function shownAs(purpose: Purpose, { sent, live }: Creation): LiveField | undefined {
  const some = live.filter((field) => {
    const [wish, ...others] = wishesBehind(field, sent);
    return wish?.purpose === purpose && others.length === 0;
  });
  return some.length === 1 ? some[0] : undefined;
}

/** Which wishes a field may come of: by its label, and of two of one label by its length, where a read shows it. */
function wishesBehind(field: LiveField, sent: readonly Wish[]): readonly Wish[] {
  const some = sent.filter((wish) => labelOf(field, wish) !== undefined);
  const exact = some.filter(({ length }) => property(field.wire, 'length') === length);
  return exact.length === 0 ? some : exact;
}

/** What a field has of a wish's label: the whole, or the beginning of one that is too long. */
function labelOf(field: LiveField, { label, purpose }: Wish): string | undefined {
  if (purpose !== 'long') return bears(field, label) ? label : undefined;
  return [field.display_label, field.field_label].find((one) => one !== '' && label.startsWith(one));
}

function wishFor(purpose: Purpose, sent: readonly Wish[]): Wish | undefined {
  return sent.find((wish) => wish.purpose === purpose);
}

/** True for a field that has a label, translated or not. */
export function bears({ field_label, display_label }: LiveField, label: string): boolean {
  return field_label === label || display_label === label;
}

/** What is said of each field that was sent, or of the request as a whole. */
function claimsIn(seen: Seen, sent: readonly Wish[]): readonly Claim[] {
  return resultsIn(seen, sent.length) ?? refusalsIn(seen, sent.length) ?? [];
}

function areMixed(claims: readonly Claim[]): boolean {
  return claims.some(({ code }) => code === undefined) && claims.some(({ code }) => code !== undefined);
}

/**
 * What is said of one field, where it is certain that it is said of that one: of refusals without a place a read proves no
 * order, so that they have to be of one kind.
 */
function claimOn(purpose: Purpose, creation: Creation, claims: readonly Claim[]): Claim | undefined {
  const index = creation.sent.findIndex((wish) => wish.purpose === purpose);
  const isInOrder = orderOf(creation) === 'as_sent';
  const kinds = new Set(claims.flatMap(({ code, place }) => (place === undefined ? (code ?? []) : [])));
  return claims.find(({ code, place }, at) => {
    const isInPlace = isInOrder && (code === undefined || kinds.size === 1);
    return (place ?? (isInPlace ? at : -1)) === index;
  });
}

/** That a name counted, or did not, a read shows; that it was refused the answer says, as one field alone had a name. */
function treatmentOfName(creation: Creation, claims: readonly Claim[]): string | undefined {
  const { sent, live } = creation;
  const wish = sent.find(({ name }) => name !== undefined);
  if (wish === undefined) return undefined;
  if (live.some(({ api_name }) => api_name === wish.name)) return 'honoured';
  const same = live.filter((field) => bears(field, wish.label));
  const { id } = claimOn('named', creation, claims) ?? {};
  // Of two fields of its label one is it.
  if (shownAs('named', creation) !== undefined || same.length > 1 || same.some((field) => field.id === id))
    return 'ignored';
  return claims.some(({ key }) => key === 'api_name') ? 'refused' : undefined;
}

function fateOfTwin(creation: Creation, claims: readonly Claim[]): string | undefined {
  const wish = wishFor('twin', creation.sent);
  if (wish === undefined) return undefined;
  if (creation.live.filter((field) => bears(field, wish.label)).length > 1) return 'accepted';
  const [twin, first] = [claimOn('twin', creation, claims), claimOn('named', creation, claims)];
  // What is said of both is not about the label.
  return twin?.code === first?.code ? undefined : twin?.code;
}

/** Only one label is longer than Zoho may take; where refusals name several lengths they are about something else. */
function mostIn(claims: readonly Claim[]): number | undefined {
  const said = claims.flatMap(({ most, key = 'field_label' }) =>
    most === undefined || key !== 'field_label' ? [] : [most],
  );
  const [most, ...others] = new Set(said);
  return others.length === 0 ? most : undefined;
}

function lengthOfLong(creation: Creation): number | undefined {
  const [field, wish] = [shownAs('long', creation), wishFor('long', creation.sent)];
  return field && wish && labelOf(field, wish)?.length;
}

/** Sheet §3.6: what is no letter and no digit of ASCII becomes one underscore, none at the end. */
function derived(label: string): string {
  return label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
}

function symbolsIn(name: string, label: string): string {
  return name === derived(label) ? 'as_believed' : 'other';
}

function lettersIn(name: string, label: string): string {
  if (name === derived(label)) return 'underscore';
  if (name === derived(label.replace('\u00e9', ''))) return 'dropped';
  if (name === derived(label.replace('\u00e9', 'e'))) return 'plain_letter';
  return name.includes('\u00e9') ? 'kept' : 'other';
}
