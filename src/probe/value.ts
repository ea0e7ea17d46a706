import type { Json } from '../model/json.ts';
import { FIELD_KEYS, KINDS } from './field-keys.ts';

/** What a fact can be: a word of a list, a number, what was answered, or what is odd about keys. Never a free text. */
export type FactValue = string | number | readonly string[];

/** Which values a fact can have. What no domain takes is in no profile, whatever Zoho sent. */
export type Domain =
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'number'; readonly most: number }
  | { readonly is: 'answer' }
  | { readonly is: 'keys' };

/** Codes of Zoho's that a profile may name (sheet §5.1, §5.2); any other one is `OTHER`. */
export const CODES: readonly string[] = (
  'AUTHENTICATION_FAILURE INVALID_TOKEN OAUTH_SCOPE_MISMATCH NO_PERMISSION AUTHORIZATION_FAILED ' +
  'REQUIRED_PARAM_MISSING INVALID_MODULE INVALID_REQUEST_METHOD INVALID_REQUEST API_NOT_SUPPORTED ' +
  'INVALID_HOST INVALID_DATA INVALID_URL_PATTERN METHOD_NOT_ALLOWED MANDATORY_NOT_FOUND DUPLICATE_DATA ' +
  'NOT_ALLOWED NOT_SUPPORTED FEATURE_NOT_SUPPORTED FEATURE_NOT_ENABLED LIMIT_EXCEEDED SUCCESS'
).split(' ');

/** A code that is on no page, and an answer without one. */
export const OTHER = 'OTHER';
export const NO_CODE = 'NO_CODE';

const ANSWER = new RegExp(`^[2-4]\\d\\d(?: (?:${[...CODES, OTHER, NO_CODE].join('|')}))?$`);
const ODD_KEY = /^(?:-([a-z_]+)|([a-z_]+):([a-z]+)|\+([1-9]\d{0,2}))$/;

/** True for a value that a fact of this domain can have. */
export function belongs(domain: Domain, value: Json | undefined): value is FactValue {
  switch (domain.is) {
    case 'word':
      return typeof value === 'string' && domain.words.includes(value);
    case 'number':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= domain.most;
    case 'answer':
      return typeof value === 'string' && ANSWER.test(value);
    case 'keys':
      return Array.isArray(value) && value.length <= 200 && value.every((one: Json) => isOddKey(one));
  }
}

/** `-length` for a key that is never there, `length:string` for a kind of value, `+2` for keys that nobody knows. */
function isOddKey(word: Json): boolean {
  const [, absent, key, kind, more] = typeof word === 'string' ? (ODD_KEY.exec(word) ?? []) : [];
  if (more !== undefined) return true;
  if (absent !== undefined) return Object.hasOwn(FIELD_KEYS, absent);
  return key !== undefined && Object.hasOwn(FIELD_KEYS, key) && KINDS.some((one) => one === kind);
}

/** A value as people read it. */
export function valueWords(value: FactValue): string {
  if (typeof value !== 'object')
    return String(value).replaceAll('_', (sign) => (/[A-Z]/.test(String(value)) ? sign : ' '));
  return value.length === 0 ? 'as on the sheet' : value.map((one) => oddKeyWords(one)).join(', ');
}

function oddKeyWords(word: string): string {
  if (word.startsWith('-')) return `no ${word.slice(1)}`;
  if (word.startsWith('+')) return `${word.slice(1)} more that the sheet does not name`;
  const [key, kind] = word.split(':');
  return `${key} can be a ${kind}`;
}
