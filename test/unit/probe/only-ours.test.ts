import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal.ts';
import { textOf, type Json, type JsonObject } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import { learn, type LearnPorts, type Lesson, type Reply } from '../../../src/probe/learn.ts';
import { wishesFor } from '../../../src/probe/wishes.ts';
import { has } from '../../support/field.ts';

/**
 * The law of creating: whatever is answered, the report names exactly the fields that Zoho has made, what is learnt is true,
 * and nothing else is touched. All orders of results, all subsets of fields that fail, answers of every kind.
 */

const WISHES = wishesFor('Deals', 'Xq1w2e');
const OLD = [has('Amount', { custom: false }), has('Older', { label: 'ZF-Probe Xq9999 (B)' })];
const NAMES = ['honoured', 'ignored', 'refused'] as const;

interface World {
  /** A bit for each field that fails. */
  readonly failing: number;
  readonly order: readonly number[];
  readonly names: (typeof NAMES)[number];
  /** True where refusals name their places. */
  readonly places: boolean;
  readonly answer: (items: readonly JsonObject[], made: readonly LiveField[]) => Reply;
  /** Reads after a creation that do not show it yet. */
  readonly late: number;
  /** True where more is said to be created than is. */
  readonly overstates?: boolean;
}

interface Told {
  readonly lesson: Lesson;
  readonly made: readonly LiveField[];
  readonly posts: number;
  readonly patches: readonly string[];
  readonly journal: readonly JournalEntry[];
}

async function told({ failing, order, names, places, answer, late }: World): Promise<Told> {
  const made: LiveField[] = [];
  const patches: string[] = [];
  const journal: JournalEntry[] = [];
  let [posts, reads] = [0, 0];
  const make = (body: JsonObject, index: number): JsonObject => {
    const label = textOf(body['field_label']);
    const refuses = names === 'refused' && body['api_name'] !== undefined;
    if ((failing & (1 << index)) !== 0 || refuses) {
      const key = refuses ? 'api_name' : 'field_label';
      const path = places ? { json_path: `$.fields[${index}].${key}` } : {};
      const code = ['NOT_ALLOWED', 'INVALID_DATA', 'DUPLICATE_DATA', 'NOT_SUPPORTED', 'INVALID_DATA'][index];
      return { status: 'error', code: code ?? '', details: { api_name: key, ...path } };
    }
    const id = `77${made.length}`;
    const name = names === 'honoured' && body['api_name'] !== undefined ? body['api_name'] : `N${index}`;
    made.push(has(textOf(name), { id, label, length: body['length'] ?? null }));
    return { status: 'success', code: 'SUCCESS', details: { id } };
  };
  const ports: LearnPorts = {
    fields: () => {
      reads += 1;
      return Promise.resolve(reads > late ? [...OLD, ...made] : OLD);
    },
    create: (bodies) => {
      posts += 1;
      reads = 0;
      const items = bodies.map((body, index) => make(body, index));
      const shuffled = order.flatMap((index) => items.slice(index, index + 1));
      return Promise.resolve(answer(shuffled, made));
    },
    relabel: (id, label) => {
      patches.push(id);
      const index = made.findIndex((field) => field.id === id);
      const field = made[index];
      if (field !== undefined) made[index] = { ...field, field_label: label, display_label: label };
      return Promise.resolve(replied(200, [{ status: 'success', code: 'SUCCESS', details: { id } }]));
    },
    journal: (entries) => void journal.push(...entries),
    wait: () => Promise.resolve(),
    settleMs: 5000,
    interrupted: () => false,
  };
  const lesson = await learn(WISHES, OLD, ports);
  return { lesson, made, posts, patches, journal };
}

function replied(status: number, fields: readonly Json[]): Reply {
  return { isSent: true, seen: { status, json: { fields }, limits: [], ms: 1 } };
}

function statusOf(items: readonly JsonObject[]): number {
  const some = items.filter((item) => item['status'] === 'success').length;
  return some === items.length ? 201 : some === 0 ? 400 : 207;
}

const withIds = (items: readonly JsonObject[], idOf: (index: number) => Json): Reply =>
  replied(
    statusOf(items),
    items.map((item, index) =>
      item['status'] === 'success' ? { ...item, details: { id: idOf(index) } } : item,
    ),
  );

const ANSWERS: Readonly<Record<string, World['answer']>> = {
  'as they are': (items) => replied(statusOf(items), items),
  lost: () => ({ isSent: true }),
  'a failure of the server': (items) => replied(500, items),
  'no JSON': () => ({ isSent: true, seen: { status: 207, limits: [], ms: 1 } }),
  'one too few': (items) => replied(207, items.slice(1)),
  'one too many': (items) => replied(207, [...items, { status: 'success', details: { id: '1' } }]),
  'one that is no object': (items) => replied(207, [null, ...items.slice(1)]),
  'ids of fields that were there': (items) => withIds(items, (index) => OLD[index % 2]?.id ?? ''),
  'one id for all': (items, made) => withIds(items, () => made[0]?.id ?? ''),
  'ids of nothing': (items) => withIds(items, (index) => `404${index}`),
  'without ids': (items) => withIds(items, () => null),
  'a denial of all': (items) =>
    replied(
      400,
      items.map(() => ({ status: 'error', code: 'NOT_ALLOWED' })),
    ),
  'a success of all': (items) =>
    replied(
      201,
      items.map((_, index) => ({ status: 'success', details: { id: `404${index}` } })),
    ),
};

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, index) =>
    permutations(list.filter((_, other) => other !== index)).map((rest) => [one, ...rest]),
  );
}

