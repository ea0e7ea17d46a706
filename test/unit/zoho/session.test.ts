import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/model/problem.ts';
import { DATA_CENTRES } from '../../../src/zoho/auth/data-centre.ts';
import { Session } from '../../../src/zoho/session.ts';
import type { CachedToken } from '../../../src/zoho/auth/token.ts';
import { comeBack } from '../../../src/zoho/auth/token-errors.ts';
import type { AccessToken, Credentials } from '../../../src/zoho/auth/token.ts';
import { decode, type Answer } from '../../../src/zoho/http/answer.ts';
import { TransportError, type HttpAnswer, type HttpRequest } from '../../../src/zoho/http/transport.ts';
import { Secret } from '../../../src/zoho/redact.ts';

const [us] = DATA_CENTRES;
const CREDENTIALS: Credentials = {
  clientId: '1000.CLIENT',
  clientSecret: new Secret('a-secret-of-the-session'),
  refreshToken: new Secret('1000.0f0f.1e1e'),
  dataCentre: us ?? expect.fail(),
  accountsUrl: new URL('https://accounts.zoho.com'),
};
const TOKEN_URL = 'https://accounts.zoho.com/oauth/v2/token';
const API = 'https://www.zohoapis.com/crm/v8/';

const answer = (status: number, body: unknown): HttpAnswer => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
/** The same as a session hands it on. */
const told = (one: HttpAnswer): Answer => decode(one, 'www.zohoapis.com');
const good = answer(200, { fields: [] });
const badToken = answer(401, { code: 'INVALID_TOKEN', status: 'error' });
const forgotten = answer(401, { code: 'AUTHENTICATION_FAILURE', status: 'error' });
const busy = answer(429, { code: 'TOO_MANY_REQUESTS', status: 'error' });
const silence = new TransportError('reset', 'www.zohoapis.com', 'the connection broke');

