import { describe, expect, it } from 'vitest';
import { DEALS, credentials, request, visit } from './support.ts';

describe('tokens over time (sheet §1.4)', () => {
  it('ends an access token after an hour', async () => {
    const { zoho, get } = await visit();
    zoho.advance(59 * 60_000);
    expect(await get(DEALS)).toMatchObject({ status: 200 });
    zoho.advance(60_000);
    expect(await get(DEALS)).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN', details: {} } });
  });

  it('refuses the eleventh token in ten minutes, in a shape of its own, and forgives after ten minutes', async () => {
    const { zoho, grant } = await visit();
    for (let count = 1; count < 10; count += 1) expect((await grant()).body).toHaveProperty('access_token');
    const denied = {
      error_description: 'You have made too many requests continuously. Please try again after some time.',
      error: 'Access Denied',
      status: 'failure',
    };
    expect(await grant()).toMatchObject({ status: 400, body: denied });
    zoho.switches.throttleStatus = 200;
    zoho.switches.throttleText = 'chinese';
    const translated = { ...denied, error_description: expect.stringMatching(/请/) };
    expect(await grant()).toMatchObject({ status: 200, body: translated });
    zoho.advance(10 * 60_000 + 1);
    expect((await grant()).body).toHaveProperty('access_token');
  });

  it('silently ends the oldest of sixteen', async () => {
    const guest = await visit({ switches: { tokensPerTenMinutes: 0 } });
    for (let count = 1; count < 15; count += 1) await guest.grant();
    expect(await guest.get(DEALS)).toMatchObject({ status: 200 });
    await guest.grant();
    expect(await guest.get(DEALS)).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
  });

  it('silently deletes the oldest refresh token of a client that gets too many', async () => {
    const { zoho, grant } = await visit();
    const oldest = await grant();
    for (let count = 0; count < 20; count += 1) {
      await grant({ grant_type: 'authorization_code', code: zoho.grantCode() });
      zoho.advance(2 * 60_000);
    }
    expect(oldest.body).toHaveProperty('access_token');
    expect((await grant()).body).toEqual({ error: 'invalid_code' });
  });
});

describe('API credits and concurrency (sheet §6)', () => {
  it('answers 429 when the credits are used up, and says how many are left from the half on', async () => {
    const { zoho, get } = await visit({ switches: { credits: 4 } });
    expect((await get(DEALS)).headers.get('x-api-credits-remaining')).toBeNull();
    expect((await get(DEALS)).headers.get('x-api-credits-remaining')).toBe('2');
    expect((await get(DEALS)).headers.get('x-api-credits-remaining')).toBe('1');
    await get(DEALS);
    const refused = await get(DEALS);
    expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS', details: {} } });
    expect(refused.headers.get('retry-after')).toBeNull();
    zoho.advance(24 * 60 * 60_000);
    expect(await get(DEALS)).toMatchObject({ status: 401 });
  });

  it('answers 429 to what is too much at one time', async () => {
    const { get } = await visit({ switches: { concurrency: 2, latency: 200 } });
    const answers = await Promise.all([get(DEALS), get(DEALS), get(DEALS)]);
    expect(answers.map(({ status }) => status)).toContain(429);
  });

  it('has a limit per edition', async () => {
    const { get } = await visit({ organisation: { edition: 'free' }, switches: { latency: 200 } });
    const answers = await Promise.all(Array.from({ length: 7 }, () => get(DEALS)));
    expect(answers.some(({ status }) => status === 429)).toBe(true);
  });

  it('tells when the token ends', async () => {
    const { get } = await visit({ clock: () => Date.UTC(2026, 0, 1, 12) });
    expect((await get(DEALS)).headers.get('x-accesstoken-reset')).toBe('2026-01-01T05:00:00-08:00');
  });

  it('throttles and fails every n-th call when asked to', async () => {
    const { zoho, get } = await visit({ switches: { throttleEvery: 2 } });
    expect([await get(DEALS), await get(DEALS)].map(({ status }) => status)).toEqual([200, 429]);
    zoho.switches.throttleEvery = 0;
    zoho.switches.failEvery = 1;
    expect(await get(DEALS)).toMatchObject({ status: 500, body: { code: 'INTERNAL_ERROR', details: {} } });
  });
});

it('keeps secrets out of its environment only by name: they are fixed, and plainly not real', async () => {
  const { zoho } = await visit();
  expect(Object.keys(credentials(zoho))).toEqual(['client_id', 'client_secret', 'refresh_token']);
  expect(await request(`${zoho.url}/__emulator`)).toMatchObject({ body: { environment: zoho.environment } });
});