const ORDERS = permutations([0, 1, 2, 3, 4]);
const SUBSETS = Array.from({ length: 32 }, (_, bits) => bits);
const ids = (fields: readonly LiveField[]): readonly string[] => fields.map(({ id }) => id).toSorted();

/** What must hold whatever is answered. */
function isLawful(world: World, { lesson, made, posts, patches, journal }: Told): readonly string[] {
  const flaws: string[] = [];
  const law = (isKept: boolean, words: string): void => void (isKept || flaws.push(words));
  const fact = (id: string): unknown => lesson.made.get(id);
  const isIdentity = world.order.every((place, index) => place === index);
  const isMade = (index: number): boolean =>
    made.some(({ wire }) => wire['length'] === WISHES.fields[index]?.length);
  law(JSON.stringify(ids(lesson.left)) === JSON.stringify(ids(made)), 'it names what was made');
  law(posts <= 2 && patches.length <= 1, 'it sends no more than was announced');
  law(made.length <= 5, 'no more than five fields');
  law(
    patches.every((id) => made.some((field) => field.id === id)),
    'it changes only its own',
  );
  law(patches.length === (isMade(1) ? 1 : 0), 'it changes the one that is there');
  law(fact('create.order') !== 'as_sent' || isIdentity || areAlike(world, made), 'the order is true');
  law(fact('create.order') !== 'in_another_order' || !isIdentity, 'another order is true');
  law(fact('create.api_name') !== 'honoured' || world.names === 'honoured', 'honoured is true');
  law(fact('create.api_name') !== 'ignored' || world.names === 'ignored', 'ignored is true');
  law(fact('create.api_name') !== 'refused' || world.names === 'refused', 'refused is true');
  law(
    !(isMade(0) && world.names !== 'refused') || fact('create.api_name') === world.names,
    'api_name is learnt',
  );
  law(!isMade(4) || fact('create.label_most') === 256, 'the length of a label is learnt');
  law(
    isMade(0) && isMade(2)
      ? fact('create.duplicate') === 'accepted'
      : fact('create.duplicate') !== 'accepted',
    'a duplicate is learnt',
  );
  law(
    [undefined, 'accepted', 'DUPLICATE_DATA'].includes(lesson.made.get('create.duplicate')?.toString()),
    'nothing else is taken for the word on a duplicate',
  );
  law(
    !isMade(1) || (fact('create.symbols') !== undefined && fact('create.name_after') === 'stays'),
    'names are learnt',
  );
  law(!isMade(3) || fact('create.letters') !== undefined, 'letters are learnt');
  law(
    world.overstates === true || made.length === 0 || lesson.unknown.length === 0,
    'nothing is left unknown',
  );
  const last = new Map(journal.map((entry) => [entry.api_name, entry.event]));
  law(
    lesson.unknown.every((label) => last.get(label) === 'intent'),
    'what is unknown is open in the journal',
  );
  return flaws;
}

/** Refusals that swap places: nobody can tell. */
function areAlike({ order }: World, made: readonly LiveField[]): boolean {
  const isMade = (index: number): boolean =>
    made.some(({ wire }) => wire['length'] === WISHES.fields[index]?.length);
  return order.every((place, index) => place === index || (!isMade(place) && !isMade(index)));
}

/** Answers to which the order of results is nothing. */
const WITHOUT_RESULTS: ReadonlySet<string> = new Set([
  'lost',
  'no JSON',
  'a failure of the server',
  'a denial of all',
]);

describe('whatever is answered, the report names exactly what was made', () => {
  it.each(Object.entries(ANSWERS))('%s, at once or late', async (kind, answer) => {
    for (const failing of SUBSETS)
      for (const [index, order] of (WITHOUT_RESULTS.has(kind) ? ORDERS.slice(0, 3) : ORDERS).entries()) {
        const names = NAMES[(failing + index) % NAMES.length] ?? 'honoured';
        // A denial is believed after one read.
        const late = kind === 'a denial of all' ? 0 : failing % 2;
        const overstates = kind === 'a success of all';
        const world: World = { failing, order, names, late, answer, overstates, places: index % 2 === 0 };
        const flaws = isLawful(world, await told(world));
        expect(flaws, `${names}, failing ${failing.toString(2)}, order ${order.join('')}`).toEqual([]);
      }
  });
});