/** One run against a server that gives these answers in turn, and good ones from then on. */
function aRun(
  setup: {
    readonly tokens?: readonly (HttpAnswer | Error)[];
    readonly answers?: readonly (HttpAnswer | Error)[];
    readonly cached?: CachedToken;
    readonly hasCache?: boolean;
  } = {},
) {
  const tokens = [...(setup.tokens ?? [])];
  const answers = [...(setup.answers ?? [])];
  const asked: HttpRequest[] = [];
  const calls: HttpRequest[] = [];
  const noted: string[] = [];
  let given = 0;
  const waits: number[] = [];
  const transport = (request: HttpRequest): Promise<HttpAnswer> => {
    const isToken = request.url === TOKEN_URL;
    (isToken ? asked : calls).push(request);
    if (isToken) given += 1;
    const next = isToken
      ? (tokens.shift() ?? answer(200, { access_token: `token-number-${given}`, expires_in: 3600 }))
      : (answers.shift() ?? good);
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const cache = {
    load: () => setup.cached,
    store: (token: AccessToken) => void noted.push(`store ${token.value.reveal()}`),
    drop: () => void noted.push('drop'),
  };
  const session = new Session(CREDENTIALS, {
    transport,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 1,
    now: () => 0,
    ...(setup.hasCache === false ? {} : { cache }),
  });
  return { session, asked, calls, noted, waits };
}

const READ = { path: 'settings/fields', query: { module: 'Deals' } };
const WRITE = { ...READ, body: '{"fields":[]}' } as const;
const usedBy = (calls: readonly HttpRequest[]) =>
  calls.map((call) => call.headers['Authorization']?.replace('Zoho-oauthtoken ', ''));

function cachedToken(apiDomain = 'https://www.zohoapis.eu'): CachedToken {
  return { value: new Secret('token-of-earlier'), apiDomain, scopes: [], lifeSeconds: 1000 };
}

describe('a call', () => {
  it('carries the token as Zoho wants it, and a body with its type only where it has one', async () => {
    const { session, calls } = aRun();
    expect(await session.read(READ)).toEqual(told(good));
    await session.create({ ...WRITE, query: {} });
    await session.change(WRITE);
    const Authorization = 'Zoho-oauthtoken token-number-1';
    const type = { 'Content-Type': 'application/json' };
    expect(calls).toStrictEqual([
      { method: 'GET', url: `${API}settings/fields?module=Deals`, headers: { Authorization } },
      {
        method: 'POST',
        url: `${API}settings/fields`,
        headers: { Authorization, ...type },
        body: '{"fields":[]}',
      },
      {
        method: 'PATCH',
        url: `${API}settings/fields?module=Deals`,
        headers: { Authorization, ...type },
        body: '{"fields":[]}',
      },
    ]);
  });

  it('is not made where a secret would stand in its address', async () => {
    const { session, calls } = aRun();
    for (const secret of [CREDENTIALS.clientSecret, CREDENTIALS.refreshToken, new Secret('token-number-1')]) {
      const query = { module: `x ${secret.reveal()}` };
      await expect(session.read({ ...READ, query })).rejects.toThrow(/holds a credential/);
      await expect(session.create({ ...WRITE, query })).rejects.toThrow(/holds a credential/);
    }
    expect([calls, session.requests.write]).toEqual([[], 0]);
  });

  it('is counted as what it is; the question for the token is a read', async () => {
    const { session } = aRun({ answers: [good, busy] });
    expect(session.requests).toEqual({ read: 0, write: 0 });
    await session.read(READ);
    await session.change(WRITE);
    expect(session.requests).toEqual({ read: 2, write: 2 });
    await session.create(WRITE);
    expect(session.requests).toEqual({ read: 2, write: 3 });
  });

  it('gets an answer that holds none of the secrets it was sent with', async () => {
    const { session } = aRun({ answers: [answer(400, '{"message":"token-number-1 was sent"}')] });
    expect((await session.read(READ)).json).toEqual({ message: '[redacted] was sent' });
  });
});

describe('the token', () => {
  it('is asked for once, however many calls begin at the same time', async () => {
    const { session, asked } = aRun();
    await Promise.all([session.token(), session.read(READ), session.read(READ)]);
    expect(asked).toHaveLength(1);
  });

  it('is kept for the next run', async () => {
    const { session, noted } = aRun();
    await session.read(READ);
    expect(noted).toEqual(['store token-number-1']);
  });

  it('of an earlier run is used, on the host that it is good for', async () => {
    const { session, asked, calls, noted } = aRun({ cached: cachedToken() });
    expect((await session.read(READ)).host).toBe('www.zohoapis.eu');
    expect(asked).toEqual([]);
    expect(usedBy(calls)).toEqual(['token-of-earlier']);
    expect(noted).toEqual([]);
  });

  it('of an earlier run whose host is not of Zoho is not used', async () => {
    const { session, calls } = aRun({ cached: cachedToken('https://elsewhere.example') });
    await session.read(READ);
    expect(usedBy(calls)).toEqual(['token-number-1']);
  });

  it('of an earlier run that breaks what reads it is a bug of ours', async () => {
    const { session } = aRun({
      cached: {
        ...cachedToken(),
        get apiDomain(): string {
          throw new TypeError('x');
        },
      },
    });
    await expect(session.token()).rejects.toThrow(TypeError);
  });

  it('is asked for again where the server broke or nobody answered, and not where it was refused', async () => {
    const broken = aRun({ tokens: [answer(500, ''), silence] });
    await broken.session.token();
    expect([broken.asked.length, broken.waits]).toEqual([3, [400, 1200]]);
    expect(broken.session.requests).toEqual({ read: 3, write: 0 });

    const throttled = aRun({ tokens: [answer(429, {})] });
    await expect(throttled.session.token()).rejects.toThrow('turns requests away');
    expect(throttled.asked).toHaveLength(1);
    const refused = aRun({ tokens: [answer(400, { error: 'invalid_client' })] });
    await expect(refused.session.token()).rejects.toThrow(Problem);
    expect(refused.asked).toHaveLength(1);
  });

  it('is asked for again where a throttled server says when, and not where it names no time, or one that nobody waits for', async () => {
    const throttled = (retryAfter: string) => ({ ...answer(429, '<html>'), retryAfter });
    const told = aRun({ tokens: [throttled('7')] });
    await told.session.token();
    expect([told.asked.length, told.waits]).toEqual([2, [7000]]);
    for (const odd of ['-3 apples', '3600']) {
      const run = aRun({ tokens: [throttled(odd)] });
      await expect(run.session.token()).rejects.toThrow('turns requests away');
      expect(run.asked).toHaveLength(1);
    }
  });

  it('that Zoho refuses for now is told with the time to come back', async () => {
    const { session } = aRun({ tokens: [answer(200, { error: 'Access Denied' })] });
    await expect(session.token()).rejects.toMatchObject({
      diagnostics: [{ code: 'token-throttled', remedy: expect.stringContaining(comeBack(0)) as string }],
    });
  });

  it('that nobody gives is told as a Zoho that cannot be reached, also to a write', async () => {
    const { session } = aRun({ tokens: [silence, silence, silence] });
    await expect(session.create(WRITE)).rejects.toMatchObject({ name: 'Problem', kind: 'unreachable' });
  });
});

describe('a token that Zoho no longer takes', () => {
  it('is renewed, and the call sent again with the new one', async () => {
    const { session, calls, noted } = aRun({ answers: [badToken] });
    expect(await session.read(READ)).toEqual(told(good));
    expect(usedBy(calls)).toEqual(['token-number-1', 'token-number-2']);
    expect(noted).toEqual(['store token-number-1', 'drop', 'store token-number-2']);
  });

  it.each([
    [forgotten, forgotten],
    [badToken, forgotten],
    [forgotten, badToken],
  ])('is renewed once, in whatever words it is refused', async (first, second) => {
    const { session, calls, noted } = aRun({ cached: cachedToken(), answers: [first, good, second] });
    expect(await session.read(READ)).toEqual(told(good));
    expect(usedBy(calls)).toEqual(['token-of-earlier', 'token-number-1']);
    expect(await session.read(READ)).toEqual(told(second));
    expect(noted).toEqual(['drop', 'store token-number-1', 'drop']);
  });

  it('is renewed for a change too, which does no harm twice, in whatever words it is refused', async () => {
    const forgot = aRun({ answers: [forgotten] });
    expect(await forgot.session.change(WRITE)).toEqual(told(good));
    const { session, calls } = aRun({ answers: [badToken] });
    expect(await session.change(WRITE)).toEqual(told(good));
    expect(calls).toHaveLength(2);
  });

  it('is dropped, and nothing sent again, where a change is to be sent once: what is said to it is the answer', async () => {
    const { session, asked, calls } = aRun({ answers: [badToken] });
    const said = await session.change({ ...WRITE, once: true });
    expect(said).toEqual(told(badToken));
    expect(said).not.toHaveProperty('againMs');
    expect([asked.length, calls.length]).toEqual([1, 1]);
    const creating = aRun({ answers: [badToken] });
    expect(await creating.session.create({ ...WRITE, once: true })).toMatchObject({ againMs: 0 });
  });

  it('is dropped after a creation, which is not sent again unseen: the next call has a new one', async () => {
    const { session, asked, calls } = aRun({ answers: [badToken] });
    expect(await session.create(WRITE)).toMatchObject({ ...told(badToken), againMs: 0 });
    expect([asked.length, calls.length]).toEqual([1, 1]);
    expect(await session.read(READ)).toEqual(told(good));
    expect(await session.create(WRITE)).toEqual(told(good));
    expect([asked.length, calls.length]).toEqual([2, 3]);
    const twice = aRun({ answers: [badToken, good, badToken], cached: cachedToken() });
    await twice.session.create(WRITE);
    await twice.session.read(READ);
    expect(await twice.session.create(WRITE)).not.toHaveProperty('againMs');
    expect(usedBy(twice.calls)).toEqual(['token-of-earlier', 'token-number-1', 'token-number-1']);
  });

  it('tells the host of the new one, which may be another', async () => {
    const { session } = aRun({ cached: cachedToken(), answers: [badToken] });
    expect((await session.read(READ)).host).toBe('www.zohoapis.com');
  });

  it('is renewed once per run: what is refused afterwards is told', async () => {
    const { session, asked, calls, noted } = aRun({ answers: [badToken, good, badToken] });
    await session.read(READ);
    expect(await session.read(READ)).toEqual(told(badToken));
    expect([asked.length, calls.length]).toEqual([2, 3]);
    expect(noted.at(-1)).toBe('drop');
  });

  it('leaves no fresh one behind that is refused as well', async () => {
    const { session, asked, noted } = aRun({ answers: [badToken, badToken] });
    expect(await session.read(READ)).toEqual(told(badToken));
    expect(asked).toHaveLength(2);
    expect(noted).toEqual(['store token-number-1', 'drop', 'store token-number-2', 'drop']);
  });

  it('is renewed by the first of several calls under way; the others use what it got', async () => {
    const { session, asked, calls } = aRun({ answers: [badToken, badToken] });
    const both = await Promise.all([session.read(READ), session.read(READ)]);
    expect(both).toEqual([told(good), told(good)]);
    expect(asked).toHaveLength(2);
    expect(usedBy(calls)).toEqual(['token-number-1', 'token-number-1', 'token-number-2', 'token-number-2']);
  });

  it.each([
    answer(403, { code: 'INVALID_TOKEN', status: 'error' }),
    answer(401, { code: 'OAUTH_SCOPE_MISMATCH', status: 'error' }),
    answer(401, '<html>'),
    answer(401, ''),
  ])('is not what %j says', async (other) => {
    const { session, asked } = aRun({ answers: [other] });
    expect(await session.read(READ)).toEqual(told(other));
    expect(asked).toHaveLength(1);
  });

  it('is renewed where nothing is kept between runs as well', async () => {
    const { session, calls } = aRun({ hasCache: false, answers: [badToken, badToken] });
    expect(await session.read(READ)).toEqual(told(badToken));
    expect(await session.read(READ)).toEqual(told(good));
    expect(calls).toHaveLength(3);
    const again = aRun({ hasCache: false, answers: [badToken, good, badToken] });
    await again.session.read(READ);
    expect(await again.session.read(READ)).toEqual(told(badToken));
  });
});

describe('what is sent again', () => {
  it('is a read after a server that broke, is overloaded, or says nothing', async () => {
    for (const trouble of [answer(500, ''), busy, silence]) {
      const { session, calls } = aRun({ answers: [trouble] });
      expect(await session.read(READ)).toEqual(told(good));
      expect(calls).toHaveLength(2);
    }
    const { session } = aRun({ answers: [silence, silence, silence] });
    await expect(session.read(READ)).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'Zoho could not be reached: the connection broke.',
    });
  });

  it('is a look too, to which every refusal is the answer, also that of the token', async () => {
    const { session, calls, asked } = aRun({ answers: [busy, silence, forgotten] });
    expect(await session.look({ path: 'org', query: {} })).toEqual(told(forgotten));
    expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([1, 2, 3].map(() => `GET ${API}org`));
    expect(asked).toHaveLength(1);
  });

  it('is in no case a change that is to be sent once', async () => {
    const { session, calls } = aRun({ answers: [busy] });
    expect((await session.change({ ...WRITE, once: true })).status).toBe(429);
    expect(calls).toHaveLength(1);
  });

  it('is a change only where Zoho says that it did nothing', async () => {
    const throttled = aRun({ answers: [busy] });
    expect(await throttled.session.change(WRITE)).toEqual(told(good));
    expect(throttled.calls).toHaveLength(2);
  });

  it.each(['change', 'create'] as const)(
    'is no %s after a server that broke or says nothing',
    async (write) => {
      const broken = aRun({ answers: [answer(500, '')] });
      expect((await broken.session[write](WRITE)).status).toBe(500);
      expect(broken.calls).toHaveLength(1);
      const silent = aRun({ answers: [silence] });
      await expect(silent.session[write](WRITE)).rejects.toBe(silence);
      expect(silent.calls).toHaveLength(1);
    },
  );

  it('is never a creation: it comes back with the time after which it may do better, three times at most', async () => {
    const { session, calls } = aRun({ answers: [busy, busy, busy, good, busy] });
    const waits: unknown[] = [];
    for (let call = 0; call < 5; call += 1) waits.push((await session.create(WRITE)).againMs);
    expect(waits).toEqual([400, 1200, undefined, undefined, 400]);
    expect(calls).toHaveLength(5);
  });
});
