import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal.ts';
import { textOf, type Json, type JsonObject } from '../../../src/model/json.ts';
import type { LiveField, Seen } from '../../../src/model/live-field.ts';
import { problem } from '../../../src/model/problem.ts';
import { learn, type LearnPorts, type Reply } from '../../../src/probe/learn.ts';
import { wishesFor } from '../../../src/probe/wishes.ts';
import { has } from '../../support/field.ts';

/** What is concluded from answers that the emulator never gives. */

const WISHES = wishesFor('Deals', 'Xq1w2e');
const OLD = has('Amount', { custom: false });

const answer = (status: number, fields: readonly Json[]): Seen => ({
  status,
  json: { fields },
  limits: [],
  ms: 1,
});
const made = (id: string): Json => ({ code: 'SUCCESS', status: 'success', details: { id }, message: '' });
const refused = (code: string, details: JsonObject = {}): Json => ({
  code,
  status: 'error',
  details,
  message: '',
});

const replyOf = (seen: Seen | undefined): Reply => ({
  isSent: true,
  ...(seen === undefined ? {} : { seen }),
});

/** A Zoho that gives these answers, and shows these fields after the last of them. */
function world(
  answers: readonly (Seen | undefined)[],
  shown: readonly LiveField[],
): { ports: LearnPorts; posts: string[][]; patches: string[]; journal: JournalEntry[] } {
  const left = [...answers];
  const [posts, patches, journal]: [string[][], string[], JournalEntry[]] = [[], [], []];
  return {
    posts,
    patches,
    journal,
    ports: {
      fields: () => Promise.resolve(left.length === 0 ? [OLD, ...shown] : [OLD]),
      create: (bodies) => {
        posts.push(bodies.map((body) => textOf(body['field_label'])));
        return Promise.resolve(replyOf(left.shift()));
      },
      relabel: (id) => {
        patches.push(id);
        return Promise.resolve(replyOf(answer(200, [made(id)])));
      },
      journal: (entries) => void journal.push(...entries),
      wait: () => Promise.resolve(),
      settleMs: 5000,
      interrupted: () => false,
    },
  };
}

const labels = WISHES.fields.map(({ label }) => label);
const shownAs = (index: number, api_name: string, id: string): LiveField =>
  has(api_name, { id, label: labels[index] ?? '' });

