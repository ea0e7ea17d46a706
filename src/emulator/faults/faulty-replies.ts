import { json, type Reply } from '../http/exchange.ts';
import { internalError, invalidToken, refusal, tooManyRequests } from '../crm/refusals.ts';
import { isList, isObject, type Json } from '../json.ts';
import type { Fault } from './fault.ts';
import { shuffled } from './random.ts';

/** The answer that a fault puts in the place of the right one; `undefined` where it does not touch it. */
export function replacement(fault: Fault): Reply | undefined {
  switch (fault.kind) {
    case 'status': {
      const own = statusReply(fault.status);
      return { ...own, body: fault.body ?? own.body, headers: { ...own.headers, ...fault.headers } };
    }
    case 'html':
      return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML };
    case 'throttle': {
      const own = tooManyRequests();
      const later = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      return { ...own, headers: { ...own.headers, ...later } };
    }
    case 'redirect':
      return { status: fault.status ?? 302, headers: { location: fault.location }, body: '' };
    case 'body':
    case 'expire-tokens':
    case 'hang':
    case 'latency':
    case 'oversize':
    case 'reset':
    case 'results':
    case 'run':
    case 'slow':
    case 'truncate':
      return undefined;
  }
}

/** The right answer, spoilt. */
export function spoil(fault: Fault, reply: Reply): Reply {
  if (fault.kind === 'body') {
    const { 'content-type': _type, ...headers } = reply.headers;
    const type = fault.contentType === undefined ? (_type ?? null) : fault.contentType;
    return {
      status: reply.status,
      headers: type === null ? headers : { ...headers, 'content-type': type },
      body: `${fault.prefix ?? ''}${fault.body ?? reply.body}`,
    };
  }
  return fault.kind === 'results'
    ? { ...reply, body: JSON.stringify(otherList(fault, parse(reply.body))) }
    : reply;
}

const HTML =
  '<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** Zoho's envelope for a status (sheet §5.1). */
function statusReply(status: number): Reply {
  switch (status) {
    case 401:
      return invalidToken();
    case 429:
      return tooManyRequests();
    case 500:
      return internalError();
    case 502:
      return refusal(502, 'BAD_GATEWAY', 'Bad Gateway');
    case 503:
      return refusal(503, 'SERVICE_UNAVAILABLE', 'Service Unavailable');
    default:
      return status < 400 ? json(status, {}) : refusal(status, 'ERROR', 'error');
  }
}

function otherList(fault: Fault & { readonly kind: 'results' }, body: Json): Json {
  if (!isObject(body)) return body;
  const changed = Object.entries(body).map(([key, value]) => [
    key,
    isList(value) ? changedList(fault, value) : value,
  ]);
  return Object.fromEntries(changed);
}

function changedList(
  { change, seed }: Fault & { readonly kind: 'results' },
  list: readonly Json[],
): readonly Json[] {
  switch (change) {
    case 'shuffled':
      return shuffled(list, seed ?? 1);
    case 'short':
      return list.slice(0, -1);
    case 'long':
      return [...list, ...list.slice(-1)];
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
