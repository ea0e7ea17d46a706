import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a server puts what it was sent. */
export interface Echo {
  readonly at: 'token' | 'api' | 'write';
  readonly name: string;
  /** @param secret one that came with the request. */
  readonly reply: (answer: ServerResponse, secret: string) => void;
}

/** A server before the local Zoho that hands everything on, but for the calls at which it echoes. */
export interface Front {
  readonly url: string;
  close(): void;
}

/** @param onEcho told of each secret before it is sent back. */
export async function openFront(
  zohoUrl: string,
  echo: Echo,
  onEcho: (secret: string) => void,
): Promise<Front> {
  const server = createServer((request, answer) => {
    void (async () => {
      const body = await bodyOf(request);
      const token = request.url?.startsWith('/oauth/') === true;
      const at = token ? 'token' : request.method === 'GET' ? 'api' : 'write';
      if (at === echo.at) {
        const secret = secretIn(request, body);
        onEcho(secret);
        return echo.reply(answer, secret);
      }
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const passed = await fetch(`${zohoUrl}${request.url ?? ''}`, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(body === '' ? {} : { body }),
      });
      answer.writeHead(passed.status, { 'content-type': 'application/json' }).end(await passed.text());
    })().catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Of several secrets any one; which it is changes from request to request. */
let turn = 0;
function secretIn(request: IncomingMessage, body: string): string {
  const bearer = request.headers.authorization?.split(' ')[1];
  if (bearer !== undefined) return bearer;
  const form = new URLSearchParams(body);
  const found = ['client_secret', 'refresh_token', 'code'].flatMap((name) => form.get(name) ?? []);
  turn += 1;
  return found[turn % found.length] ?? '';
}

const json = (answer: ServerResponse, value: unknown, status = 200): void => {
  answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
const error = (secret: string, more: object = {}) => ({
  code: 'INVALID_DATA',
  message: `no: ${secret}`,
  status: 'error',
  details: { api_name: secret, json_path: `$.fields[0].${secret}`, expected_data_type: secret },
  ...more,
});
const escaped = (text: string): string =>
  text.replaceAll(/./g, (one) => `\\u00${one.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** The same secret, written as strangers write it. */
const WRITTEN: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in base64': (secret) => Buffer.from(`{"a":"${secret}"}`).toString('base64'),
  'in an address': (secret) => `https://x.example/?q=${encodeURIComponent(`${secret}/&`)}`,
  cut: (secret) => secret.slice(0, Math.ceil(secret.length / 2)),
  'in the middle of words': (secret) => `${'long words '.repeat(30)}x${secret}x${' more'.repeat(30)}`,
};

const MESSAGES: readonly Echo[] = (['api', 'write'] as const).flatMap((at) =>
  Object.entries(WRITTEN).flatMap(([how, write]): readonly Echo[] =>
    [200, 400, 401, 403, 429].map((status) => ({
      at,
      name: `an error ${status}, ${how}`,
      reply: (answer, secret) => json(answer, error(write(secret)), status),
    })),
  ),
);

const EVERYWHERE: readonly Echo[] = (['token', 'api', 'write'] as const).flatMap((at): readonly Echo[] => [
  {
    at,
    name: 'a page',
    reply: (answer, secret) =>
      answer.writeHead(502, { 'content-type': 'text/html' }).end(`<html>${secret}</html>`),
  },
  { at, name: 'plain text', reply: (answer, secret) => answer.writeHead(200).end(secret) },
  {
    at,
    name: 'Retry-After',
    reply: (answer, secret) => answer.writeHead(429, { 'retry-after': secret, date: secret }).end('{}'),
  },
  {
    at,
    name: 'a 503 with Retry-After',
    reply: (answer, secret) => answer.writeHead(503, { 'retry-after': secret }).end(secret),
  },
  {
    at,
    name: 'a redirect',
    reply: (answer, secret) => answer.writeHead(307, { location: `http://127.0.0.1:9/${secret}` }).end(),
  },
  {
    at,
    name: 'the code of an error, without words',
    reply: (answer, secret) => json(answer, { code: secret, status: 'error' }, 400),
  },
  {
    at,
    name: 'an error with escapes',
    reply: (answer, secret) =>
      answer
        .writeHead(400, { 'content-type': 'application/json' })
        .end(`{"code":"X","status":"error","message":"${escaped(secret)}"}`),
  },
  { at, name: 'a key', reply: (answer, secret) => json(answer, { [secret]: secret }) },
]);

const TOKENS: readonly Echo[] = [
  { at: 'token', name: 'error', reply: (answer, secret) => json(answer, { error: secret }) },
  { at: 'token', name: 'error in words', reply: (answer, secret) => json(answer, { error: `no ${secret}` }) },
  {
    at: 'token',
    name: 'error_description',
    reply: (answer, secret) => json(answer, { error: 'invalid_client', error_description: secret }, 400),
  },
  {
    at: 'token',
    name: 'api_domain',
    reply: (answer, secret) =>
      json(answer, { access_token: '1000.x', api_domain: `https://${secret}.example`, expires_in: 3600 }),
  },
  {
    at: 'token',
    name: 'scope',
    reply: (answer, secret) => json(answer, { access_token: '1000.x', scope: secret, expires_in: 3600 }),
  },
  {
    at: 'token',
    name: 'the access token itself',
    reply: (answer, secret) => json(answer, { access_token: secret, expires_in: secret, scope: 'x' }),
  },
];

const field = (secret: string, id = '4876876000000000001') => ({
  id,
  api_name: secret,
  field_label: secret,
  display_label: secret,
  data_type: 'picklist',
  custom_field: true,
  type: 'used',
  tooltip: { name: 'info_icon', value: secret },
  pick_list_values: [{ display_value: secret, actual_value: secret }],
  profiles: [{ id: secret, name: secret, permission_type: 'read_write' }],
});

/** A list that is believed: no module is without standard fields. */
const list = (custom: ReturnType<typeof field>) => ({
  fields: [{ ...field('Deal_Name', '4876876000000000002'), custom_field: false, data_type: 'text' }, custom],
});

const FIELDS: readonly Echo[] = [
  ...Object.entries(WRITTEN).map(([how, write]): Echo => ({
    at: 'api',
    name: `fields, ${how}`,
    reply: (answer, secret) => json(answer, list(field(write(secret)))),
  })),
  {
    at: 'api',
    name: 'fields with escapes',
    reply: (answer, secret) =>
      answer.end(JSON.stringify(list(field('SECRET'))).replaceAll('SECRET', escaped(secret))),
  },
  {
    at: 'api',
    name: 'the id of a field',
    reply: (answer, secret) => json(answer, list(field('A', secret))),
  },
  {
    at: 'api',
    name: 'a data type',
    reply: (answer, secret) => json(answer, list({ ...field('A'), data_type: secret })),
  },
  {
    at: 'write',
    name: 'the result of a creation',
    reply: (answer, secret) => json(answer, { fields: [error(secret)] }, 207),
  },
  {
    at: 'write',
    name: 'the id of a new field',
    reply: (answer, secret) =>
      json(answer, { fields: [{ code: 'SUCCESS', status: 'success', details: { id: secret } }] }),
  },
];

/** Every way in which what was sent comes back. */
export const ECHOES: readonly Echo[] = [...MESSAGES, ...EVERYWHERE, ...TOKENS, ...FIELDS];
