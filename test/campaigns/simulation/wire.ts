import type { Reply } from '../../../src/emulator/http/reply.ts';
import {
  TransportError,
  type HttpAnswer,
  type HttpRequest,
  type TransportFault,
} from '../../../src/zoho/http/transport.ts';
import type { Chance } from './chance.ts';
import type { Fault } from './faults.ts';
import type { Timeline } from './timeline.ts';
import { WRONG_ANSWERS } from './wrong-answers.ts';
import { ADDRESS, type SimulatedZoho } from './zoho.ts';

/** How long one request may take, and how long after its end it may still take effect; milliseconds. */
export const TIMEOUT_MS = 30_000;
export const SETTLE_MS = 5000;
/** By how much a replica may lag. */
const LAG_MS = 3000;

/** What one request needs of the history that it is part of. */
export interface Exchange {
  readonly zoho: SimulatedZoho;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly process: number;
  /** Called when the process dies while the request is under way. */
  readonly onDeath: (listener: () => void) => void;
}

/** One request with what goes wrong with it; resolves, rejects, or does neither where the process is dead. */
export function exchange(
  request: HttpRequest,
  fault: Fault | undefined,
  parts: Exchange,
): Promise<HttpAnswer> {
  const { zoho, timeline, chance, process } = parts;
  return new Promise((resolve, reject) => {
    const way = chance.whole(1, 60);
    const handle = (most?: number, other = request): Reply => zoho.handle(other, process, timeline.now, most);
    const arrive = (run: () => void): void => timeline.after(way, run);
    const back = (answer: HttpAnswer): void => timeline.after(chance.whole(1, 60), () => resolve(answer));
    const instead = fault === undefined ? undefined : INSTEAD[fault];
    if (instead !== undefined) return arrive(() => back(instead));
    const spoil = fault === undefined ? undefined : SPOILT[fault];
    if (spoil !== undefined) return arrive(() => back(spoil(asAnswer(handle()), chance)));
    const wrong = fault === undefined ? undefined : WRONG_ANSWERS[fault];
    if (wrong !== undefined)
      return arrive(() => {
        const ids = zoho.fields().map((field) => field.id);
        back(wrong({ request, chance, handle, ids }));
      });
    const trouble = fault === undefined ? undefined : TROUBLES[fault];
    if (trouble === undefined) return arrive(() => back(asAnswer(handle())));
    const fail = (ms: number, kind: TransportFault): void =>
      timeline.after(ms, () => reject(new TransportError(kind, 'zoho', `zoho: ${kind}`)));
    const late = (): number => chance.whole(0, SETTLE_MS - 200);
    const lag = (): Reply => zoho.handleLagging(request, process, timeline.now, LAG_MS);
    trouble({ ...parts, way, handle, lag, arrive, back, fail, late });
  });
}

/** What a fault can do with a request on its way. */
interface Way extends Exchange {
  /** How long it takes to get there. */
  readonly way: number;
  /** Lets it take effect now, wholly or for so many items. */
  readonly handle: (most?: number) => Reply;
  readonly lag: () => Reply;
  readonly arrive: (run: () => void) => void;
  readonly back: (answer: HttpAnswer) => void;
  /** Ends it without an answer after so many milliseconds. */
  readonly fail: (ms: number, kind: TransportFault) => void;
  /** How long after its end it takes effect. */
  readonly late: () => number;
}

/** Requests that end otherwise than by an answer, or take effect otherwise than at once. */
const TROUBLES: Readonly<Partial<Record<Fault, (way: Way) => void>>> = {
  refused: ({ fail }) => fail(1, 'refused'),
  reset: ({ fail, way }) => fail(way, 'reset'),
  'done-reset': ({ arrive, handle, fail, way, chance }) => {
    arrive(handle);
    fail(way + chance.whole(0, 60), 'reset');
  },
  'done-timeout': ({ arrive, handle, fail }) => {
    arrive(handle);
    fail(TIMEOUT_MS, 'timeout');
  },
  'late-timeout': ({ timeline, handle, fail, late }) => {
    timeline.after(TIMEOUT_MS + late(), handle);
    fail(TIMEOUT_MS, 'timeout');
  },
  'late-reset': ({ timeline, handle, fail, late, way }) => {
    timeline.after(way + late(), handle);
    fail(way, 'reset');
  },
  'some-reset': ({ arrive, handle, fail, way, chance }) => {
    arrive(() => handle(chance.whole(0, 4)));
    fail(way + chance.whole(0, 60), 'reset');
  },
  'some-500': ({ arrive, handle, back, chance }) =>
    arrive(() => {
      handle(chance.whole(0, 4));
      back(json(500, TROUBLE));
    }),
  bomb: ({ arrive, handle, fail, way }) => {
    arrive(handle);
    fail(way + 30, 'too-large');
  },
  'kill-under-way': ({ arrive, handle }) => arrive(handle),
  'kill-late': ({ onDeath, timeline, late, handle }) => onDeath(() => timeline.after(late(), handle)),
  'token-ended': ({ arrive, zoho, back, handle }) =>
    arrive(() => {
      zoho.endTokens();
      back(asAnswer(handle()));
    }),
  stale: ({ arrive, back, lag }) => arrive(() => back(asAnswer(lag()))),
};

