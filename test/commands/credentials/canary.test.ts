import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/emulator/faults/fault.ts';
import { decode } from '../../../src/zoho/http/answer.ts';
import { axiosTransport } from '../../../src/zoho/http/axios-transport.ts';
import { DATA_CENTRES } from '../../../src/zoho/auth/data-centre.ts';
import {
  readToken,
  tokenRequest,
  type Credentials,
  codeRequest,
  readGrant,
} from '../../../src/zoho/auth/token.ts';
import { envText, openDesk, token } from './desk.ts';
import { Secret } from '../../../src/zoho/redact.ts';

/** Characters that look different in an address, in a form and in JSON. */
const AWKWARD = 'sec/ret+canary=with&odd%characters\\0123456789';
const MANIFEST =
  'module: Deals\nfields:\n  - api_name: Canary\n    field_label: Canary\n    data_type: text\n    length: 50\n';

const FAULTS: readonly (readonly [string, readonly Fault[]])[] = [
  ['a healthy Zoho', []],
  ['a Zoho that refuses the secret', [tokenAnswer('{"error":"invalid_client_secret"}')]],
  ['a Zoho that refuses the code', [tokenAnswer('{"error":"invalid_code"}')]],
  ['a server that echoes what it was sent', [tokenAnswer(JSON.stringify({ error: `no such ${AWKWARD}` }))]],
  ['a server that echoes a page', [{ kind: 'html', path: '/oauth/' }]],
  ['a connection that breaks', [{ kind: 'reset', path: '/oauth/v2/token' }]],
  [
    'a server that leads away',
    [{ kind: 'redirect', path: '/oauth/v2/token', location: 'http://127.0.0.1:9/' }],
  ],
  ['an API that refuses tokens', [{ kind: 'expire-tokens', path: '/crm/' }]],
  ['an API that fails', [{ kind: 'status', path: '/crm/', status: 403 }]],
];

const COMMANDS: readonly (readonly string[])[] = [
  ['plan', '--out', 'canary.plan'],
  ['apply', '--yes', '--json'],
  ['doctor'],
  ['auth', 'status', '--online'],
  ['auth', 'login', '--keep-old-token'],
];
/** Those that say the same in another form when nothing is wrong. */
const OTHER_FORMS: readonly (readonly string[])[] = [
  ['plan', '--json'],
  ['doctor', '--json'],
  ['auth', 'status', '--json'],
];

function tokenAnswer(body: string): Fault {
  return { kind: 'status', path: '/oauth/v2/token', status: 200, body };
}

describe('secrets of every run, in every form', () => {
  it.each(FAULTS)(
    'are only in .env and in the cache, with %s',
    async (_, faults) => {
      const desk = await openDesk({ faults, credentials: awkward() });
      const env = { ZOHO_TIMEOUT_MS: '1500', ZOHO_SETTLE_MS: '10', NODE_DEBUG: '' };
      for (const words of faults.length === 0 ? [...COMMANDS, ...OTHER_FORMS] : COMMANDS) {
        desk.folder.write('fields.yaml', MANIFEST);
        desk.folder.write('.env', envText(quoted(desk.settings)));
        const code = desk.zoho.grantCode();
        desk.hide(code);
        const run = await desk.run(words, { env, input: code });
        // A bug report would be a run that nobody has thought of.
        expect({ words, code: run.code }).not.toEqual({ words, code: 70 });
        for (const line of readFileSync(join(desk.folder.path, '.env'), 'utf8').split('\n'))
          if (line.startsWith('ZOHO_REFRESH_TOKEN=')) desk.hide(line.slice('ZOHO_REFRESH_TOKEN='.length));
        desk.search(run.stdout + run.stderr);
      }
    },
    60_000,
  );

  it('are not in errors and values, however these are printed', async () => {
    const desk = await openDesk({ faults: [{ kind: 'reset' }] });
    const [us] = DATA_CENTRES;
    if (us === undefined) throw new Error('no data centre');
    const code = new Secret(token());
    const credentials: Credentials = {
      clientId: desk.settings['ZOHO_CLIENT_ID'] ?? '',
      clientSecret: new Secret(desk.settings['ZOHO_CLIENT_SECRET'] ?? ''),
      refreshToken: new Secret(desk.settings['ZOHO_REFRESH_TOKEN'] ?? ''),
      dataCentre: us,
      accountsUrl: new URL(desk.zoho.url),
    };
    desk.hide(code.reveal());
    const transport = axiosTransport(1000);
    const caught: unknown[] = [credentials, code];
    const text = JSON.stringify({ error: credentials.clientSecret.reveal() });
    const echo = decode({ status: 200, text }, 'accounts.zoho.com');
    const now = Date.now();
    for (const work of [
      () => transport(tokenRequest(credentials)),
      () => transport(codeRequest(credentials, code)),
      () => readToken(echo, credentials, { now, grant: 'refresh_token' }),
      () => readGrant(echo, credentials, now),
    ]) {
      try {
        await work();
      } catch (error) {
        caught.push(error, error instanceof Error ? error.stack : '');
      }
    }
    expect(caught).toHaveLength(2 + 4 * 2);
    for (const value of caught) {
      desk.search(inspect(value, { depth: 20, showHidden: true, getters: true }));
      desk.search(JSON.stringify(value) ?? '');
    }
  });
});

function awkward() {
  return { clientId: '1000.CANARYCANARYCANARYCANARYCANARY', clientSecret: AWKWARD, refreshToken: token() };
}

/** Characters that need it go into quotes. */
function quoted(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, `'${value}'`]));
}
