import {
  LOCAL_CREDENTIALS,
  scopesOf,
  ONE_DAY,
  openQuota,
  TEN_MINUTES,
} from '../../../src/emulator/accounts/issue.ts';
import { fieldsHandle } from '../../../src/emulator/fields-handle.ts';
import { NO_IMITATION } from '../../../src/emulator/imitation.ts';
import type { Request } from '../../../src/emulator/http/request.ts';
import type { Reply } from '../../../src/emulator/http/reply.ts';
import { route } from '../../../src/emulator/http/serve.ts';
import { plant, SEED_PREFIX } from '../../../src/emulator/state/new-organisation.ts';
import { openStore } from '../../../src/emulator/state/store.ts';
import type { Field, World } from '../../../src/emulator/state/organisation-state.ts';
import { type Switches, defaultSwitches } from '../../../src/emulator/switches.ts';
import type { Zoho } from '../../../src/emulator/zoho.ts';
import type { HttpRequest } from '../../../src/zoho/http/transport.ts';

/** The one module of these histories. */
export const MODULE = 'Deals';
/** Where the simulated Zoho seems to be; nothing ever leaves the process. */
export const ADDRESS = 'http://127.0.0.1:1';

/** One request that took effect, and what it changed. */
export interface Done {
  readonly process: number;
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly body: string;
  /** Fields that it created. */
  readonly made: readonly Field[];
  /** Fields that it changed. */
  readonly changed: readonly Field[];
}

/** The emulator's Zoho without its server: requests take effect when the history says so. */
export class SimulatedZoho {
  readonly switches: Switches;
  /** What took effect, in order: the server's own view, which the checker believes. */
  readonly done: Done[] = [];
  readonly #zoho: Zoho;
  #number = 0;
  readonly #tokens: string[] = [];
  /** The newest state that a GET has shown. */
  #shownAt = 0;

  constructor(switches: Partial<Switches>, clock: () => number) {
    const store = openStore(firstWorld, clock, undefined);
    this.switches = { ...defaultSwitches(), activeTokens: 0, ...switches };
    this.#zoho = {
      store,
      switches: this.switches,
      imitation: NO_IMITATION,
      clock,
      url: () => ADDRESS,
      quotas: {
        accessTokens: openQuota(TEN_MINUTES, clock),
        refreshTokens: openQuota(TEN_MINUTES, clock),
        grantCodes: openQuota(TEN_MINUTES, clock),
        credits: openQuota(ONE_DAY, clock),
      },
      load: { inFlight: 0, calls: 0 },
    };
  }

  /**
   * Lets a request take effect.
   * @param most how many items of a write are carried out.
   */
  handle(request: HttpRequest, process: number, at: number, most = Infinity): Reply {
    const before = this.fields();
    if (request.method === 'GET') this.#shownAt = at - this.switches.readLag;
    this.#number += 1;
    const reply = this.#withAlias(
      route(asReceived(this.#unaliased(request), this.#number), this.#zoho, most),
    );
    const after = this.fields();
    const old = new Map(before.map((field) => [field.id, field]));
    this.done.push({
      process,
      method: request.method,
      path: new URL(request.url).pathname,
      at,
      body: request.body ?? '',
      made: after.filter((field) => !old.has(field.id)),
      changed: after.filter((field) => old.has(field.id) && old.get(field.id) !== field),
    });
    return reply;
  }

  /** As a replica answers that lags; what has once been shown to anybody is never hidden again. */
  handleLagging(request: HttpRequest, process: number, at: number, lag: number): Reply {
    this.switches.readLag = Math.min(lag, at - this.#shownAt);
    const reply = this.handle(request, process, at);
    this.switches.readLag = 0;
    return reply;
  }

  fields(): readonly Field[] {
    return this.#zoho.store.now().modules[MODULE]?.fields ?? [];
  }

  /** Tokens are random; what a history is made of must not be. */
  #withAlias(reply: Reply): Reply {
    const token = /"access_token":"([^"]+)"/.exec(reply.body)?.[1];
    if (token === undefined) return reply;
    const number = this.#tokens.push(token).toString(16).padStart(32, '0');
    return { ...reply, body: reply.body.replace(token, `1000.${number}.${number}`) };
  }

  #unaliased(request: HttpRequest): HttpRequest {
    const number = /^Zoho-oauthtoken 1000\.([0-9a-f]{32})\./.exec(
      request.headers['Authorization'] ?? '',
    )?.[1];
    const token = this.#tokens[Number.parseInt(number ?? '0', 16) - 1];
    if (token === undefined) return request;
    return { ...request, headers: { ...request.headers, Authorization: `Zoho-oauthtoken ${token}` } };
  }

  /** What someone does by hand. */
  get byHand(): ReturnType<typeof fieldsHandle> {
    return fieldsHandle(this.#zoho, MODULE);
  }

  endTokens(): void {
    this.#zoho.store.change((draft) => {
      draft.world = { ...draft.world, accessTokens: [] };
    });
  }
}

/** Two fields are enough to see that nobody touches them, and quick to read. */
const PLANTED: World = plant({
  seed: {
    modules: {
      [MODULE]: [
        planted('000000002565', 'Deal_Name', 'Deal Name', false),
        planted('000000900001', 'Partner', 'Partner', true),
      ],
    },
  },
  organisation: {
    idPrefix: SEED_PREFIX,
    name: 'Simulated',
    edition: 'enterprise',
    type: 'production',
    userCount: 1,
    hipaa: false,
    gdpr: false,
  },
  client: { id: LOCAL_CREDENTIALS.clientId, secret: LOCAL_CREDENTIALS.clientSecret, redirectUri: null },
  refreshToken: {
    token: LOCAL_CREDENTIALS.refreshToken,
    clientId: LOCAL_CREDENTIALS.clientId,
    scope: scopesOf('ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ').join(' '),
  },
});

const firstWorld = (): World => PLANTED;

function planted(id: string, api_name: string, field_label: string, custom_field: boolean): Field {
  return {
    id: `${SEED_PREFIX}${id}`,
    api_name,
    field_label,
    display_label: field_label,
    data_type: 'text',
    length: 120,
    custom_field,
    type: 'used',
  };
}

function asReceived(request: HttpRequest, number: number): Request {
  const url = new URL(request.url);
  return {
    number,
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers: {
      host: url.host,
      ...Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
    body: Buffer.from(request.body ?? ''),
    tooLarge: false,
  };
}
