import type { Json } from '../json.ts';

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

/** An answer on its way. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A JSON answer under the headers that Zoho sends (sheet §6). */
export function json(status: number, body: Json): Reply {
  return { status, headers: ZOHO_HEADERS, body: JSON.stringify(body) };
}

/** 204 (sheet §2.2). */
export const empty: Reply = { status: 204, headers: {}, body: '' };

const ZOHO_HEADERS = {
  'content-type': 'application/json;charset=UTF-8',
  'content-disposition': 'attachment; filename=response.json',
  'cache-control': 'no-store, no-cache, must-revalidate, private',
  'content-language': 'en-US',
  server: 'ZGS',
};
