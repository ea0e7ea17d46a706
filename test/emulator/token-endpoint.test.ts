import { describe, expect, it } from 'vitest';
import { credentials, request, visit } from './support.ts';

describe('the token endpoint', () => {
  it('answers the refresh grant as the sheet shows it, without a new refresh token', async () => {
    const { grant, zoho } = await visit();
    const { status, body } = await grant();
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/),
      scope: 'ZohoCRM.settings.ALL ZohoCRM.users.ALL ZohoCRM.org.ALL',
      api_domain: zoho.url,
      token_type: 'Bearer',
      expires_in: 3600,
    });
  });

  it('carries the scopes of the users guide unless told otherwise', async () => {
    const { grant } = await visit({ scope: 'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL, ZohoCRM.users.READ' });
    expect((await grant()).body).toMatchObject({
      scope: 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.users.READ',
    });
  });

  it.each(['query', 'form', 'multipart'])('reads credentials from a %s', async (place) => {
    const { zoho } = await visit();
    const values = { grant_type: 'refresh_token', ...credentials(zoho) };
    const form = new FormData();
    for (const [name, value] of Object.entries(values)) form.append(name, value);
    const url = `${zoho.url}/oauth/v2/token`;
    const sent = {
      query: () => request(`${url}?${new URLSearchParams(values).toString()}`, { method: 'POST' }),
      form: () => request(url, { method: 'POST', body: new URLSearchParams(values) }),
      multipart: () => request(url, { method: 'POST', body: form }),
    }[place];
    expect((await sent?.())?.body).toHaveProperty('access_token');
  });

  it('exchanges a grant code once, and gives a refresh token that works', async () => {
    const { zoho, grant } = await visit();
    const wish = { grant_type: 'authorization_code', code: zoho.grantCode() };
    const { body } = await grant(wish);
    expect(body).toMatchObject({ access_token: expect.any(String), refresh_token: expect.any(String) });
    const { refresh_token } = body as { refresh_token: string };
    expect((await grant({ refresh_token })).body).toHaveProperty('access_token');
    expect((await grant(wish)).body).toEqual({ error: 'invalid_code' });
  });
});

describe('a refused token request (sheet §1.3)', () => {
  const rows: readonly (readonly [why: string, changes: Record<string, string>, error: string])[] = [
    ['an unknown client', { client_id: '1000.SOMEBODYELSE' }, 'invalid_client'],
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client_secret'],
    ['a refresh token that nobody issued', { refresh_token: '1000.dead.beef' }, 'invalid_code'],
    ['a wrong code', { grant_type: 'authorization_code', code: '1000.dead.beef' }, 'invalid_code'],
    ['a refresh token sent as a code', { grant_type: 'authorization_code', code: 'REFRESH' }, 'invalid_code'],
    ['a grant that does not exist here', { grant_type: 'device_token' }, 'general_error'],
  ];

  it.each(rows)('for %s: 200 and an error', async (_, changes, error) => {
    const { grant } = await visit();
    expect(await grant(changes)).toMatchObject({ status: 200, body: { error } });
  });

  it.each(rows)('for %s: 400 where Zoho is of the other mind', async (_, changes, error) => {
    const { grant } = await visit({ switches: { tokenErrorStatus: 400 } });
    expect(await grant(changes)).toMatchObject({ status: 400, body: { error } });
  });

  it('for a code that is too old', async () => {
    const { zoho, grant } = await visit();
    const code = zoho.grantCode();
    zoho.advance(3 * 60_000 + 1);
    expect((await grant({ grant_type: 'authorization_code', code })).body).toEqual({ error: 'invalid_code' });
  });

  it('not for a code with ten minutes', async () => {
    const { zoho, grant } = await visit();
    const code = zoho.grantCode({ minutes: 10 });
    zoho.advance(9 * 60_000);
    expect((await grant({ grant_type: 'authorization_code', code })).body).toHaveProperty('refresh_token');
  });

  it('for a code of an account on another data centre', async () => {
    const { zoho, grant } = await visit();
    const code = zoho.grantCode({ elsewhere: true });
    expect((await grant({ grant_type: 'authorization_code', code })).body).toEqual({ error: 'other_dc' });
  });

  it('for a code without the redirect address of a client that has one', async () => {
    const redirectUri = 'https://example.com/back';
    const { zoho, grant } = await visit({ credentials: { redirectUri } });
    const wish = { grant_type: 'authorization_code', code: zoho.grantCode() };
    expect((await grant(wish)).body).toEqual({ error: 'invalid_redirect_uri' });
    expect((await grant({ ...wish, redirect_uri: redirectUri })).body).toHaveProperty('access_token');
  });

  it('for a refresh token that was revoked, and its access token ends with it', async () => {
    const { zoho, grant, get } = await visit();
    const token = credentials(zoho)['refresh_token'] ?? '';
    const revoke = `${zoho.url}/oauth/v2/token/revoke`;
    const revoked = await request(revoke, { method: 'POST', body: new URLSearchParams({ token }) });
    expect(revoked).toMatchObject({ status: 200, body: { status: 'success' } });
    expect((await grant()).body).toEqual({ error: 'invalid_code' });
    expect(await get('/crm/v8/org')).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    expect((await request(`${revoke}?token=${token}`, { method: 'POST' })).body).toEqual({
      error: 'invalid_code',
    });
  });
});

