import { count } from '../../../src/model/count.ts';
import { describe, expect, it } from 'vitest';
import { Problem, problem } from '../../../src/model/problem.ts';
import { decode } from '../../../src/zoho/http/answer.ts';
import type { SentAnswer, Session } from '../../../src/zoho/session.ts';
import { TransportError } from '../../../src/zoho/http/transport.ts';
import { readWriteAnswer, ZohoWriter } from '../../../src/zoho/writer.ts';

const HOST = 'www.zohoapis.example';
const context = { module: 'Deals', scope: 'some.scope' };

/** What an answer to the creation of so many fields is taken for. */
function read(status: number, body: unknown, sent = 1) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readWriteAnswer(decode({ status, text }, HOST), sent, context);
}

const made = (id: unknown) => ({ code: 'SUCCESS', status: 'success', details: { id } });
const refused = (code: string) => ({ code, status: 'error', message: 'words', details: {} });

describe('an answer with a result for each field', () => {
  it.each([200, 201, 207, 400, 403])('is judged by the results and not by HTTP %i', (status) => {
    expect(read(status, { fields: [made('7'), refused('DUPLICATE_DATA')] }, 2)).toMatchObject({
      kind: 'answered',
      items: [
        { status: 'success', id: '7' },
        { status: 'error', refusal: { code: 'DUPLICATE_DATA', message: 'words' } },
      ],
    });
  });

  it.each([
    [made('7'), '7'],
    [{ status: 'success', details: { id: '7' } }, '7'],
    [{ code: 'SUCCESS', details: { id: '7' } }, '7'],
    [made(''), undefined],
    [made(7), undefined],
    [{ code: 'SUCCESS', details: 'odd' }, undefined],
    [{ code: 'SUCCESS' }, undefined],
  ])('takes %j for a success, with the id that it tells', (item, id) => {
    expect(read(201, { fields: [item] })).toStrictEqual({
      kind: 'answered',
      items: [{ status: 'success', ...(id === undefined ? {} : { id }) }],
    });
  });

  it.each(['odd', null, 7, [], {}, { status: 'error' }, { code: '' }])(
    'leaves open what became of a field whose result is %j',
    (item) => {
      expect(read(201, { fields: [item] })).toEqual({
        kind: 'lost',
        why: `${HOST} answered with 1 result for 1 field`,
      });
    },
  );

  it('leaves everything open where there are more or fewer results than fields', () => {
    for (const fields of [[], [made('7')], [made('7'), made('8'), made('9')]])
      expect(read(201, { fields }, 2)).toEqual({
        kind: 'lost',
        why: `${HOST} answered with ${count(fields.length, 'result')} for 2 fields`,
      });
  });

  it('leaves everything open where what can be read of the results happens to be as many as the fields', () => {
    expect(read(201, { fields: [made('7'), 'odd'] })).toEqual({
      kind: 'lost',
      why: `${HOST} answered with 2 results for 1 field`,
    });
  });

  it('says that nothing was done only where each result is a refusal, and HTTP says so too', () => {
    const both = [refused('A'), refused('B')];
    expect(read(400, { fields: both }, 3)).toMatchObject({
      kind: 'refused',
      refusals: [{ code: 'A' }, { code: 'B' }],
    });
    expect(read(399, { fields: both }, 3).kind).toBe('lost');
    expect(read(207, { fields: both }, 3).kind).toBe('lost');
    expect(read(400, { fields: [refused('A'), made('7')] }, 3).kind).toBe('lost');
    expect(read(400, { fields: [refused('A'), 'odd'] }, 3).kind).toBe('lost');
    expect(read(400, { fields: ['odd'] }, 3).kind).toBe('lost');
    expect(read(400, { fields: [] }, 3).kind).toBe('lost');
  });

  it('is not believed from a server that broke', () => {
    expect(read(500, { fields: [made('7')] })).toEqual({
      kind: 'lost',
      why: `${HOST} answered HTTP 500 without a result for each field`,
    });
  });
});

describe('whether Zoho may still be at work', () => {
  it('is open where a gateway answers in its place', () => {
    for (const status of [502, 504]) expect(read(status, {})).toMatchObject({ isUnanswered: true });
  });

  it('is settled where it answered itself', () => {
    for (const status of [200, 302, 500, 503]) expect(read(status, {})).not.toHaveProperty('isUnanswered');
  });
});

