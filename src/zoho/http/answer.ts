import { isObject, property, type Json, type JsonObject } from '../../model/json.ts';
import { problem, type Problem } from '../../model/problem.ts';
import { redact } from '../redact.ts';
import type { HttpAnswer } from './transport.ts';

/** An answer, decoded: what all of its judges look at, each at another side of it. */
export interface Answer extends Omit<HttpAnswer, 'text'> {
  /** Who gave it. */
  readonly host: string;
  /** `undefined` for an empty body, which Zoho sends with 204 (sheet §2.2), and for one that is not taken. */
  readonly json: Json | undefined;
  /** Why the body is not taken, in words that follow "answered with". */
  readonly flaw?: JsonFlaw | 'a web page';
}

/** Decodes a body, whatever the status: Zoho explains its refusals in JSON. */
export function decode({ text, ...rest }: HttpAnswer, host: string): Answer {
  // Some proxies put a mark before the body.
  const body = text.replace(/^\uFEFF/, '').trim();
  const bare = { ...rest, host, json: undefined };
  if (body === '') return bare;
  return { ...bare, ...(body.startsWith('<') ? { flaw: 'a web page' } : parseJson(body)) };
}

/** One of Zoho's error envelopes (sheet §5), flat or as an item. */
export interface Envelope {
  readonly code: string;
  readonly message: string;
  readonly details: JsonObject;
}

/** The error envelope in a value, if it is one; success envelopes are not. */
export function envelope(value: Json | undefined): Envelope | undefined {
  if (!isObject(value)) return undefined;
  const code = property(value, 'code');
  if (typeof code !== 'string' || code === '' || property(value, 'status') === 'success') return undefined;
  const message = property(value, 'message');
  const details = property(value, 'details');
  return {
    code,
    message: typeof message === 'string' ? message : '',
    details: isObject(details) ? details : {},
  };
}

/** An answer that no Zoho gives: a proxy's page, half a body, a redirect. */
export function notZoho(answer: Answer): Problem {
  const { host } = answer;
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
    `${host} answered with ${answer.flaw ?? otherBody(answer)} (HTTP ${answer.status}) where Zoho sends JSON.`,
    'If it goes on: check ZOHO_DC, ZOHO_ACCOUNTS_URL and ZOHO_API_URL, and whether a proxy stands in between. Otherwise try again later.',
  );
}

function otherBody({ json }: Answer): string {
  return json === undefined ? 'an empty answer' : 'JSON that says something else';
}

/** Zoho, or something before it, cannot do it now (sheet §5.1, §6). */
export function overloaded(answer: Answer): Problem {
  const { host } = answer;
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

/** Why a body is not taken, in words that follow "answered with". */
type JsonFlaw =
  | 'something that is not complete JSON'
  | 'JSON that is deeper, larger or longer than anything of Zoho'
  | 'JSON in which a key stands twice'
  | 'JSON in which an id is a number that no program can read exactly';

/**
 * Parses a body that a stranger may have sent.
 *
 * `JSON.parse` is silent where it has to choose: of a key that stands twice it takes the last one, and a long id that
 * is not in quotes becomes the id next to it. Both would be believed, so both are refused.
 */
export function parseJson(text: string): { readonly json: Json } | { readonly flaw: JsonFlaw } {
  const shape = jsonShape(text);
  if (!isBounded(shape)) return { flaw: 'JSON that is deeper, larger or longer than anything of Zoho' };
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return { flaw: 'something that is not complete JSON' };
  }
  const found = { members: 0, isInexact: false };
  walk(json, found);
  // A key that was written twice is there once.
  if (found.members !== shape.members) return { flaw: 'JSON in which a key stands twice' };
  if (found.isInexact) return { flaw: 'JSON in which an id is a number that no program can read exactly' };
  return { json };
}

/** Recursion is safe: the depth is bounded. */
function walk(value: Json, found: { members: number; isInexact: boolean }): void {
  if (typeof value !== 'object' || value === null) return;
  if (!isObject(value)) {
    for (const item of value) walk(item, found);
    return;
  }
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    found.members += 1;
    if (typeof member === 'object') walk(member, found);
    else if (typeof member === 'number' && !Number.isSafeInteger(member) && /(?:^|_)id$/.test(key))
      found.isInexact = true;
  }
}

/** The deepest answer that is known, a field with its lookup's filter, has about ten levels (sheet §2.3). */
const DEEPEST = 64;
/** As many as fit into the most that is read: a field of Zoho's has some 20 characters a value, a long picklist hardly fewer. */
const MOST_VALUES = 500_000;
/** The longest text that is known, the expression of a formula, has a few thousand characters (sheet §3.4). */
const LONGEST_STRING = 65_536;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const BRACKET_END = 0x5d;
const BRACE = 0x7b;
const BRACE_END = 0x7d;

/** What a text that may be JSON is made of, counted without parsing it. */
interface JsonShape {
  readonly depth: number;
  readonly values: number;
  /** Keys with a value, over all objects. */
  readonly members: number;
  /** Characters of the longest string, as it is written. */
  readonly longest: number;
}

/**
 * Counts brackets, commas and colons outside of strings, and the strings' characters; for a text that is not JSON the numbers mean nothing.
 *
 * It goes before the parser: a few megabytes of `[` would be parsed into more memory than a small machine has.
 */
export function jsonShape(text: string): JsonShape {
  let open = 0;
  let depth = 0;
  let values = 1;
  let members = 0;
  let longest = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        longest = Math.max(longest, end - at - 1);
        at = end;
        break;
      }
      case BRACE:
      case BRACKET:
        open += 1;
        values += 1;
        if (open > depth) depth = open;
        break;
      case BRACE_END:
      case BRACKET_END:
        open -= 1;
        break;
      case COMMA:
        values += 1;
        break;
      case COLON:
        members += 1;
        break;
      default:
    }
  }
  return { depth, values, members, longest };
}

/** Whether JSON of this shape may be parsed; nothing that Zoho sends comes near the bounds. */
function isBounded({ depth, values, longest }: JsonShape): boolean {
  return depth <= DEEPEST && values <= MOST_VALUES && longest <= LONGEST_STRING;
}

/** The place of the quote that closes the string, or the end of a text that breaks off in it. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}
