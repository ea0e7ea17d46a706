import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal.ts';
import { textOf, type Json, type JsonObject } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { Seen } from '../../../src/model/look.ts';
import { problem } from '../../../src/model/problem.ts';
import { learn, type LearnPorts } from '../../../src/probe/learn.ts';
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

/** A Zoho that gives these answers, and shows these fields after them. */
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
      fields: () => Promise.resolve([OLD, ...shown]),
      create: (bodies) => {
        posts.push(bodies.map((body) => textOf(body['field_label'])));
        return Promise.resolve(left.shift());
      },
      relabel: (id) => {
        patches.push(id);
        return Promise.resolve(answer(200, [made(id)]));
      },
      journal: (entries) => void journal.push(...entries),
      wait: () => Promise.resolve(),
      interrupted: () => false,
    },
  };
}

const labels = WISHES.fields.map(({ label }) => label);
const shownAs = (index: number, api_name: string, id: string): LiveField =>
  has(api_name, { id, label: labels[index] ?? '' });

describe('what creating teaches', () => {
  it('is nothing about single fields where the results are in another order, and none is changed', async () => {
    const { ports, patches } = world(
      [answer(207, [made('11'), made('12'), refused('DUPLICATE_DATA'), made('14'), refused('INVALID_DATA')])],
      [
        shownAs(0, 'ZF_Probe_Xq1w2e_Named', '12'),
        shownAs(1, 'ZF_Probe_Xq1w2e_B', '11'),
        shownAs(3, 'X', '14'),
      ],
    );
    const { made: facts, left } = await learn(WISHES, [OLD], ports);
    expect(facts.get('create.order')).toBe('in_another_order');
    expect([...facts.keys()].toSorted()).toEqual(['create.order', 'create.shown', 'create.some']);
    expect(left).toHaveLength(3);
    expect(patches).toEqual([]);
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

  it('never touches a field that was there before, or that someone else made under another id', async () => {
    const theirs = shownAs(1, 'Theirs', '99');
    const { ports, patches, journal } = world(
      [answer(207, [made('11'), made('12'), refused('X'), refused('X'), refused('X')])],
      [theirs, shownAs(0, 'A', '11')],
    );
    const lesson = await learn(WISHES, [OLD, has('B', { id: '12', label: 'Old' })], ports);
    expect(patches).toEqual([]);
    expect(lesson.left.map(({ id }) => id)).not.toContain('12');
    expect(journal.filter(({ event }) => event === 'intent')).toHaveLength(5);
  });
});
