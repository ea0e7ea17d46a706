import { type JsonObject, property, isObject, valueAt, type Json } from '../../model/json.ts';
import type { Observations, Question } from '../ask.ts';
import { type Domain, type FactValue, CODES, NO_CODE, OTHER } from '../value.ts';
import type { Seen } from '../../model/live-field.ts';

/**
 * Facts of the sheet that can be seen, in the order of their sections. What is believed is the sheet's best-supported
 * reading; where the emulator has a switch for the doubt, it is named.
 */
export interface Fact {
  readonly id: string;
  /** The section of docs/zoho-api.md that says it. */
  readonly sheet: string;
  readonly about: string;
  /** What is believed; several where all are documented. */
  readonly believed: readonly [FactValue, ...FactValue[]];
  readonly domain: Domain;
  /** How it is seen. */
  readonly observe: (all: Observations) => Sight;
  /** The switch of the emulator that has the doubt; `profile` where only a profile sets it; absent where nothing does. */
  readonly emulator?: string;
}

/** A row of the table. */
export function fact(
  id: string,
  sheet: string,
  about: string,
  believed: Fact['believed'],
  more: Pick<Fact, 'domain' | 'observe' | 'emulator'>,
): Fact {
  return { id, sheet, about, believed, ...more };
}

/** A fact that is one of a few words. */
export const words = (...list: readonly string[]): Domain => ({ is: 'word', words: list });
/** A fact that is an answer of Zoho's. */
export const ANSWER: Domain = { is: 'answer' };
/** A fact that is a number. */
export const WHOLE: Domain = { is: 'number', most: 10_000_000 };
/** What the organisation made itself: of Zoho's own fields each may be an exception. */
export const custom = ({ fields }: Observations): readonly JsonObject[] =>
  fields.filter((field) => property(field, 'custom_field') === true);

/** The fields of a type. */
export function ofType(fields: readonly JsonObject[], type: string): readonly JsonObject[] {
  return fields.filter((field) => property(field, 'data_type') === type);
}

/** Why a fact could not be seen. */
export type Hidden =
  /** The token's scopes do not allow the question. */
  | 'scope'
  /** The user of the token may not see it. */
  | 'permission'
  /** Nothing of that kind is there. */
  | 'none there'
  /** Nobody answered, or only that it cannot be done now. */
  | 'no answer'
  /** Only creating shows it. */
  | 'not tried';

/** What was seen of a fact, or why nothing was. */
export type Sight = { readonly value: FactValue } | { readonly hidden: Hidden };

export const seen = (value: FactValue): Sight => ({ value });
export const hidden = (why: Hidden): Sight => ({ hidden: why });

/** The answer to a question as a status and a code: what a refusal says, and in which form. */
export function answerTo(question: Question, key: string): (all: Observations) => Sight {
  return (all) => {
    const answer = all.answers.get(question);
    if (answer === undefined) return hidden(all.silent.has(question) ? 'no answer' : 'none there');
    return isBusy(answer) ? hidden('no answer') : seen(answerWords(answer, key));
  };
}

/** The same for a list that is there to be read: that the token may not read it is no fact about Zoho. */
export function readingOf(question: Question, key: string): (all: Observations) => Sight {
  return (all) => {
    const answer = all.answers.get(question);
    const denied = answer === undefined ? undefined : deniedBy(answer);
    return denied === undefined ? answerTo(question, key)(all) : hidden(denied);
  };
}

/** What a refusal of the whole says of the token and its user. */
export function deniedBy(answer: Seen): Hidden | undefined {
  const code = codeOf(answer.json);
  if (code === 'OAUTH_SCOPE_MISMATCH') return 'scope';
  return code === 'NO_PERMISSION' || code === 'AUTHORIZATION_FAILED' ? 'permission' : undefined;
}

function isBusy({ status }: Seen): boolean {
  return status === 429 || status >= 500;
}

/** `200`, `204`, `400 INVALID_MODULE`; a code of no page is no part of it. */
export function answerWords({ status, json }: Seen, key: string): string {
  if (status === 204) return '204';
  const code = codeOf(json);
  if (code !== undefined) return `${status} ${CODES.includes(code) ? code : OTHER}`;
  if (status < 300 && isObject(json) && Array.isArray(property(json, key))) return String(status);
  return `${status} ${NO_CODE}`;
}

function codeOf(json: Json | undefined): string | undefined {
  const code = valueAt(json, ['code']);
  return typeof code === 'string' && code !== '' ? code : undefined;
}

/** What all values have in common: one word for all, or that they differ; hidden where there are none. */
export function common(values: readonly FactValue[], otherwise: FactValue): Sight {
  const [first, ...rest] = values;
  if (first === undefined) return hidden('none there');
  return seen(rest.every((one) => one === first) ? first : otherwise);
}

/** The values under a path, of those fields that have any. */
export function valuesAt(fields: readonly JsonObject[], ...path: readonly string[]): readonly Json[] {
  return fields.map((field) => valueAt(field, path)).filter((value) => value !== undefined);
}
