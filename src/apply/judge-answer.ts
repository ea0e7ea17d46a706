import { given } from '../model/json.ts';
import type { ItemAnswer, Refusal, WriteAnswer } from './ports.ts';

/** What an answer means for the request that it belongs to. */
type Reading =
  /** One result for each item, in the order of the request. */
  | { readonly kind: 'results'; readonly items: readonly ItemAnswer[] }
  /** This Zoho does not take `api_name` in the create body: nothing was done, send it without. */
  | { readonly kind: 'takes-no-api-name'; readonly objection: Refusal; readonly blamed: Blamed }
  | { readonly kind: 'doubt'; readonly doubt: Doubt };

/** An answer that leaves open what was done: live has to say it. */
export interface Doubt {
  readonly why: string;
  /** True where what was asked for may still be done. */
  readonly isUnanswered: boolean;
  /** Zoho's own words, where it denied the request in words that count. */
  readonly refusal?: Refusal;
  /** Items of the request that a documented refusal names. */
  readonly blamed: Blamed;
  /** True where each of several items has to go alone, so that the next answer can mean only one. */
  readonly isMixedUp: boolean;
  readonly problem?: Extract<WriteAnswer, { kind: 'refused' }>['problem'];
  readonly againMs?: number;
}

/** By the index of the item. */
type Blamed = ReadonlyMap<number, Refusal>;

/** What is known of the request. */
export interface Request {
  /** How many items it had. */
  readonly count: number;
  readonly withApiName: boolean;
  /** Ids that cannot be the ones of new fields. */
  readonly taken: ReadonlySet<string>;
}

/**
 * Reads the answer to a POST.
 *
 * Codes and places count, words do not (sheet §5.2: messages differ between releases). Results are believed only where
 * nothing contradicts that they stand in the order of the request (sheet §3.7).
 */
export function judgeAnswer(
  answer: Exclude<WriteAnswer, { kind: 'stopped' }>,
  { count, withApiName, taken }: Request,
): Reading {
  if (answer.kind === 'lost') return doubt({ why: answer.why, isUnanswered: answer.isUnanswered === true });
  const refusals = answer.kind === 'refused' ? answer.refusals : answer.items.flatMap(refusalOf);
  const isDenied = answer.kind === 'refused' || refusals.length === answer.items.length;
  const blamed = isDenied ? blamedBy(refusals, count) : new Map<number, Refusal>();
  const objection = withApiName && isDenied ? refusals.find((one) => objectsToApiName(one)) : undefined;
  if (objection !== undefined) {
    const others = [...blamed].filter(([, refusal]) => !objectsToApiName(refusal));
    return { kind: 'takes-no-api-name', objection, blamed: new Map(others) };
  }
  if (answer.kind === 'answered' && !(isDenied && isRepeated(refusals))) {
    if (areInPlace(answer.items) && areNew(answer.items, taken))
      return { kind: 'results', items: answer.items };
    const [only] = count === 1 ? refusals : [];
    const why = 'Zoho answered with results that cannot be matched to the fields that were sent';
    return doubt({ why, isMixedUp: count > 1, ...given({ refusal: only }) });
  }
  const [refusal] = refusals;
  return doubt({
    why:
      refusal === undefined
        ? 'Zoho refused the request'
        : `Zoho denied the request with ${refusal.code}: ${refusal.message}`,
    blamed,
    isMixedUp: count > 1 && blamed.size === 0,
    ...given({ refusal }),
    ...(answer.kind === 'refused' ? given({ problem: answer.problem, againMs: answer.againMs }) : {}),
  });
}

function doubt(what: Partial<Doubt> & Pick<Doubt, 'why'>): Reading {
  return { kind: 'doubt', doubt: { blamed: new Map(), isMixedUp: false, isUnanswered: false, ...what } };
}

function refusalOf(item: ItemAnswer): readonly Refusal[] {
  return item.status === 'error' ? [item.refusal] : [];
}

/** The items that refusals of a whole request name, each with a code that Zoho documents. */
function blamedBy(refusals: readonly Refusal[], count: number): Blamed {
  return new Map(
    refusals.flatMap((one) =>
      one.item !== undefined && one.item < count && isDocumented(one.code) ? [[one.item, one] as const] : [],
    ),
  );
}

