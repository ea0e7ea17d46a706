import type { RequestLogEntry } from '../options.ts';
import type { Request } from './exchange.ts';
import { readableBody } from './read-request.ts';

/** A service that runs for weeks must not remember every request. */
const KEPT = 10_000;

/** The requests as they arrived. */
export interface RequestLog {
  readonly entries: RequestLogEntry[];
  /** Notes a request; the answer's status is set when it has left. */
  add(request: Request): { status: number | null };
}

export function openRequestLog(): RequestLog {
  const entries: RequestLogEntry[] = [];
  return {
    entries,
    add: (request) => {
      const entry = {
        number: request.number,
        method: request.method,
        path: request.path,
        query: Object.fromEntries(request.query),
        headers: request.headers,
        body: readableBody(request),
        status: null,
      };
      entries.push(entry);
      if (entries.length > KEPT) entries.shift();
      return entry;
    },
  };
}
