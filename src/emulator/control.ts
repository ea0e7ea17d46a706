import { newGrantCode, consolePage } from './accounts/grant-code.ts';
import { GUIDE_SCOPE } from './accounts/issue.ts';
import type { FaultScript } from './faults/fault.ts';
import { parseFaults } from './faults/parse-faults.ts';
import { fieldsHandle } from './fields-handle.ts';
import { isOwnHost, type Request, type RequestLog } from './http/request.ts';
import { json, type Reply } from './http/reply.ts';
import { given, isObject, numberOf, textOf, type Json } from './json.ts';

import type { Zoho } from './zoho.ts';
import { parseSwitches } from './switches.ts';

/** Everything that a running emulator lets its owner turn. */
export interface Controls {
  readonly zoho: Zoho;
  readonly log: RequestLog;
  readonly script: FaultScript;
  readonly environment: () => Readonly<Record<string, string>>;
  readonly advance: (milliseconds: number) => void;
  readonly nextNumber: () => number;
  readonly reportBug: (error: unknown) => void;
}

const PREFIX = '/__emulator';

export const isControlPath = (path: string): boolean => path === PREFIX || path.startsWith(`${PREFIX}/`);

/**
 * The owner's door, for an emulator in a process of its own. A web page cannot use it: it would have to be of this
 * host, and a JSON body makes browsers ask first, which nobody answers.
 */
export function controlEndpoint(request: Request, controls: Controls): Reply {
  const name = `${request.method} ${request.path.slice(PREFIX.length + 1)}`;
  const endpoint = ENDPOINTS[name];
  const isSafe =
    request.method === 'GET' || (request.headers['content-type'] ?? '').startsWith('application/json');
  if (!isOwnHost(request) || !isSafe) return json(403, { error: 'only JSON from this machine' });
  if (name === PAGE) return selfClient(controls);
  if (endpoint === undefined) return json(404, { error: 'no such control', controls: NAMES });
  try {
    const text = request.body.toString('utf8');
    return json(200, endpoint(text === '' ? {} : JSON.parse(text), controls, request));
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

/** The one control that is for people. */
const PAGE = 'GET console';

function selfClient({ environment }: Controls): Reply {
  const { ZOHO_CLIENT_ID: id = '', ZOHO_CLIENT_SECRET: secret = '' } = environment();
  return consolePage({ id, secret });
}

type Control = (body: Json, controls: Controls, request: Request) => Json;

const ENDPOINTS: Readonly<Record<string, Control>> = {
  'GET ': (_, { environment }) => ({ environment: environment(), controls: NAMES }),
  'GET switches': (_, { zoho }) => ({ ...zoho.switches }),
  'PATCH switches': (body, { zoho }) => Object.assign(zoho.switches, parseSwitches(body)),
  'GET faults': (_, { script }) =>
    script.faults().map((fault) => (fault.kind === 'run' ? { ...fault, effect: null } : { ...fault })),
  'PUT faults': (body, { script }) => {
    script.replace(parseFaults(body));
    return { faults: script.faults().length };
  },
  'GET requests': (_, { log }) => log.entries.map((entry) => ({ ...entry })),
  'DELETE requests': (_, { log }) => ({ deleted: log.entries.splice(0).length }),
  'POST codes': (body, { zoho }) => {
    const clientId = textOf(body, 'client_id') ?? zoho.store.now().clients[0]?.id ?? '';
    const minutes = numberOf(body, 'minutes') ?? 3;
    const elsewhere = given(body, 'elsewhere') === true;
    const code = newGrantCode(zoho, {
      clientId,
      scope: textOf(body, 'scope') ?? GUIDE_SCOPE,
      minutes,
      elsewhere,
    });
    return code === undefined ? { error: 'access_denied' } : { code };
  },
  'POST clock': (body, { advance }) => {
    advance(numberOf(body, 'advance_ms') ?? 0);
    return {};
  },
  'POST fields': (body, controls, request) => {
    if (!isObject(body)) throw new TypeError('a field is an object');
    return handleOf(controls, request).add(body);
  },
  'PATCH fields': (body, controls, request) => {
    if (!isObject(body)) throw new TypeError('changes are an object');
    return handleOf(controls, request).edit(request.query.get('field') ?? '', body);
  },
  'DELETE fields': (_, controls, request) =>
    handleOf(controls, request).remove(request.query.get('field') ?? ''),
  'POST used-elsewhere': (_, controls, request) =>
    handleOf(controls, request).markUsedElsewhere(request.query.get('field') ?? ''),
};

const NAMES: readonly string[] = [PAGE, ...Object.keys(ENDPOINTS)];

const handleOf = ({ zoho }: Controls, request: Request) =>
  fieldsHandle(zoho, request.query.get('module') ?? 'Deals');