describe('variants of the token answer', () => {
  it.each([
    ['milliseconds', { expires_in: 3_600_000, expires_in_sec: 3600 }],
    ['absent', {}],
  ] as const)('states the lifetime in %s', async (tokenLifetime, lifetime) => {
    const { grant } = await visit({ switches: { tokenLifetime } });
    const { expires_in, expires_in_sec } = (await grant()).body as Record<string, unknown>;
    expect({ expires_in, expires_in_sec }).toEqual({
      expires_in: undefined,
      expires_in_sec: undefined,
      ...lifetime,
    });
  });

  it('leaves scope and api_domain out, or names another domain', async () => {
    const { zoho, grant } = await visit({ switches: { scopeInToken: 'absent', apiDomain: 'absent' } });
    expect(Object.keys((await grant()).body as object)).toEqual(['access_token', 'token_type', 'expires_in']);
    zoho.switches.apiDomain = 'https://www.zohoapis.example';
    expect((await grant()).body).toMatchObject({ api_domain: 'https://www.zohoapis.example' });
  });
});

describe('the authorisation page', () => {
  const redirect_uri = 'https://example.com/back';
  const ask = async (changes: Record<string, string> = {}) => {
    const { zoho } = await visit({ credentials: { redirectUri: redirect_uri } });
    const query = new URLSearchParams({
      client_id: credentials(zoho)['client_id'] ?? '',
      redirect_uri,
      scope: 'ZohoCRM.settings.fields.ALL',
      response_type: 'code',
      access_type: 'offline',
      state: 'mine',
      ...changes,
    });
    return { zoho, answer: await request(`${zoho.url}/oauth/v2/auth?${query.toString()}`) };
  };

  it('sends the user back with a code, the place and the accounts server', async () => {
    const { answer, zoho } = await ask();
    const back = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(302);
    expect(Object.fromEntries(back.searchParams)).toEqual({
      code: expect.stringMatching(/^1000\./),
      location: 'us',
      'accounts-server': zoho.url,
      state: 'mine',
    });
  });

  it.each([
    ['invalid_client', { client_id: 'nobody' }],
    ['invalid_redirect_uri', { redirect_uri: 'https://example.org/' }],
    ['invalid_scope', { scope: 'ZohoCRM.everything' }],
  ])('keeps %s on the page', async (error, changes) => {
    expect((await ask(changes)).answer).toMatchObject({ status: 200, body: { error } });
  });

  it('gives no refresh token to who did not ask for offline access', async () => {
    const { answer, zoho } = await ask({ access_type: 'online' });
    const code = new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const body = new URLSearchParams({
      ...credentials(zoho),
      grant_type: 'authorization_code',
      code,
      redirect_uri,
    });
    const granted = await request(`${zoho.url}/oauth/v2/token`, { method: 'POST', body });
    expect(granted.body).toHaveProperty('access_token');
    expect(granted.body).not.toHaveProperty('refresh_token');
  });

  it('refuses the eleventh code in ten minutes', async () => {
    const { zoho } = await visit();
    for (let count = 0; count < 10; count += 1) zoho.grantCode();
    expect(() => zoho.grantCode()).toThrow('access_denied');
    zoho.advance(10 * 60_000);
    expect(zoho.grantCode()).toMatch(/^1000\./);
  });
});
