import type { Exchange } from '../report/apply/rehearsal.ts';
import type { Json } from '../model/json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Transport } from '../zoho/http/transport.ts';

/** An apply against a Zoho that is there for one run. */
export interface Rehearsal {
  /** What it holds. */
  readonly snapshot: Snapshot;
  /** Told every request that goes out, but the one for a token, with what was answered. */
  readonly onExchange: (exchange: Exchange) => void;
}

/** The same transport, of which every request to the API is told. Headers are not: they hold the token. */
export function recorded(transport: Transport, onExchange: (exchange: Exchange) => void): Transport {
  return async (request) => {
    const answer = await transport(request);
    const { pathname, search } = new URL(request.url);
    if (pathname.endsWith('/oauth/v2/token')) return answer;
    const isRead = request.method === 'GET';
    onExchange({
      method: request.method,
      path: `${pathname}${search}`,
      status: answer.status,
      ...(isRead ? {} : { body: parsed(request.body ?? ''), answer: parsed(answer.text) }),
    });
    return answer;
  };
}

/** A body as JSON; one that is not JSON as its text. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
