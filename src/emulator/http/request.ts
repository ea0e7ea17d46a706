import type { IncomingMessage } from 'node:http';
import { parseJson, type Json } from '../json.ts';

/** A request, read to its end. */
export interface Request {
  /** From 1, in the order of arrival. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body was larger than is read, and is cut. */
  readonly tooLarge: boolean;
}

/** Any other name means a wrong API domain (sheet §1.5), or a web page that rebinds its name to this machine. */
export function isOwnHost(request: Request): boolean {
  const name = (request.headers['host'] ?? '').replace(/:\d+$/, '').toLowerCase();
  return ['127.0.0.1', 'localhost', '[::1]'].includes(name);
}

/** The parameters of a token request: query, form or multipart, all of which Zoho's pages and SDK use (sheet §1.1). */
export function parameters(request: Request): URLSearchParams {
  const all = new URLSearchParams(request.query);
  for (const [name, value] of bodyFields(request)) all.set(name, value);
  return all;
}

/** The body for the request log: JSON, form fields, or the plain text. */
function readableBody(request: Request): Json {
  const text = request.body.toString('utf8');
  if (text === '') return null;
  const fields = bodyFields(request);
  if (isForm(request) && fields.length > 0) return Object.fromEntries(fields);
  const value = parseJson(text);
  return value === undefined ? text : value;
}

type Pair = readonly [name: string, value: string];

function bodyFields(request: Request): readonly Pair[] {
  const type = request.headers['content-type'] ?? '';
  const boundary = /^multipart\/form-data\s*;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) return multipartFields(request.body.toString('utf8'), boundary);
  // curl and some clients send forms without saying so; JSON cannot be mistaken for one.
  const text = request.body.toString('utf8').trim();
  return text.startsWith('{') || text.startsWith('[') ? [] : [...new URLSearchParams(text)];
}

function isForm(request: Request): boolean {
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(
    request.headers['content-type'] ?? '',
  );
}

/** Credentials are short text parts, so parts are cut at the boundary and files are not thought of. */
function multipartFields(body: string, boundary: string): readonly Pair[] {
  return body.split(`--${boundary}`).flatMap((part): readonly Pair[] => {
    const end = part.indexOf('\r\n\r\n');
    const name = /\bname="([^"]*)"/i.exec(part.slice(0, Math.max(end, 0)))?.[1];
    return name === undefined ? [] : [[name, part.slice(end + 4).replace(/\r\n$/, '')]];
  });
}

/** More than any body of five fields; what is beyond is read off the wire and dropped. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Reads a request to its end. */
export async function readRequest(incoming: IncomingMessage, number: number): Promise<Request> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MOST_BYTES) chunks.push(bytes);
  }
  // Cut by hand: the address is the client's, and URL would read `//elsewhere` as another host.
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  return {
    number,
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks),
    tooLarge: size > MOST_BYTES,
  };
}

/** One request as it arrived, for assertions on the wire. */
export interface RequestLogEntry {
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON where it is JSON, the fields of a form where it is one, otherwise the text; `null` when empty. */
  readonly body: Json;
  /** `null` until the answer has left, and for ever when none did. */
  readonly status: number | null;
}

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