/** Answers that arrive otherwise than they were given; what was asked for is done. */
const SPOILT: Readonly<Partial<Record<Fault, (answer: HttpAnswer, chance: Chance) => HttpAnswer>>> = {
  shuffled: (answer) => withResults(answer, (fields) => [...fields].reverse()),
  short: (answer) => withResults(answer, (fields) => fields.slice(1)),
  long: (answer) => withResults(answer, (fields) => [...fields, fields[0]]),
  'done-500': () => json(500, TROUBLE),
  'done-502-page': () => ({ status: 502, text: PAGE }),
  '429-page': () => ({ status: 429, text: PAGE }),
  page: () => ({ status: 200, text: PAGE }),
  empty: ({ status }) => ({ status, text: '' }),
  bom: ({ status, text }) => ({ status, text: `\uFEFF${text}` }),
  truncated: ({ status, text }, chance) => ({
    status,
    text: text.slice(0, chance.whole(1, Math.max(1, text.length - 1))),
  }),
  'list-cut': ({ status, text }) => ({ status, text: text.replace('"fields"', '"field"') }),
  'list-none': () => ({ status: 204, text: '' }),
  'list-part': (answer, chance) => ({
    ...withResults(answer, (fields) => some(fields, chance)),
    status: 206,
  }),
  'list-empty': (answer) => withResults(answer, () => []),
  'list-custom': (answer) => withResults(answer, (fields) => fields.filter((field) => isCustom(field))),
  'list-fewer': (answer, chance) =>
    withResults(
      answer,
      (fields) => some(fields, chance),
      (all) => ({ count: all, more_records: false }),
    ),
  // The one that comes for the second page is the first one again.
  'list-next': (answer, chance) =>
    withResults(
      answer,
      (fields) => some(fields, chance),
      () => ({ more_records: true }),
    ),
  'no-expiry': (answer) => without(answer, /^expires_in/),
};

const PAGE = '<!DOCTYPE html><html><body>Bad Gateway</body></html>';
const TROUBLE = { code: 'INTERNAL_ERROR', details: {}, message: 'Internal Server Error', status: 'error' };
const BUSY = { code: 'TOO_MANY_REQUESTS', details: {}, message: 'too many requests', status: 'error' };

/** Answers of a Zoho that did nothing. */
const INSTEAD: Readonly<Partial<Record<Fault, HttpAnswer>>> = {
  '429': json(429, BUSY),
  '429-wait': { ...json(429, BUSY), retryAfter: '7' },
  '429-odd': { ...json(429, BUSY), retryAfter: '-3 apples' },
  '429-hour': { ...json(429, BUSY), retryAfter: '3600' },
  '500': json(500, TROUBLE),
  '503': json(503, TROUBLE),
  scope: json(401, { ...TROUBLE, code: 'OAUTH_SCOPE_MISMATCH', message: 'invalid oauth scope' }),
  unauthorised: json(401, { ...TROUBLE, code: 'AUTHENTICATION_FAILURE', message: 'Authentication failed' }),
  credits: json(429, BUSY),
  limit: json(400, { ...TROUBLE, code: 'LIMIT_EXCEEDED', message: 'limit exceeded' }),
  redirect: { status: 307, text: '' },
  'invalid-code': json(200, { error: 'invalid_code' }),
  'access-denied': json(400, { error: 'Access Denied', error_description: 'too many requests' }),
  'foreign-domain': json(200, {
    access_token: `1000.${'f'.repeat(32)}.${'0'.repeat(32)}`,
    api_domain: 'https://evil.example',
  }),
  'odd-token': json(200, { access_token: `1000.\n${'f'.repeat(32)}`, api_domain: ADDRESS }),
};

function json(status: number, body: object): HttpAnswer {
  return { status, text: JSON.stringify(body) };
}

function asAnswer(reply: Reply): HttpAnswer {
  return { status: reply.status, text: reply.body };
}

function without(answer: HttpAnswer, key: RegExp): HttpAnswer {
  const entries = Object.entries(JSON.parse(answer.text) as object).filter(([name]) => !key.test(name));
  return { ...answer, text: JSON.stringify(Object.fromEntries(entries)) };
}

function withResults(
  answer: HttpAnswer,
  change: (fields: unknown[]) => unknown[],
  info?: (all: number) => object,
): HttpAnswer {
  const body = JSON.parse(answer.text) as { fields?: unknown[] };
  if (!Array.isArray(body.fields)) return answer;
  const all = body.fields.length;
  const told = info === undefined ? {} : { info: info(all) };
  return { ...answer, text: JSON.stringify({ ...body, fields: change(body.fields), ...told }) };
}

/** Not all of them. */
function some(fields: readonly unknown[], chance: Chance): unknown[] {
  const left = chance.whole(0, fields.length - 1);
  return fields.filter((_, index) => index !== left);
}

function isCustom(field: unknown): boolean {
  return (field as { custom_field?: unknown }).custom_field === true;
}
