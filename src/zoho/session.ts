import { given } from '../model/json.ts';
import { Problem, problem } from '../model/problem.ts';
import { decode, envelope, type Answer } from './http/answer.ts';
import { withoutEcho, withoutSecrets } from './redact.ts';
import {
  isThrottled,
  isTransient,
  Retrier,
  retryAfterMs,
  unreachable,
  type RetryPolicy,
  type RetryPorts,
} from './http/retry.ts';
import {
  apiBase,
  readToken,
  tokenRequest,
  type AccessToken,
  type Credentials,
  type TokenCache,
} from './auth/token.ts';
import { TransportError, type Transport } from './http/transport.ts';
import type { RequestCount } from '../model/live-field.ts';

/** What a session needs of the world. */
interface SessionPorts extends RetryPorts {
  readonly transport: Transport;
  /** Access tokens of earlier runs, where they may be kept. */
  readonly cache?: TokenCache;
}

/** An answer to a creation. */
export interface SentAnswer extends Answer {
  /** After so many milliseconds the same creation may do better. */
  readonly againMs?: number;
}

/** An API call below `/crm/v8`, unless it names another version. */
interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The version in the address, where it is not the one of this tool (sheet §4.3). */
  readonly version?: number;
  /** `Bearer` only to see what Zoho says to it (sheet §1.2). */
  readonly scheme?: 'Bearer';
  /** Sent once, whatever is said to it. */
  readonly once?: true;
}

/**
 * A run's access to Zoho: one token, one retry budget, one count of requests.
 *
 * The token is asked for once and shared by all calls. A token that Zoho no longer takes is renewed once per run
 * (sheet §5.3): another job may have pushed it out, or the server has forgotten it.
 */
export class Session {
  readonly #credentials: Credentials;
  readonly #ports: SessionPorts;
  readonly #retrier: Retrier;
  #token: Promise<AccessToken> | undefined;
  #renewed = false;
  /** Creations in a row that Zoho was too busy for. */
  #throttled = 0;
  #count = { read: 0, write: 0 };

  constructor(credentials: Credentials, ports: SessionPorts) {
    this.#credentials = credentials;
    this.#ports = ports;
    this.#retrier = new Retrier(ports);
  }