/** A refusal of the whole request may be repeated for every item, each time with the one culprit (sheet §3.7). */
function isRepeated(refusals: readonly Refusal[]): boolean {
  const [first, ...others] = refusals;
  return (
    first?.item !== undefined &&
    others.length > 0 &&
    others.every((one) => one.item === first.item && one.code === first.code)
  );
}

/**
 * True where results certainly stand in the order of the request: no index contradicts its position, and those without an
 * index are of one kind, so that it does not matter which of them is which.
 */
export function areInPlace(items: readonly ItemAnswer[]): boolean {
  const places = items.map((item) => (item.status === 'error' ? item.refusal.item : undefined));
  const unplaced = items.filter((_, index) => places[index] === undefined);
  const kinds = new Set(unplaced.map((item) => (item.status === 'success' ? '' : item.refusal.code)));
  return kinds.size <= 1 && places.every((place, index) => place === undefined || place === index);
}

/** True where the ids of an answer can be those of new fields: each another one, and none that is known. */
function areNew(items: readonly ItemAnswer[], taken: ReadonlySet<string>): boolean {
  const ids = items.flatMap((item) => (item.status === 'success' && item.id !== undefined ? [item.id] : []));
  return new Set(ids).size === ids.length && !ids.some((id) => taken.has(id));
}

/** The name itself being taken or reserved is about the field, not about the key. */
const ABOUT_THE_NAME: ReadonlySet<string> = new Set(['DUPLICATE_DATA', 'RESERVED_KEYWORD_NOT_ALLOWED']);

/** Only the field's own key counts: a lookup's module has an `api_name` as well. */
function objectsToApiName({ code, key, path }: Refusal): boolean {
  const isOwn = path === undefined ? key === 'api_name' : path.length === 1 && path[0] === 'api_name';
  return isOwn && !ABOUT_THE_NAME.has(code);
}

/**
 * Zoho's codes of refusals (sheet §5). Only these say that nothing was done; any other denial is an answer that was lost
 * (contract §9).
 */
const codes = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Refusals of the request as such: no field of it would fare better alone (sheet §5.1). */
const OF_THE_REQUEST = codes(
  'API_NOT_SUPPORTED FIELD_LIMIT_EXCEEDED INVALID_HOST INVALID_MODULE INVALID_REQUEST ' +
    'INVALID_REQUEST_METHOD INVALID_URL_PATTERN LIMIT_EXCEEDED METHOD_NOT_ALLOWED ' +
    'REQUEST_ENTITY_TOO_LARGE REQUIRED_PARAM_MISSING UNSUPPORTED_MEDIA_TYPE',
);

/** Refusals of the one who asks, or of how often (sheet §5.1). */
const OF_ACCESS = codes(
  'AUTHENTICATION_FAILURE AUTHORIZATION_FAILED INVALID_TOKEN NO_PERMISSION OAUTH_SCOPE_MISMATCH ' +
    'TOO_MANY_REQUESTS',
);

/** Refusals of one field (sheet §5.2). */
const OF_A_FIELD = codes(
  'ALREADY_USED AMBIGUITY_DURING_PROCESSING DEPENDENT_FIELD_MISSING DEPENDENT_MISMATCH DUPLICATE_DATA ' +
    'DYNAMIC_EXPRESSION_LENGTH_EXCEEDED EXPECTED_DEPENDENT_FIELD_MISSING EXPECTED_FIELD_MISSING ' +
    'FEATURE_NOT_ENABLED FEATURE_NOT_SUPPORTED INCORRECT_DATA_TYPE_PARAM INCORRECT_NUMBER_OF_PARAM ' +
    'INVALID_DATA MANDATORY_NOT_FOUND MISSING_BRACES NOT_ALLOWED NOT_SUPPORTED ' +
    'PARTICIPATING_FIELD_NOT_FOUND PROPERTY_LOCKED RESERVED_KEYWORD_NOT_ALLOWED SYNTAX_ERROR',
);

/** True where Zoho documents the code as a refusal. */
export function isDocumented(code: string): boolean {
  return OF_THE_REQUEST.has(code) || OF_ACCESS.has(code) || OF_A_FIELD.has(code);
}

/** True where the whole request was at fault, and none of its fields. */
export function isOfTheRequest(code: string): boolean {
  return OF_THE_REQUEST.has(code);
}
