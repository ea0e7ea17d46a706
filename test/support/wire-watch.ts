import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import { afterAll, inject } from 'vitest';
import type { RequestLogEntry } from '../../src/emulator/start.ts';
import { leaks } from './secrets.ts';
import { fieldsTold, ShownAsOurs } from './shown-as-ours.ts';
import { fieldsSent, wireSins } from './wire.ts';

/*
 * Watches every HTTP server of the test processes, whatever it plays, for what the client sends to it.
 *
 * The rules of `wire.ts` hold for the client in every test that there is or will be, not only where a test asks: this
 * file is loaded before each test file, and Node itself tells of the requests. Tests and Zoho's SDKs send requests of
 * their own, also forbidden ones; the client is known by its name in `User-Agent`.
 */

const CLIENT = 'zoho-fields';
/** The name by which Node tells of a request that a server got. */
const STARTED = 'http.server.request.start';

/** What is known of a server: the secrets that were sent to it, and which fields it has shown to be the client's own. */
interface Known {
  readonly secrets: Set<string>;
  readonly ours: ShownAsOurs;
}

/** What was seen in one test file. */
export interface Seen {
  readonly methods: Record<string, number>;
  /** Labels that were set; each of them is judged. */
  labels: number;
  readonly sins: string[];
  /** Requests of tests and SDKs, which nobody judges. */
  others: number;
}

let seen: Seen = nothing();

function nothing(): Seen {
  return { methods: {}, labels: 0, sins: [], others: 0 };
}

/** What was seen so far, which is then forgotten: for the test that sins on purpose. */
export function takeSeen(): Seen {
  const taken = seen;
  seen = nothing();
  return taken;
}
const servers = new WeakMap<Server, Known>();

interface Started {
  readonly request: IncomingMessage;
  readonly response: { end: (...args: unknown[]) => unknown };
  readonly server: Server;
}

function watch(message: unknown): void {
  const { request, response, server } = message as Started;
  if (request.headers['user-agent'] !== CLIENT) {
    seen.others += 1;
    return;
  }
  const known = servers.get(server) ?? { secrets: new Set(), ours: new ShownAsOurs() };
  servers.set(server, known);
  const method = request.method ?? '';
  const url = new URL(request.url ?? '/', 'http://zoho');
  seen.methods[method] = (seen.methods[method] ?? 0) + 1;
  onBody(request, (body) => {
    const entry = entryOf(method, url, body);
    for (const secret of secretsIn(request, body)) known.secrets.add(secret);
    if (method === 'POST') known.ours.sent(fieldsSent(entry));
    if (method === 'PATCH') seen.labels += fieldsSent(entry).length;
    seen.sins.push(...wireSins([entry], (id) => known.ours.has(id)));
    if (leaks(url.href, [...known.secrets]).length > 0) seen.sins.push(`${method} ${url.pathname}: a secret`);
  });
  if (method !== 'GET') return;
  onAnswer(response, (text) => known.ours.shown(fieldsTold(text)));
}

subscribe(STARTED, watch);

/** Calls back with the whole body once it has arrived; the reader of the request does not notice. */
function onBody(request: IncomingMessage, callback: (body: string) => void): void {
  const chunks: Buffer[] = [];
  const push = request.push.bind(request);
  request.push = (chunk: unknown, encoding) => {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    if (chunk === null) callback(Buffer.concat(chunks).toString('utf8'));
    return push(chunk, encoding);
  };
}

function onAnswer(response: Started['response'], callback: (text: string) => void): void {
  const end = response.end.bind(response);
  response.end = (...args) => {
    if (typeof args[0] === 'string') callback(args[0]);
    return end(...args);
  };
}

function entryOf(method: string, url: URL, body: string): RequestLogEntry {
  const query = Object.fromEntries(url.searchParams);
  return { number: 0, method, path: url.pathname, query, headers: {}, body: parsed(body), status: null };
}

function parsed(body: string): RequestLogEntry['body'] {
  try {
    return JSON.parse(body) as RequestLogEntry['body'];
  } catch {
    return body;
  }
}

function secretsIn(request: IncomingMessage, body: string): readonly string[] {
  const form = new URLSearchParams(body);
  const sent = ['client_secret', 'refresh_token', 'code'].map((name) => form.get(name) ?? '');
  const token = request.headers.authorization?.replace(/^\S+ /, '') ?? '';
  return [...sent, token].filter((secret) => secret.length > 12);
}

afterAll(() => {
  unsubscribe(STARTED, watch);
  appendFileSync(inject('wireLog'), `${JSON.stringify(seen)}\n`);
  if (seen.sins.length > 0)
    throw new Error(`The client must never send (contract §1):\n${seen.sins.join('\n')}`);
});
