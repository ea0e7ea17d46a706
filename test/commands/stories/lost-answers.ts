import { expect } from 'vitest';
import { openChapter, type Open } from '../../support/shared-tests.ts';
import type { EmulatorOptions } from '../../../src/emulator/start.ts';
import { missing, text, type Story } from '../../support/story.ts';
import { fieldsSent } from '../../support/wire.ts';
import {
  CREATION,
  creation,
  heeded,
  isSilent,
  lessons,
  turnsAway,
} from '../../support/switch-expectations.ts';

const { chapter, describe, it } = openChapter('lost answers');

export const lostAnswers = chapter;

type Fault = NonNullable<EmulatorOptions['faults']>[number];

/** What meets the first POST of fields, and what Zoho did before. */
interface Loss {
  readonly name: string;
  readonly fault: Fault;
  readonly resent: boolean;
}

const LOSSES: readonly Loss[] = [
  { name: 'reset before anything was done', fault: { kind: 'reset' }, resent: true },
  { name: 'reset after all was done', fault: { kind: 'reset', commit: 'all' }, resent: false },
  { name: 'reset after two of five', fault: { kind: 'reset', commit: 2 }, resent: true },
  { name: '500 before anything was done', fault: { kind: 'status', status: 500 }, resent: true },
  { name: '500 after all was done', fault: { kind: 'status', status: 500, commit: 'all' }, resent: false },
  { name: '503 after three of five', fault: { kind: 'status', status: 503, commit: 3 }, resent: true },
  { name: 'no answer in time, nothing done', fault: { kind: 'hang' }, resent: true },
  { name: 'no answer in time, all done', fault: { kind: 'hang', commit: 'all' }, resent: false },
  { name: 'a page of HTML, all done', fault: { kind: 'html', commit: 'all' }, resent: false },
  { name: 'half an answer', fault: { kind: 'truncate', bytes: 40 }, resent: false },
  { name: 'an answer with a result too few', fault: { kind: 'results', change: 'short' }, resent: false },
  { name: 'an answer with a result too many', fault: { kind: 'results', change: 'long' }, resent: false },
  { name: 'an answer that is no JSON', fault: { kind: 'body', body: 'ok' }, resent: false },
  {
    name: 'an answer larger than anybody needs',
    fault: { kind: 'oversize', bytes: 20_000_000 },
    resent: false,
  },
  {
    name: 'a redirect',
    fault: { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere', status: 307 },
    resent: true,
  },
];

/** Carried out after the client has given up, and before it has settled. */
const LATE: Loss = {
  name: 'no answer in time, done while settling',
  fault: { kind: 'hang', commit: 'all', commitAfterMs: 1700 },
  resent: false,
};

/** Short time-outs where an answer never comes, and a settling time that outlasts the late commit. */
const impatient = (fault: Fault): Readonly<Record<string, string>> =>
  fault.kind === 'hang' || fault.kind === 'slow' ? { ZOHO_TIMEOUT_MS: '1500', ZOHO_SETTLE_MS: '900' } : {};

/** The labels of each POST that Zoho looked at. */
const creations = (story: Story) =>
  heeded(story).map((post) => fieldsSent(post).map((field) => field['field_label']));

describe('after an answer that was lost, live is read before anything is sent again (contract §9)', () => {
  const survives = async ({ fault, resent }: Loss, { open }: { readonly open: Open }): Promise<void> => {
    const story = await open();
    const lesson = lessons(story.zoho.switches);
    story.zoho.faults = [{ ...fault, ...creation(story, 1) }];
    story.declare({ Deals: missing(6) });

    const applied = await story.json(['apply', '--yes'], { env: impatient(fault) });
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(applied.report.summary).toEqual({
      created: 6,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 0,
    });
    expect(Object.keys(story.custom())).toHaveLength(7);

    const order = story.zoho.requests
      .filter((one) => one.path.endsWith('/settings/fields'))
      .map((one) => one.method);
    // The lesson about `api_name` is a creation and a look as well.
    expect(order.slice(1, 3 + 2 * lesson), 'a POST and then a look').toEqual(
      Array.from({ length: 1 + lesson }, () => ['POST', 'GET']).flat(),
    );
    const names = story
      .wire()
      .posts.slice(lesson)
      .flatMap((post) => fieldsSent(post));
    expect(names.length > 6).toBe(resent);
  };
  it.for(LOSSES)('$name', survives);
  it(LATE.name, (stage) => survives(LATE, stage), { realTime: true });

  it('sends again only what live shows as missing', async ({ open }) => {
    const story = await open();
    story.zoho.faults = [{ kind: 'reset', commit: 2, ...creation(story, 1) }];
    story.declare({ Deals: missing(5) });

    await story.run(['apply', '--yes']);
    expect(creations(story)).toEqual([
      ['Part 1', 'Part 2', 'Part 3', 'Part 4', 'Part 5'],
      ['Part 3', 'Part 4', 'Part 5'],
    ]);
  });

  it.for(['honour', 'ignore', 'reject'] as const)(
    'finds its own fields again where a Zoho that would %s api_name swallowed the answer',
    async (apiNameInBody, { open }) => {
      const story = await open({
        switches: { apiNameInBody },
        faults: [{ kind: 'reset', commit: 'all', method: 'POST', path: '/settings/fields' }].map(
          (fault) => ({ ...fault, nth: apiNameInBody === 'reject' ? 2 : 1 }) as Fault,
        ),
      });
      story.declare({ Deals: [text('Part_1', { field_label: "The Part's name" }), text('Part_2')] });

      const applied = await story.json(['apply', '--yes']);
      const untaught = apiNameInBody === 'reject' && isSilent(story.zoho.switches);
      story.endsWhere(untaught, 'the refusal of api_name is never heard');
      expect(applied.code, applied.stdout).toBe(0);
      expect(story.custom()).toMatchObject({ Part_1: "The Part's name", Part_2: 'Part 2' });
    },
  );

  it('a label whose answer was lost is looked at, and set', async ({ open }) => {
    const story = await open({ faults: [{ kind: 'reset', method: 'PATCH', nth: 1 }] });
    story.declare({ Deals: [text('Part_1', { field_label: "The Part's name" })] });

    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    expect(story.custom()).toMatchObject({ Part_1: "The Part's name" });
  });

  it('gives up with the truth where answers stay lost: nothing created is the cause, created is 4', async ({
    open,
  }) => {
    const story = await open({ faults: [{ kind: 'reset', method: 'POST', path: '/settings/fields' }] });
    story.declare({ Deals: missing(6) });
    const nothing = await story.json(['apply', '--yes']);
    expect(nothing.code, nothing.stdout).toBe(69);
    expect(nothing.report.summary).toEqual({
      created: 0,
      finished: 0,
      failed: 5,
      not_attempted: 1,
      in_sync: 0,
    });
    expect(nothing.report.diagnostics[0]?.message).toMatch(/did not answer/);

    story.zoho.faults = [
      { kind: 'latency', ms: 0, ...CREATION, times: 1 + lessons(story.zoho.switches) },
      { kind: 'status', status: 500, method: 'POST', path: '/settings/fields' },
    ];
    const some = await story.json(['apply', '--yes']);
    // Where Zoho turns the first request away as well, nothing is created.
    story.endsWhere(
      turnsAway(story.zoho.switches) && Object.keys(story.custom()).length === 1,
      'none is done',
    );
    expect(some.code, some.stdout).toBe(4);
    expect(some.report.summary).toEqual({ created: 5, finished: 0, failed: 1, not_attempted: 0, in_sync: 0 });
  });

  it('says which fields may or may not exist when live cannot be read after a lost answer', async ({
    open,
  }) => {
    const story = await open({
      faults: [
        { kind: 'reset', commit: 'all', method: 'POST', path: '/settings/fields' },
        {
          kind: 'status',
          status: 401,
          body: '{"code":"OAUTH_SCOPE_MISMATCH","status":"error","message":"no","details":{}}',
          method: 'GET',
          nth: 2,
        },
      ],
    });
    story.declare({ Deals: missing(6) });

    const applied = await story.json(['apply', '--yes']);
    expect(applied.report.summary).toEqual({
      created: 0,
      finished: 0,
      failed: 5,
      not_attempted: 1,
      in_sync: 0,
    });
    expect(applied.report.fields[0]?.reasons[0]?.message).toMatch(/may exist or not/);
    expect(applied.code).toBe(77);

    story.zoho.faults = [];
    const again = await story.json(['apply', '--yes']);
    expect(again.code).toBe(0);
    // A Zoho that refuses `api_name` had nothing to carry out.
    const there = lessons(story.zoho.switches) === 0 ? 5 : 0;
    expect(again.report.summary).toEqual({
      created: 6 - there,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: there,
    });
  });
});

describe('reading again is free, writing again is not (contract §6, §9)', () => {
  it.for([
    { name: '500', fault: { kind: 'status', status: 500 } },
    { name: '503', fault: { kind: 'status', status: 503 } },
    { name: 'reset', fault: { kind: 'reset' } },
    { name: 'hang', fault: { kind: 'hang' } },
    { name: '429', fault: { kind: 'throttle' } },
    { name: '429 with Retry-After', fault: { kind: 'throttle', retryAfter: '0' } },
  ] as const)('a read that fails once by $name is read again', async ({ fault }, { open }) => {
    const story = await open({ faults: [{ ...fault, path: '/settings/fields', nth: 1 }] });
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan'], { env: impatient(fault) });
    expect(plan.code, plan.stdout).toBe(0);
    expect(plan.report.requests).toEqual({ read: 3, write: 0 });
  });

  it.for([
    { name: '500', fault: { kind: 'status', status: 500 } },
    { name: 'reset', fault: { kind: 'reset' } },
  ] as const)('a token request that fails once by $name is sent again', async ({ fault }, { open }) => {
    const story = await open({ faults: [{ ...fault, path: '/oauth/', nth: 1 }] });
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(0);
    expect(plan.report.requests).toEqual({ read: 3, write: 0 });
  });

  it('a write that Zoho turned away unread is sent again, after the time it asks for', async ({ open }) => {
    const story = await open({
      faults: [{ kind: 'throttle', retryAfter: '0', method: 'POST', path: '/settings/fields', nth: 1 }],
    });
    story.declare({ Deals: missing(5) });
    const applied = await story.json(['apply', '--yes']);
    expect(applied.code, applied.stdout).toBe(0);
    const statuses = story.wire().posts.map((post) => post.status);
    const lesson = Array<number>(lessons(story.zoho.switches)).fill(400);
    // Where every so many requests are turned away, the looks in between count as well.
    if (isSilent(story.zoho.switches)) expect(statuses).toHaveLength(2 + lesson.length);
    else if (turnsAway(story.zoho.switches)) expect(statuses.slice(0, 1)).toEqual([429]);
    else expect(statuses).toEqual([429, ...lesson, 201]);
  });

  it('stops at once where Zoho asks to wait for longer than anybody would', async ({ open }) => {
    const story = await open({
      faults: [{ kind: 'throttle', retryAfter: '86400', path: '/settings/fields' }],
    });
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan']);
    expect(plan.code).toBe(69);
    expect(plan.report.diagnostics[0]?.message).toContain('429');
    expect(story.wire().lists).toHaveLength(1);
  });

  it('a throttled apply that created nothing is 69, one that created something is 4', async ({ open }) => {
    const throttled: Fault = { kind: 'throttle', retryAfter: '0', method: 'POST', path: '/settings/fields' };
    const story = await open({ faults: [throttled] });
    story.declare({ Deals: missing(6) });
    const nothing = await story.json(['apply', '--yes']);
    expect(nothing.code, nothing.stdout).toBe(69);
    expect(nothing.report.summary).toMatchObject({ created: 0 });

    let passed = 0;
    story.zoho.faults = [
      { kind: 'run', effect: () => (passed += 1), ...CREATION, times: 1 + lessons(story.zoho.switches) },
      throttled,
    ];
    const some = await story.json(['apply', '--yes']);
    expect(passed).toBeGreaterThan(0);
    // Where Zoho turns that one request away as well, nothing is created.
    const made = Object.keys(story.custom()).length - 1;
    if (!turnsAway(story.zoho.switches)) expect(made).toBe(5);
    expect(some.code, some.stdout).toBe(made > 0 ? 4 : 69);
    expect(some.report.summary).toMatchObject({ created: made });

    story.zoho.faults = [];
    const rest = await story.json(['apply', '--yes']);
    expect(rest.code).toBe(0);
    expect(rest.report.summary).toMatchObject({ created: 6 - made, in_sync: made });
  });
});

describe('Zoho unreachable, overloaded, redirecting or not speaking JSON is 69 (contract §6)', () => {
  const ALWAYS: readonly { readonly name: string; readonly fault: Fault; readonly says: RegExp }[] = [
    { name: '500', fault: { kind: 'status', status: 500 }, says: /500/ },
    { name: '503', fault: { kind: 'status', status: 503 }, says: /503/ },
    { name: '429', fault: { kind: 'throttle', retryAfter: '0' }, says: /429/ },
    { name: 'reset', fault: { kind: 'reset' }, says: /broke off/ },
    { name: 'time-out', fault: { kind: 'hang' }, says: /1500 ms/ },
    { name: 'trickle', fault: { kind: 'slow', bytesPerSecond: 10 }, says: /1500 ms/ },
    { name: 'HTML', fault: { kind: 'html', status: 200 }, says: /web page/ },
    { name: 'truncated', fault: { kind: 'truncate', bytes: 30 }, says: /broke off/ },
    { name: 'broken JSON', fault: { kind: 'body', body: '{"fields":[' }, says: /JSON/ },
    { name: 'JSON of another kind', fault: { kind: 'body', body: '{"data":[]}' }, says: /fields/ },
    {
      name: 'a list of something else',
      fault: { kind: 'body', body: '{"fields":[{"name":1}]}' },
      says: /fields/,
    },
    { name: 'an empty answer', fault: { kind: 'body', body: '' }, says: /empty/ },
    { name: 'oversized', fault: { kind: 'oversize', bytes: 20_000_000 }, says: /larger than/ },
    { name: 'gzip bomb', fault: { kind: 'oversize', bytes: 20_000_000, gzip: true }, says: /larger than/ },
    { name: 'redirect', fault: { kind: 'redirect', location: 'http://127.0.0.1:9/' }, says: /redirect/ },
  ];

  it.for(ALWAYS)('$name, while planning', async ({ fault, says }, { open }) => {
    const story = await open({ faults: [{ ...fault, path: '/settings/fields' }] });
    story.declare({ Deals: missing(1) });

    const plan = await story.json(['plan'], { env: impatient(fault) });
    expect(plan.code, plan.stdout).toBe(69);
    expect(plan.report.kind).toBe('error');
    expect(plan.report.diagnostics[0]?.message).toMatch(says);
    expect(plan.report.diagnostics[0]?.remedy?.length).toBeGreaterThan(10);
    expect(plan.stderr).toBe('');
  });

  it('nobody listening at all', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan'], { env: { ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:9' } });
    expect(plan.code).toBe(69);
    expect(plan.report.diagnostics[0]?.message).toMatch(/refused the connection/);
  });

  it('a module of which nothing is told is not taken for an empty one', async ({ open }) => {
    const story = await open({
      faults: [{ kind: 'status', status: 204, body: '', path: '/settings/fields' }],
    });
    story.declare({ Deals: missing(1) });
    const plan = await story.json(['plan']);
    expect(plan.code, plan.stdout).toBe(69);
    expect(plan.report.diagnostics[0]?.message).toMatch(/only 200 is a whole list/);
  });
});