  get requests(): RequestCount {
    return { ...this.#count };
  }

  /**
   * The access token, asked for at the first call; calling it early lets it travel while other work is done.
   * @throws Problem when there is none to be had.
   */
  token(): Promise<AccessToken> {
    this.#token ??= this.#renewed ? this.#freshToken() : this.#firstToken();
    return this.#token;
  }

  /**
   * Sends a read, again where that may help.
   * @throws Problem when nobody answered, or there is no token to be had.
   */
  async read(call: Omit<ApiCall, 'method' | 'body'>): Promise<Answer> {
    return asProblem(this.#authorised({ ...call, method: 'GET' }, { answers: isTransient, silence: true }));
  }

  /**
   * Sends a read to see what is said to it: whatever is refused, the token included, is the answer.
   * @throws Problem when nobody answered, or there is no token to be had.
   */
  async look(call: Omit<ApiCall, 'method' | 'body'>): Promise<Answer> {
    const token = await this.token();
    const send = (): Promise<Answer> => this.#sendWith(token, { ...call, method: 'GET' });
    return asProblem(this.#retrier.send(send, { answers: isTransient, silence: true }));
  }

  /**
   * Sends a change again only where Zoho says that it did not even look at it; doing it twice does no harm.
   * @throws TransportError when no answer came: it may have been done.
   */
  async change(call: Omit<ApiCall, 'method'>): Promise<Answer> {
    return this.#authorised(
      { ...call, method: 'PATCH' },
      {
        answers: (answer) => call.once !== true && isThrottled(answer),
        silence: false,
      },
    );
  }

  /**
   * Sends a creation exactly once, whatever Zoho says to it: before it is sent again live has to be read (contract §9).
   * @throws TransportError when no answer came: it may have been done.
   */
  async create(call: Omit<ApiCall, 'method'>): Promise<SentAnswer> {
    const once = await this.#authorisedOnce({ ...call, method: 'POST' });
    this.#throttled = isThrottled(once) ? this.#throttled + 1 : 0;
    if (this.#throttled === 0) return once;
    const againMs = this.#retrier.waitBefore(this.#throttled, once);
    return { ...once, ...given({ againMs }) };
  }

  #authorised(call: ApiCall, policy: RetryPolicy): Promise<Answer> {
    return this.#retrier.send(() => this.#authorisedOnce(call), policy);
  }

  async #authorisedOnce(call: ApiCall): Promise<SentAnswer> {
    const used = this.token();
    const token = await used;
    const answer = await this.#sendWith(token, call);
    if (!refusesToken(answer)) return answer;
    // Of several calls under way only the first one asks for a new token; the others find it there and use it too.
    if (this.#token === used) {
      this.#ports.cache?.drop();
      if (this.#renewed) return answer;
      this.#renewed = true;
      this.#token = undefined;
    }
    if (call.method === 'POST') return { ...answer, againMs: 0 };
    if (call.once === true) return answer;
    const renewed = await this.token();
    const second = await this.#sendWith(renewed, call);
    // A fresh token that is refused as well must not wait in the cache for the next run.
    if (refusesToken(second)) this.#ports.cache?.drop();
    return second;
  }

  async #sendWith(token: AccessToken, call: ApiCall): Promise<Answer> {
    if (Object.values(call.query).some((value) => withoutSecrets(value) !== value)) throw secretInAddress();
    if (call.method === 'GET') this.#count.read += 1;
    else this.#count.write += 1;
    const query = new URLSearchParams(call.query).toString();
    const answer = await this.#ports.transport({
      method: call.method,
      url: `${token.apiBase}/crm/v${call.version ?? 8}/${call.path}${query === '' ? '' : `?${query}`}`,
      headers: {
        // Not Bearer, although the token answer says so (sheet §1.2).
        Authorization: `${call.scheme ?? 'Zoho-oauthtoken'} ${token.value.reveal()}`,
        ...given({ 'Content-Type': call.body === undefined ? undefined : 'application/json' }),
      },
      ...given({ body: call.body }),
    });
    return decode(withoutEcho(answer), new URL(token.apiBase).host);
  }

  async #firstToken(): Promise<AccessToken> {
    const cached = this.#cachedToken();
    return cached ?? this.#freshToken();
  }

  /** A cached token whose host is not Zoho's is not believed, rather than a reason to fail. */
  #cachedToken(): AccessToken | undefined {
    const cached = this.#ports.cache?.load();
    if (cached === undefined) return undefined;
    try {
      return { ...cached, apiBase: apiBase(cached.apiDomain, this.#credentials) };
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }

  async #freshToken(): Promise<AccessToken> {
    const send = async (): Promise<Answer> => {
      this.#count.read += 1;
      const answer = await this.#ports.transport(tokenRequest(this.#credentials));
      return decode(answer, this.#credentials.accountsUrl.host);
    };
    // A throttled token endpoint is made worse by asking again (sheet §1.4), unless it says when.
    const says = (one: Answer): boolean =>
      one.status === 429 && retryAfterMs(one.retryAfter, this.#ports.now()) !== undefined;
    const policy = { answers: (one: Answer) => one.status >= 500 || says(one), silence: true };
    const answer = await asProblem(this.#retrier.send(send, policy));
    const token = readToken(answer, this.#credentials, {
      now: this.#ports.now(),
      grant: 'refresh_token',
    });
    this.#ports.cache?.store(token);
    return token;
  }
}

/**
 * True for an answer that a new token may change (sheet §5.1). `AUTHENTICATION_FAILURE` is documented for a call without
 * a token; every call of ours carries one, so it is said of a token that this server has forgotten.
 */
function refusesToken(answer: Answer): boolean {
  const code = answer.status === 401 ? envelope(answer.json)?.code : undefined;
  return code === 'INVALID_TOKEN' || code === 'AUTHENTICATION_FAILURE';
}

/** Addresses are kept in the logs of every server on the way (contract §4). */
function secretInAddress(): Problem {
  return problem(
    'invalid',
    'secret-in-address',
    'The name of a module holds a credential, so it was not asked for: a secret belongs into no address.',
    'Correct "module" in the manifest; a credential that was committed is no secret any more, so replace it.',
  );
}

async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof TransportError ? unreachable(error) : error;
  }
}
