import type { Reply } from '../../../src/emulator/http/reply.ts';
import type { HttpAnswer, HttpRequest } from '../../../src/zoho/http/transport.ts';
import type { Chance } from './chance.ts';
import type { Fault } from './faults.ts';

/** What a wrong answer needs to know of the request that it belongs to. */
export interface Answering {
  readonly request: HttpRequest;
  readonly chance: Chance;
  /** Lets the request take effect now: wholly, for so many items, or another one in its place. */
  readonly handle: (most?: number, request?: HttpRequest) => Reply;
  /** Ids of fields that were there before this request. */
  readonly ids: readonly string[];
}

/** Answers that look like Zoho's own and are not true (rows F21, F22 and F24). */
export const WRONG_ANSWERS: Readonly<Partial<Record<Fault, (answering: Answering) => HttpAnswer>>> = {
  'foreign-id': foreignId,
  'some-shuffled': (answering) => someRefused(answering, true),
  'some-mixed-up': (answering) => someRefused(answering, false),
  denied: ({ chance }) => denial(chance),
  'some-denied': ({ handle, chance }) => {
    handle(chance.whole(1, 4));
    return denial(chance);
  },
  'done-denied': ({ handle, chance }) => {
    handle();
    return denial(chance);
  },
};

interface Result {
  readonly code: string;
  readonly status: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** One result names the id of a field that was there, of a sister, or of nothing. */
function foreignId({ handle, chance, ids }: Answering): HttpAnswer {
  const reply = handle();
  const results = resultsOf(reply);
  const own = results.flatMap(({ details }) => (typeof details['id'] === 'string' ? [details['id']] : []));
  const others = [...ids, ...own, '6084217000009999999'];
  const place = chance.whole(0, Math.max(0, results.length - 1));
  const id = others[chance.whole(0, others.length - 1)];
  const spoilt = results.map((one, index) =>
    index === place && one.status === 'success' ? { ...one, details: { ...one.details, id } } : one,
  );
  return answer(reply, spoilt);
}

/** Some items are refused, and the results come in another order: told apart by their places, or by nothing. */
function someRefused({ request, handle, chance }: Answering, withPlaces: boolean): HttpAnswer {
  const { fields } = JSON.parse(request.body ?? '{}') as { readonly fields: readonly object[] };
  const isRefused = fields.map(() => chance.chance(0.4));
  const places = fields.flatMap((_, index) => (isRefused[index] === true ? [] : [index]));
  const body = JSON.stringify({ fields: places.map((place) => fields[place]) });
  const reply =
    places.length === 0 ? { status: 400, headers: {}, body: '' } : handle(undefined, { ...request, body });
  const done = resultsOf(reply);
  // A Zoho that refuses the request as such has nothing to mix up.
  if (done.length !== places.length) return { status: reply.status, text: reply.body };
  const results = fields.map((_, index): Result => {
    const one = done[places.indexOf(index)];
    return one === undefined ? refusal(index, chance) : { ...one, details: at(index, one.details) };
  });
  const told = withPlaces ? results : results.map((one) => ({ ...one, details: withoutPlace(one.details) }));
  return answer({ ...reply, status: done.length === 0 ? 400 : 207 }, shuffled(told, chance));
}

function refusal(index: number, chance: Chance): Result {
  const code = chance.pick(['INVALID_DATA', 'NOT_ALLOWED', 'LIMIT_EXCEEDED', 'SOMETHING_NEW']);
  const details = { api_name: 'length', json_path: `$.fields[${index}].length` };
  return { code, status: 'error', message: 'no', details };
}

/** Details of an item that stood in another place of the request that took effect. */
function at(index: number, details: Result['details']): Result['details'] {
  const { json_path: path } = details;
  if (typeof path !== 'string') return details;
  return { ...details, json_path: path.replace(/\[\d+\]/, `[${index}]`) };
}

function withoutPlace({ json_path: _path, ...details }: Result['details']): Result['details'] {
  return details;
}

function shuffled<T>(list: readonly T[], chance: Chance): readonly T[] {
  const ranked = list.map((entry) => ({ entry, rank: chance.next() }));
  return ranked.sort((left, right) => left.rank - right.rank).map(({ entry }) => entry);
}

function resultsOf({ body }: Reply): readonly Result[] {
  const { fields } = (body === '' ? {} : JSON.parse(body)) as { readonly fields?: readonly Result[] };
  return fields ?? [];
}

function answer({ status, body }: Reply, results: readonly Result[]): HttpAnswer {
  return { status, text: results.length === 0 ? body : JSON.stringify({ fields: results }) };
}

const CODES = [
  'INVALID_DATA',
  'MANDATORY_NOT_FOUND',
  'DUPLICATE_DATA',
  'LIMIT_EXCEEDED',
  'INVALID_MODULE',
  'INVALID_REQUEST',
  'TOO_MANY_REQUESTS',
  'INVALID_TOKEN',
  'AUTHENTICATION_FAILURE',
  'OAUTH_SCOPE_MISMATCH',
  'NO_PERMISSION',
  'REQUEST_TIMEOUT',
  'CONFLICT',
  'ERROR',
] as const;

/**
 * A flat no, of any status and code. It never objects to `api_name`: that lesson is so common in some Zohos that live is
 * read at once after it, without the time to settle, and a replica that lags then would be more than any client can see.
 */
function denial(chance: Chance): HttpAnswer {
  const status = chance.pick([400, 401, 403, 404, 408, 409, 413, 422, 429]);
  const place = { api_name: 'field_label', json_path: `$.fields[${chance.whole(0, 5)}].field_label` };
  const envelope = {
    code: chance.pick(CODES),
    details: chance.chance(0.5) ? place : {},
    message: 'no',
    status: 'error',
  };
  const text = chance.pick([JSON.stringify(envelope), JSON.stringify(envelope), '{}', '<html></html>', '']);
  return { status, text };
}
