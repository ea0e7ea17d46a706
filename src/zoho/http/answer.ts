import { isObject, property, type Json, type JsonObject } from '../../model/json.ts';
import { problem, type Problem } from '../../model/problem.ts';
import { parseJson } from './json.ts';
import { redact } from '../redact.ts';
import type { HttpAnswer } from './transport.ts';

/** An answer whose body was JSON, or empty. */
export interface JsonAnswer {
  readonly status: number;
  /** `undefined` for an empty body, which Zoho sends with 204 (sheet §2.2). */
  readonly json: Json | undefined;
  readonly retryAfter?: string;
}

/**
 * Decodes a body, whatever the status: Zoho explains its refusals in JSON.
 * @returns `undefined` for a body that is not JSON, or not within the bounds of `parseJson`.
 */
export function decode(answer: HttpAnswer): JsonAnswer | undefined {
  if (!decoded.has(answer)) decoded.set(answer, decodeOnce(answer));
  return decoded.get(answer);
}

/** Several judges look at one answer, each at another side of it; reading a large one takes a while. */
const decoded = new WeakMap<HttpAnswer, JsonAnswer | undefined>();

function decodeOnce(answer: HttpAnswer): JsonAnswer | undefined {
  const text = bodyOf(answer);
  const retry = answer.retryAfter === undefined ? {} : { retryAfter: answer.retryAfter };
  if (text === '') return { status: answer.status, json: undefined, ...retry };
  const parsed = parseJson(text);
  return 'json' in parsed ? { status: answer.status, json: parsed.json, ...retry } : undefined;
}

/** The body without the mark that some proxies put before it. */
function bodyOf(answer: HttpAnswer): string {
  return answer.text.replace(/^\uFEFF/, '').trim();
}

/** One of Zoho's error envelopes (sheet §5), flat or as an item. */
export interface Envelope {
  readonly code: string;
  readonly message: string;
  readonly details: JsonObject;
}

/** The error envelope in a value, if it is one; success envelopes are not. */
export function envelope(value: Json | undefined): Envelope | undefined {
  if (value === undefined || !isObject(value)) return undefined;
  const code = property(value, 'code');
  if (typeof code !== 'string' || code === '' || property(value, 'status') === 'success') return undefined;
  const message = property(value, 'message');
  const details = property(value, 'details');
  return {
    code,
    message: typeof message === 'string' ? message : '',
    details: details !== undefined && isObject(details) ? details : {},
  };
}

/** An answer that no Zoho gives: a proxy's page, half a body, a redirect. */
export function notZoho(host: string, answer: HttpAnswer): Problem {
  if (answer.status >= 300 && answer.status < 400) {
    return problem(
      'unreachable',
      'redirected',
      `${host} answered with a redirect (HTTP ${answer.status}); redirects are not followed, because they would carry the credentials along.`,
      'Check ZOHO_DC, ZOHO_ACCOUNTS_URL and ZOHO_API_URL, and whether a proxy or a log-in page stands in between.',
    );
  }
  return problem(
    'unreachable',
    'not-json',
    `${host} answered with ${whatElse(answer)} (HTTP ${answer.status}) where Zoho sends JSON.`,
    'If it goes on: check ZOHO_DC, ZOHO_ACCOUNTS_URL and ZOHO_API_URL, and whether a proxy stands in between. Otherwise try again later.',
  );
}

function whatElse(answer: HttpAnswer): string {
  const text = bodyOf(answer);
  if (text === '') return 'an empty answer';
  if (text.startsWith('<')) return 'a web page';
  const parsed = parseJson(text);
  return 'flaw' in parsed ? parsed.flaw : 'JSON that says something else';
}

/** Zoho, or something before it, cannot do it now (sheet §5.1, §6). */
export function overloaded(host: string, answer: HttpAnswer): Problem {
  const throttled = answer.status === 429;
  const wait =
    answer.retryAfter === undefined
      ? ''
      : ` It asks to wait: Retry-After ${redact(answer.retryAfter).slice(0, 40)}.`;
  return problem(
    'unreachable',
    throttled ? 'throttled' : 'overloaded',
    throttled
      ? `${host} turns requests away (HTTP 429): the organisation's API credits for 24 hours are used up, or too many requests run at once.${wait}`
      : `${host} has trouble of its own (HTTP ${answer.status}).${wait}`,
    throttled
      ? 'Try again in a few minutes; if it stays, look at Setup > Developer Space > APIs > Dashboard for the credits used.'
      : 'Try again in a few minutes.',
  );
}
