import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/emulator/faults/fault.ts';
import { parseFaultsFile } from '../../src/emulator/faults/parse-faults.ts';
import { DEALS, essence, list, visit, type Visit } from './support.ts';

const five = ['A1', 'A2', 'A3', 'A4', 'A5'].map((field_label) => ({ field_label, data_type: 'text' }));
const POST = { method: 'POST', path: '/settings/fields' } as const;
const GET = { method: 'GET', path: '/settings/fields' } as const;

const made = ({ zoho }: Visit) =>
  zoho
    .fields('Deals')
    .all()
    .map((field) => field.api_name)
    .filter((name) => /^A\d$/.test(name));

/** A guest who meets the faults only after the token. */
async function among(...faults: readonly Fault[]): Promise<Visit> {
  const guest = await visit();
  guest.zoho.faults = faults;
  return guest;
}

/** The bytes of an answer, however it ends. */
function raw(
  guest: Visit,
  path = DEALS,
): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: Buffer; ended: boolean }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Zoho-oauthtoken ${guest.token}` };
    http
      .get(`${guest.zoho.url}${path}`, { headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', () => {});
        answer.on('close', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks),
            ended: answer.complete,
          }),
        );
      })
      .on('error', reject);
  });
}

describe('which request a fault meets', () => {
  it('the n-th that method and path select, once', async () => {
    const guest = await among({ ...POST, nth: 2, kind: 'status', status: 503 });
    const statuses = [];
    for (const field of five.slice(0, 3)) statuses.push((await guest.create(field)).status);
    expect(statuses).toEqual([201, 503, 201]);
    expect(guest.zoho.requests.map(({ status }) => status)).toEqual([200, 201, 503, 201]);
  });

  it('every n-th, so many times', async () => {
    const guest = await among({ ...GET, every: 2, times: 1, kind: 'status', status: 500 });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await guest.get(DEALS)).status);
    expect(statuses).toEqual([200, 500, 200, 200]);
  });

  it('by chance, the same chance for the same seed', async () => {
    const run = async (seed: number) => {
      const guest = await among({ ...GET, probability: 0.5, seed, kind: 'status', status: 502 });
      const statuses = [];
      for (let count = 0; count < 12; count += 1) statuses.push((await guest.get(DEALS)).status);
      return statuses;
    };
    const once = await run(7);
    expect(new Set(once)).toEqual(new Set([200, 502]));
    expect(await run(7)).toEqual(once);
    expect(await run(8)).not.toEqual(once);
  });
});

describe('answers that are lost', () => {
  it.each([
    ['before anything was done', {}, []],
    ['after everything was done', { commit: 'all' }, ['A1', 'A2', 'A3', 'A4', 'A5']],
    ['after two of five', { commit: 2 }, ['A1', 'A2']],
  ] as const)('by a reset %s', async (_, commit, expected) => {
    const guest = await among({ ...POST, kind: 'reset', ...commit });
    await expect(guest.create(...five)).rejects.toThrow('fetch failed');
    expect(made(guest)).toEqual(expected);
    expect(guest.zoho.requests.at(-1)).toMatchObject({ method: 'POST', status: null });
  });

  it('by a 500 after the commit', async () => {
    const guest = await among({ ...POST, kind: 'status', status: 500, commit: 'all' });
    expect(essence(await guest.create(...five))).toEqual([500, 'INTERNAL_ERROR', []]);
    expect(made(guest)).toHaveLength(5);
  });

  it('by a commit that comes late', async () => {
    const guest = await among({ ...POST, kind: 'reset', commit: 'all', commitAfterMs: 250 });
    await expect(guest.create(...five)).rejects.toThrow('fetch failed');
    expect(made(guest)).toEqual([]);
    await sleep(450);
    expect(made(guest)).toHaveLength(5);
  });

  it('by silence', async () => {
    const guest = await among({ ...POST, kind: 'hang', commit: 'all' });
    const patience = AbortSignal.timeout(400);
    const headers = { authorization: `Zoho-oauthtoken ${guest.token}` };
    const body = JSON.stringify({ fields: five });
    await expect(
      fetch(`${guest.zoho.url}${DEALS}`, { method: 'POST', headers, body, signal: patience }),
    ).rejects.toThrow('aborted');
    expect(made(guest)).toHaveLength(5);
  });

  it('by the switch failAfterCommit', async () => {
    const guest = await visit({ switches: { failAfterCommit: '500', failAfterItems: 3 } });
    expect((await guest.create(...five)).status).toBe(500);
    expect(made(guest)).toHaveLength(3);
    guest.zoho.switches.failAfterCommit = 'close';
    guest.zoho.switches.failAfterItems = 0;
    await expect(guest.create({ field_label: 'A6', data_type: 'text' })).rejects.toThrow('fetch failed');
    expect(made(guest)).toHaveLength(4);
  });
});

describe('answers that are wrong', () => {
  it('HTML, redirect, throttling with and without Retry-After', async () => {
    const guest = await among(
      { nth: 1, kind: 'html' },
      { nth: 2, kind: 'redirect', location: 'https://example.org/' },
    );
    const page = await raw(guest);
    expect([page.status, page.headers['content-type']]).toEqual([502, 'text/html']);
    const moved = await guest.get(DEALS).catch(() => undefined);
    expect([moved?.status, moved?.headers.get('location')]).toEqual([302, 'https://example.org/']);
    for (const retryAfter of ['2', '-1', 'Wed, 21 Oct 2015 07:28:00 GMT', 'soon']) {
      guest.zoho.faults = [{ kind: 'throttle', retryAfter }];
      const later = await guest.get(DEALS);
      expect([...essence(later).slice(0, 2), later.headers.get('retry-after')]).toEqual([
        429,
        'TOO_MANY_REQUESTS',
        retryAfter,
      ]);
    }
    guest.zoho.faults = [{ kind: 'throttle' }];
    expect((await guest.get(DEALS)).headers.get('retry-after')).toBeNull();
  });

  it('cut short, blown up, zipped, trickling', async () => {
    const guest = await among(
      { nth: 1, kind: 'truncate', bytes: 100 },
      { nth: 2, kind: 'oversize', bytes: 3_000_000 },
      { nth: 3, kind: 'oversize', bytes: 3_000_000, gzip: true },
      { nth: 4, path: '/users', kind: 'latency', ms: 0 },
    );
    expect(await raw(guest)).toMatchObject({ status: 200, ended: false, body: { length: 100 } });
    expect((await raw(guest)).body.length).toBe(3_000_000);
    const bomb = await raw(guest);
    expect(bomb.headers['content-encoding']).toBe('gzip');
    expect(bomb.body.length).toBeLessThan(100_000);
    guest.zoho.faults = [{ kind: 'slow', bytesPerSecond: 4000 }];
    const start = performance.now();
    expect((await raw(guest, '/crm/v8/users')).ended).toBe(true);
    expect(performance.now() - start).toBeGreaterThan(50);
  });

  it('other bytes and types', async () => {
    const guest = await among({ kind: 'body', prefix: '\uFEFF', contentType: null });
    const marked = await raw(guest);
    expect(marked.headers['content-type']).toBeUndefined();
    expect(marked.body.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    guest.zoho.faults = [{ kind: 'body', body: '{"fields":[],"fields":[1]}' }];
    expect((await raw(guest)).body.toString()).toBe('{"fields":[],"fields":[1]}');
  });

  it('lists in another order, one short, one long', async () => {
    const guest = await among(
      { ...POST, nth: 1, kind: 'results', change: 'shuffled', seed: 3 },
      { ...POST, nth: 2, kind: 'results', change: 'short' },
      { ...POST, nth: 3, kind: 'results', change: 'long' },
    );
    const ids = list(await guest.create(...five.slice(0, 3))).map(
      (result) => (result['details'] as { id: string }).id,
    );
    expect(ids).not.toEqual([...ids].sort());
    expect(list(await guest.create(...five.slice(3)))).toHaveLength(1);
    expect(list(await guest.create({ field_label: 'A6', data_type: 'text' }))).toHaveLength(2);
    expect(made(guest)).toHaveLength(6);
  });

  it('a body of the test’s own, on the token endpoint too', async () => {
    const guest = await among({ path: '/oauth/', kind: 'status', status: 200, body: '{"error":"expired"}' });
    expect((await guest.grant()).body).toEqual({ error: 'expired' });
  });
});

describe('a world that moves', () => {
  it('tokens that end midway', async () => {
    const guest = await among({ ...GET, nth: 2, kind: 'expire-tokens' });
    expect((await guest.get(DEALS)).status).toBe(200);
    expect(essence(await guest.get(DEALS))).toEqual([401, 'INVALID_TOKEN', []]);
    expect((await guest.grant()).status).toBe(200);
  });

  it('someone else, just before a request', async () => {
    const guest = await visit();
    const effect = () => void guest.zoho.fields('Deals').add({ field_label: 'A1', data_type: 'text' });
    guest.zoho.faults = [{ ...POST, nth: 1, kind: 'run', effect }];
    const answer = await guest.create(...five.slice(0, 2));
    expect(list(answer).map((result) => result['code'])).toEqual(['DUPLICATE_DATA', 'SUCCESS']);
  });

  it('latency, for one request or for all', async () => {
    const guest = await among({ ...GET, nth: 1, kind: 'latency', ms: 200 });
    const timed = async () => {
      const start = performance.now();
      await guest.get('/crm/v8/settings/fields/1?module=Deals');
      return performance.now() - start;
    };
    expect(await timed()).toBeGreaterThan(190);
    expect(await timed()).toBeLessThan(190);
    guest.zoho.switches.latency = 200;
    expect(await timed()).toBeGreaterThan(190);
  });
});

describe('a file of faults', () => {
  it('holds every kind with all that it takes', () => {
    const every = { method: 'GET', path: '/crm/', nth: 1, every: 2, probability: 0.5, seed: 3, times: 4 };
    const script: readonly Fault[] = [
      { ...every, commit: 'none', commitAfterMs: 5, kind: 'reset' },
      { commit: 2, kind: 'status', status: 503, body: '', headers: { 'retry-after': '1' } },
      { commit: 'all', kind: 'html', status: 502 },
      { kind: 'throttle', retryAfter: 'soon' },
      { kind: 'redirect', location: 'https://example.org/', status: 307 },
      { kind: 'hang' },
      { kind: 'latency', ms: 0 },
      { kind: 'truncate', bytes: 0 },
      { kind: 'oversize', bytes: 10, gzip: true },
      { kind: 'slow', bytesPerSecond: 1 },
      { kind: 'body', body: '', prefix: '', contentType: null },
      { kind: 'results', change: 'short', seed: 1 },
      { kind: 'expire-tokens' },
    ];
    expect(parseFaultsFile(JSON.stringify(script))).toEqual(script);
  });

  it.each([
    ['no', 'not JSON'],
    ['{}', 'a list'],
    ['[{"kind":"reset"},7]', 'faults[1] is no object'],
    ['[{}]', 'faults[0].kind is one of: status, html'],
    ['[{"kind":"nope"}]', 'faults[0].kind is one of'],
    ['[{"kind":"constructor"}]', 'faults[0].kind is one of'],
    ['[{"kind":"run"}]', 'faults[0].kind is one of'],
    ['[{"kind":"latency"}]', 'faults[0] needs ms'],
    [
      '[{"kind":"reset","paht":"/crm/"}]',
      'faults[0] has a key that reset does not know; it knows: kind, method',
    ],
    ['[{"kind":"reset","status":503}]', 'faults[0] has a key that reset does not know'],
    ['[{"kind":"status","status":"503"}]', 'faults[0].status is a whole number from 200 to 599'],
    ['[{"kind":"status","status":100}]', 'faults[0].status is'],
    ['[{"kind":"status","status":503,"headers":{"a":1}}]', 'faults[0].headers is an object of texts'],
    ['[{"kind":"slow","bytesPerSecond":0}]', 'faults[0].bytesPerSecond is a whole number from 1'],
    ['[{"kind":"reset","probability":2}]', 'faults[0].probability is a number from 0 to 1'],
    ['[{"kind":"reset","commit":"some"}]', 'faults[0].commit is "none", "all", or how many items'],
    ['[{"kind":"reset","nth":0}]', 'faults[0].nth is a whole number from 1'],
    ['[{"kind":"reset","method":null}]', 'faults[0].method is a text'],
    ['[{"kind":"results","change":"odd"}]', 'faults[0].change is one of: shuffled, short, long'],
    ['[{"kind":"oversize","bytes":1,"gzip":"yes"}]', 'faults[0].gzip is true or false'],
  ])('%s is refused in words', (text, words) => {
    expect(() => parseFaultsFile(text)).toThrow(words);
  });
});