describe('an answer to the whole request', () => {
  it('refuses it as one', () => {
    expect(read(400, refused('INVALID_DATA'))).toMatchObject({
      kind: 'refused',
      refusals: [{ code: 'INVALID_DATA', message: 'words' }],
    });
    expect(read(200, refused('INVALID_DATA')).kind).toBe('refused');
    expect(read(400, { ...refused('INVALID_DATA'), fields: 'odd' }).kind).toBe('refused');
  });

  it.each([
    [401, 'INVALID_TOKEN', 'credentials', 'invalid-token'],
    [403, 'NO_PERMISSION', 'credentials', 'no-permission'],
    [403, 'SOMETHING_NEW', 'credentials', 'something-new'],
    [400, 'OAUTH_SCOPE_MISMATCH', 'credentials', 'oauth-scope-mismatch'],
    [429, 'TOO_MANY_REQUESTS', 'unreachable', 'throttled'],
  ])('with HTTP %i and %s ends the run', (status, code, kind, told) => {
    expect(read(status, refused(code))).toMatchObject({
      kind: 'refused',
      problem: { kind, diagnostics: [{ code: told }] },
      refusals: [{ code, message: 'words' }],
    });
  });

  it.each([
    [401, 'INVALID_TOKEN'],
    [429, 'TOO_MANY_REQUESTS'],
  ])('with HTTP %i and %s does not end it where the same may do better later', (status, code) => {
    const answer = decode({ status, text: JSON.stringify(refused(code)) }, HOST);
    const read = readWriteAnswer({ ...answer, againMs: 400 }, 1, context);
    expect(read).toMatchObject({ kind: 'refused', refusals: [{ code }], againMs: 400 });
    expect(read).not.toHaveProperty('problem');
  });

  it.each([
    [401, '', 'DENIED'],
    [403, '{}', 'DENIED'],
    [403, '<html>', 'NOT_JSON'],
  ])('with HTTP %i and %j ends the run too, in words of our own', (status, text, code) => {
    const answer = read(status, text);
    expect(answer).toMatchObject({
      kind: 'refused',
      refusals: [{ code }],
      problem: { kind: expect.any(String) as string },
    });
    expect(answer.kind === 'refused' && answer.refusals[0]?.message === answer.problem?.message).toBe(true);
  });

  it.each([
    [200, '{}'],
    [201, ''],
    [204, ''],
    [400, '<html>'],
    [429, '<html>'],
    [200, '[]'],
    [302, JSON.stringify(refused('INVALID_DATA'))],
    [399, JSON.stringify(refused('INVALID_DATA'))],
    [300, JSON.stringify(refused('INVALID_DATA'))],
    [500, JSON.stringify(refused('INTERNAL_ERROR'))],
    [503, ''],
  ])('with HTTP %i and %j leaves open what was done', (status, text) => {
    expect(read(status, text)).toEqual({
      kind: 'lost',
      why: `${HOST} answered HTTP ${status} without a result for each field`,
    });
  });
});

