import { isObject, type Json, type JsonObject } from '../../../../src/model/json.ts';
import type { HttpAnswer } from '../../../../src/zoho/http/transport.ts';
import type { Corpus, Recorded } from '../corpus.ts';
import { mutateBytes } from '../mutate-bytes.ts';
import { mutateJson, odd, wrapped } from '../mutate-json.ts';
import type { Random } from '../random.ts';

/** An answer that Zoho might give on a bad day, or something between it and us. */
export interface Attack {
  readonly answer: HttpAnswer;
  /** True where it is certain that the body is not what Zoho sent: nothing may be concluded from it. */
  readonly isBroken: boolean;
}

const statuses = [
  200, 200, 200, 201, 202, 204, 207, 301, 302, 307, 400, 401, 403, 404, 413, 429, 500, 502, 503, 0, 999,
];
const retryAfters = [
  '0',
  '1',
  '-1',
  '5',
  '1e9',
  '99999999999',
  'soon',
  'Wed, 21 Oct 2026 07:28:00 GMT',
  '\n',
  '0x10',
  '',
];

/** Spoils one recorded answer. */
export function spoil(recorded: Recorded, random: Random): Attack {
  const { text, isBroken } = random.chance(0.7)
    ? asJson(recorded.text, random)
    : asText(recorded.text, random);
  const status = random.chance(0.8) ? recorded.status : random.pick(statuses);
  const retryAfter = random.chance(0.1) ? { retryAfter: random.pick(retryAfters) } : {};
  return { answer: { status, text, ...retryAfter }, isBroken };
}

/** One of everything that was recorded. */
export function anyOf(corpus: Corpus, random: Random): Recorded {
  return random.pick(
    random.pick([corpus.fields, corpus.writes, corpus.refusals, corpus.tokens, corpus.names]),
  );
}

interface Spoilt {
  readonly text: string;
  readonly isBroken: boolean;
}

/** Still JSON, but with other types, missing, doubled and foreign keys. */
function asJson(text: string, random: Random): Spoilt {
  const value = lean(JSON.parse(text) as Json, random);
  if (isObject(value) && typeof value['access_token'] === 'string' && random.chance(0.5))
    return { text: JSON.stringify(oddToken(value, random)), isBroken: false };
  switch (random.below(16)) {
    case 0:
      return { text: twice(value, random), isBroken: true };
    case 1:
      return { text: JSON.stringify(value).replace(/"id":"(\d+)"/u, '"id":$1'), isBroken: false };
    case 2:
      return { text: JSON.stringify(nested(value, random)), isBroken: false };
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
      return { text: JSON.stringify(inside(value, random)), isBroken: false };
    default:
      return { text: JSON.stringify(mutateJson(value, random)), isBroken: false };
  }
}

/** Mostly a handful of fields: what is wrong with one of five is wrong with one of fifty. */
function lean(value: Json, random: Random): Json {
  const fields = isObject(value) ? value['fields'] : undefined;
  if (!Array.isArray(fields) || !random.chance(0.9)) return value;
  return { fields: random.shuffled(fields as readonly Json[]).slice(0, random.between(1, 5)) };
}

/** The first key once more, with something else in it: JSON.parse would silently take the last one. */
function twice(value: Json, random: Random): string {
  const text = JSON.stringify(value);
  const key = isObject(value) ? (Object.keys(value)[0] ?? 'fields') : 'fields';
  const again = `${JSON.stringify(key)}:${JSON.stringify(random.pick<Json>([[], null, {}, '', 0]))}`;
  return random.chance(0.5) ? `${text.slice(0, -1)},${again}}` : `{${again},${text.slice(1)}`;
}