describe('what creating teaches', () => {
  it('is what a read proves where the results are in another order: nothing that they alone would tell', async () => {
    const { ports, patches } = world(
      [answer(207, [made('11'), made('12'), refused('DUPLICATE_DATA'), made('14'), refused('INVALID_DATA')])],
      [
        shownAs(0, 'ZF_Probe_Xq1w2e_Named', '12'),
        shownAs(1, 'ZF_Probe_Xq1w2e_B', '11'),
        shownAs(3, 'ZF_Pr_be_Xq1w2e', '14'),
      ],
    );
    const { made: facts, left, unknown } = await learn(WISHES, [OLD], ports);
    expect(Object.fromEntries(facts)).toEqual({
      'create.some': '207',
      'create.order': 'in_another_order',
      'create.api_name': 'honoured',
      'create.symbols': 'as_believed',
      'create.letters': 'underscore',
      'create.shown': 'at_once',
      'create.label_patch': '200',
    });
    expect(left).toHaveLength(3);
    expect(patches).toEqual(['11']);
    // The label of its PATCH no read shows here.
    expect(unknown).toEqual([WISHES.renamed]);
  });

  it('is that the name is refused, and the rest by a second POST without it', async () => {
    const { ports, posts } = world(
      [
        answer(400, [refused('INVALID_DATA', { api_name: 'api_name', json_path: '$.fields[0].api_name' })]),
        answer(207, [
          made('11'),
          made('12'),
          made('13'),
          made('14'),
          refused('INVALID_DATA', { maximum_length: 25, api_name: 'field_label' }),
        ]),
      ],
      [0, 1, 2, 3].map((index) => shownAs(index, `Odd_${index}`, `1${index + 1}`)),
    );
    const { made: facts } = await learn(WISHES, [OLD], ports);
    expect(posts).toHaveLength(2);
    expect(Object.fromEntries(facts)).toMatchObject({
      'create.api_name': 'refused',
      'create.duplicate': 'accepted',
      'create.label_most': 25,
      'create.symbols': 'other',
      'create.letters': 'other',
    });
  });

  it('is what was said to be created, where no read can show it: told, and nothing claimed', async () => {
    const { ports, patches } = world(
      [
        answer(
          201,
          labels.map((_, index) => made(`1${index}`)),
        ),
      ],
      [],
    );
    const blind = { ...ports, fields: () => Promise.reject(problem('unreachable', 'gone', 'gone')) };
    const lesson = await learn(WISHES, [OLD], blind);
    expect(lesson).toMatchObject({ left: [], isAccepted: true, unknown: [...new Set(labels)] });
    expect(lesson.problem?.message).toBe('gone');
    expect(patches).toEqual([]);
  });

  it('never touches a field that was there before, whatever the answer names', async () => {
    const { ports, patches, journal } = world(
      [answer(207, [made('11'), made('12'), refused('X'), refused('X'), refused('X')])],
      [has('Theirs', { id: '99', label: 'Made meanwhile' }), shownAs(0, 'A', '11'), shownAs(1, 'B', '12')],
    );
    const lesson = await learn(WISHES, [OLD, shownAs(1, 'B', '12')], ports);
    expect(patches).toEqual([]);
    expect(lesson.left.map(({ id }) => id)).toEqual(['11']);
    expect(lesson.unknown).toEqual([labels[1]]);
    expect(journal.filter(({ event }) => event === 'intent')).toHaveLength(5);
  });

  it('is nothing new after a denial that a read belies: what is there is told, and nothing sent again', async () => {
    const { ports, posts, patches } = world(
      [answer(400, [refused('NO_SUCH_CODE')])],
      [0, 1, 3].map((index) => shownAs(index, `Odd_${index}`, `1${index}`)),
    );
    const { left, made: facts, unknown } = await learn(WISHES, [OLD], ports);
    expect(posts).toHaveLength(1);
    expect(left.map(({ id }) => id)).toEqual(['10', '11', '13']);
    expect(facts.get('create.symbols')).toBe('other');
    expect([patches, unknown]).toEqual([['11'], [WISHES.renamed]]);
  });

  it('is waited for where results are of other fields: a later read may show more than they say', async () => {
    const few = [made('404'), ...[1, 2, 3, 4].map(() => refused('NOT_ALLOWED'))];
    const { ports } = world(
      [answer(207, few)],
      [0, 1, 3].map((index) => shownAs(index, `N${index}`, `1${index}`)),
    );
    let reads = 0;
    const slow: LearnPorts = {
      ...ports,
      fields: async () => {
        reads += 1;
        return (await ports.fields()).slice(0, reads === 1 ? 2 : undefined);
      },
    };
    expect((await learn(WISHES, [OLD], slow)).left.map(({ id }) => id)).toEqual(['10', '11', '13']);
  });

  it('is the length at which a label was cut off, as a read shows it', async () => {
    const cut = (labels[4] ?? '').slice(0, 100);
    const { ports } = world([undefined], [has('Long', { id: '15', label: cut })]);
    const { left, made: facts, unknown } = await learn(WISHES, [OLD], ports);
    expect([left.length, facts.get('create.label_most'), unknown]).toEqual([1, 100, []]);
  });

  it('keeps what one read has shown, whatever a later one leaves out', async () => {
    const { ports } = world(
      [undefined],
      [0, 1, 3].map((index) => shownAs(index, `N${index}`, `1${index}`)),
    );
    let reads = 0;
    const short: LearnPorts = {
      ...ports,
      fields: async () => {
        reads += 1;
        return (await ports.fields()).slice(0, reads === 1 ? undefined : 2);
      },
    };
    expect((await learn(WISHES, [OLD], short)).left.map(({ id }) => id)).toEqual(['10', '11', '13']);
  });

  it('is read again where a read fails after something was sent', async () => {
    const { ports } = world(
      [undefined],
      [0, 1, 3].map((index) => shownAs(index, `N${index}`, `1${index}`)),
    );
    let reads = 0;
    const lesson = await learn(WISHES, [OLD], {
      ...ports,
      fields: () => {
        reads += 1;
        return reads % 4 === 0 ? ports.fields() : Promise.reject(problem('unreachable', 'gone', 'gone'));
      },
    });
    expect(lesson.left.map(({ id }) => id)).toEqual(['10', '11', '13']);
    expect(lesson.problem).toBeUndefined();
  });

  it('is sent once more as it was where Zoho was only too busy, and not where its user stops it', async () => {
    const busy: Reply = { isSent: true, seen: answer(429, [refused('LIMIT_EXCEEDED')]), againMs: 9000 };
    for (const isStopped of [false, true]) {
      const { ports, posts } = world([undefined], [shownAs(1, 'B', '11')]);
      const waits: number[] = [];
      let isFirst = true;
      await learn(WISHES, [OLD], {
        ...ports,
        create: (bodies) => {
          if (!isFirst) return ports.create(bodies);
          isFirst = false;
          posts.push(bodies.map((body) => textOf(body['field_label'])));
          return Promise.resolve(busy);
        },
        wait: (ms) => {
          waits.push(ms);
          return Promise.resolve();
        },
        interrupted: () => isStopped,
      });
      expect(posts).toEqual(isStopped ? [labels] : [labels, labels]);
      expect(waits[0]).toBe(9000);
    }
  });

  it('is nothing where nothing was sent, and nothing is open then', async () => {
    const { ports } = world([], []);
    const stopped = problem('credentials', 'no-token', 'no token');
    const lesson = await learn(WISHES, [OLD], {
      ...ports,
      create: () => Promise.resolve({ isSent: false, problem: stopped }),
    });
    expect(lesson).toMatchObject({ left: [], unknown: [], isAccepted: false, problem: stopped });
  });

  it('is never claimed of a token that may not write: what a read then shows is told all the same', async () => {
    const denied: Reply = {
      isSent: true,
      seen: { status: 403, limits: [], ms: 1 },
      problem: problem('credentials', 'denied', 'denied'),
    };
    const { ports, posts } = world([], [shownAs(1, 'B', '11')]);
    const lesson = await learn(WISHES, [OLD], {
      ...ports,
      create: (bodies) => {
        posts.push(bodies.map(() => ''));
        return Promise.resolve(denied);
      },
    });
    expect(lesson.left.map(({ id }) => id)).toEqual(['11']);
    expect([lesson.problem?.message, posts.length]).toEqual(['denied', 1]);
  });
});