describe('a write', () => {
  /** What is sent, and what the writer makes of what comes back. */
  function aWriter(answer: SentAnswer | Error) {
    const calls: object[] = [];
    const send = (method: string, call: object): Promise<SentAnswer> => {
      calls.push({ ...call, method });
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    const session = {
      create: (call: object) => send('POST', call),
      change: (call: object) => send('PATCH', call),
    } as unknown as Session;
    return { writer: new ZohoWriter(session), calls };
  }
  const answered = (body: unknown): SentAnswer => decode({ status: 201, text: JSON.stringify(body) }, HOST);
  const bodies = [{ field_label: 'Risk' }];

  it('that creates sends the bodies as they are', async () => {
    const { writer, calls } = aWriter(answered({ fields: [made('7')] }));
    expect(await writer.create('Deals', bodies)).toEqual({
      kind: 'answered',
      items: [{ status: 'success', id: '7' }],
    });
    expect(calls).toEqual([
      {
        method: 'POST',
        path: 'settings/fields',
        query: { module: 'Deals' },
        body: '{"fields":[{"field_label":"Risk"}]}',
      },
    ]);
  });

  it('that sets labels sends ids and labels, and nothing else that an attempt knows', async () => {
    const { writer, calls } = aWriter(answered({ fields: [made('7')] }));
    await writer.relabel('Deals', [{ id: '7', field_label: 'Risk', other: 1 } as never]);
    expect(calls).toEqual([
      {
        method: 'PATCH',
        path: 'settings/fields',
        query: { module: 'Deals' },
        body: '{"fields":[{"id":"7","field_label":"Risk"}]}',
      },
    ]);
  });

  it('is lost where no answer came, and for nothing else', async () => {
    const silence = new TransportError('timeout', HOST, 'no answer in 30 s');
    expect(await aWriter(silence).writer.create('Deals', bodies)).toEqual({
      kind: 'lost',
      why: 'no answer in 30 s',
      isUnanswered: true,
    });
    const bug = new TypeError('x');
    await expect(aWriter(bug).writer.create('Deals', bodies)).rejects.toBe(bug);
  });

  it('ends the run where there is no token to be had', async () => {
    const failure = problem('credentials', 'no-such-client', 'Zoho does not know the client.');
    expect(await aWriter(failure).writer.create('Deals', bodies)).toEqual({
      kind: 'stopped',
      problem: failure,
      refusal: { code: 'NO_SUCH_CLIENT', message: 'Zoho does not know the client.' },
    });
    const bare = Object.assign(new Problem('not-found', [failure.diagnostics[0] ?? expect.fail()]), {
      diagnostics: [],
    });
    expect(await aWriter(bare).writer.create('Deals', bodies)).toMatchObject({
      refusal: { code: 'NOT_FOUND' },
    });
  });

  it('names the scope that it lacks, which is another one for labels', async () => {
    const denied = decode({ status: 401, text: JSON.stringify(refused('OAUTH_SCOPE_MISMATCH')) }, HOST);
    const { writer } = aWriter(denied);
    expect(await writer.create('Deals', bodies)).toMatchObject({
      problem: { message: expect.stringContaining('settings.fields.CREATE') as string },
    });
    expect(await writer.relabel('Deals', [])).toMatchObject({
      problem: { message: expect.stringContaining('settings.fields.UPDATE') as string },
    });
  });

  it('names the module that Zoho does not have, and the host that says so', async () => {
    const none = (code: string) => read(400, refused(code));
    expect(none('INVALID_MODULE').kind).toBe('refused');
    const { writer } = aWriter(
      decode({ status: 403, text: JSON.stringify(refused('INVALID_MODULE')) }, HOST),
    );
    expect(await writer.create('Deals', bodies)).toMatchObject({
      problem: { message: expect.stringContaining('API name Deals,') as string },
    });
    const elsewhere = decode({ status: 403, text: '' }, HOST);
    expect(await aWriter(elsewhere).writer.create('Deals', bodies)).toMatchObject({
      problem: { message: expect.stringContaining(HOST) as string },
    });
  });

  it.each([
    [
      'stands still',
      new TransportError('stalled', HOST, 'its answer stood still', true),
      'its answer stood still',
    ],
    [
      'is too large',
      new TransportError('too-large', HOST, 'its answer was too large'),
      'its answer was too large',
    ],
    [
      'is slow, and no answer to this',
      { ...decode({ status: 200, text: '{}' }, HOST), isSlow: true as const },
      `${HOST} answered HTTP 200 without a result for each field`,
    ],
  ])('is not sent again where an answer was begun that %s', async (_, answer, why) => {
    const { writer, calls } = aWriter(answer);
    expect(await writer.create('Deals', bodies)).toMatchObject({ kind: 'lost', why });
    expect(await writer.create('Deals', bodies)).toMatchObject({
      kind: 'stopped',
      problem: { kind: 'unreachable', diagnostics: [{ code: 'no-answer' }] },
      refusal: { code: 'NO_ANSWER', message: `${why}; the field is not there, and was not sent again` },
    });
    expect(calls).toHaveLength(1);
    // Another field is another request.
    await writer.create('Deals', [{ field_label: 'Other' }]);
    expect(calls).toHaveLength(2);
  });

  it.each([
    ['no answer came', new TransportError('timeout', HOST, 'no answer in 30 s')],
    ['the answer is quick, and no answer to this', decode({ status: 200, text: '{}' }, HOST)],
    [
      'the answer is slow, and refuses it',
      {
        ...decode({ status: 400, text: JSON.stringify(refused('INVALID_DATA')) }, HOST),
        isSlow: true as const,
      },
    ],
  ])('is sent again where %s', async (_, answer) => {
    const { writer, calls } = aWriter(answer);
    const first = await writer.create('Deals', bodies);
    expect(await writer.create('Deals', bodies)).toEqual(first);
    expect(calls).toHaveLength(2);
  });

  it('of a probe is sent once, and its answer seen', async () => {
    const calls: object[] = [];
    const seen: object[] = [];
    const answer = answered({ fields: [made('7')] });
    const session = {
      create: (call: object) => (calls.push(call), Promise.resolve(answer)),
    } as unknown as Session;
    await new ZohoWriter(session, (one) => void seen.push(one)).create('Deals', bodies);
    expect(calls).toMatchObject([{ once: true }]);
    expect(seen).toEqual([answer]);
  });
});