/** Where a token must not go, however much the address looks like Zoho's. */
const foreign = [
  'https://evil.example',
  'https://www.zohoapis.com.evil.example',
  'https://evil.example/www.zohoapis.com',
  'https://www.zohoapis.com@evil.example',
  'https://evil@www.zohoapis.com',
  'https://www.zohoapis.com:8443',
  'https://www.zohoapis.com/x',
  'https://www.zohoapis.com?x',
  'https://www.zohoapis.com#x',
  'https://zohoapis.com',
  'https://xwww.zohoapis.com',
  'https://www.zohoapis.com.',
  'http://www.zohoapis.com',
  'http://127.0.0.1:1',
  'http://localhost',
  'ftp://www.zohoapis.com',
  '//www.zohoapis.com',
  'www.zohoapis.com',
  'https://www.zoh\u043eapis.com',
  'javascript:alert(1)',
];

/** A token answer in which one key is not what it should be. */
function oddToken(value: JsonObject, random: Random): JsonObject {
  const key = random.pick([
    'access_token',
    'api_domain',
    'api_domain',
    'expires_in',
    'expires_in_sec',
    'scope',
  ]);
  const isForeign = key === 'api_domain' && random.chance(0.8);
  return { ...value, [key]: isForeign ? random.pick(foreign) : random.pick(odd) };
}

const oddIds = [
  '\ud800',
  '..',
  '.',
  'a/b',
  'x?y#z',
  '%',
  '%2e',
  ' ',
  '1',
  '\u0000',
  '__proto__',
  'x'.repeat(3000),
];

/** Complete fields with nonsense in all other keys: what a plan is made of when a list was taken. */
function inside(value: Json, random: Random): Json {
  const fields = isObject(value) ? value['fields'] : undefined;
  if (!Array.isArray(fields)) return mutateJson(value, random);
  return {
    fields: (fields as readonly Json[]).map((field) => {
      const { id = null, api_name = null, data_type = null } = isObject(field) ? field : {};
      const changed = mutateJson(field, random, 6);
      const identity = { id: random.chance(0.05) ? random.pick(oddIds) : id, api_name, data_type };
      return isObject(changed)
        ? Object.fromEntries([...Object.entries(changed), ...Object.entries(identity)])
        : field;
    }),
  };
}

/** Deeper than anything of Zoho's, at some place that nobody looks at, or at one that everybody does. */
function nested(value: Json, random: Random): Json {
  const deep = wrapped('x', random.pick([10, 40, 60, 1000]));
  if (!isObject(value)) return deep;
  const fields = value['fields'];
  if (!Array.isArray(fields) || fields.length === 0) return { ...value, details: deep };
  const key = random.pick([
    'tooltip',
    'pick_list_values',
    'profiles',
    'unique',
    'lookup',
    'length',
    'anything',
  ]);
  return {
    ...value,
    fields: (fields as readonly Json[]).map((one) => (isObject(one) ? { ...one, [key]: deep } : one)),
  };
}

const pages = [
  '',
  ' ',
  '<!doctype html><title>Sign in</title>',
  '<html><body>502 Bad Gateway</body></html>',
  'null',
  'true',
  '0',
  '""',
  '[]',
  '{}',
  '{"fields":null}',
  '{"fields":{}}',
  '{"fields":[null]}',
  '{"fields":[[]]}',
  '{"fields":[{}]}',
  '{"field":[]}',
  'upstream connect error',
  '\u0000\u0000',
  '{"data":[]}',
  '{"__proto__":{"fields":[]}}',
  '{"fields":[',
  ')]}\',\n{"fields":[]}',
];

/** No JSON any more: cut, with other bytes, a page of a proxy. */
function asText(text: string, random: Random): Spoilt {
  switch (random.below(7)) {
    case 0:
      return { text: text.slice(0, random.below(text.length)), isBroken: true };
    case 1:
      return { text: `\ufeff${text}`, isBroken: false };
    case 2:
      return { text: '['.repeat(random.pick([100, 100_000])), isBroken: true };
    case 3:
      return { text: `${text}${random.pick([text, '}', ',', '\u0000', '<!-- x -->'])}`, isBroken: true };
    case 4: {
      const bytes = mutateBytes(Buffer.from(text.slice(0, 4000)), random);
      return { text: new TextDecoder().decode(bytes), isBroken: false };
    }
    default:
      return { text: random.pick(pages), isBroken: true };
  }
}
