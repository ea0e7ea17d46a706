import { describe, expect, it } from 'vitest';
import { Attempt } from '../../../src/apply/attempt.ts';
import { findOurs } from '../../../src/apply/find-ours.ts';
import { areInPlace, judgeAnswer, type Request } from '../../../src/apply/judge-answer.ts';
import type { ItemAnswer, Refusal } from '../../../src/apply/ports.ts';
import { has, want } from '../../support/field.ts';

const refusal = (code: string, more: Partial<Refusal> = {}): Refusal => ({ code, message: 'no', ...more });
const no = (code: string, more: Partial<Refusal> = {}): ItemAnswer => ({
  status: 'error',
  refusal: refusal(code, more),
});
const yes = (id?: string): ItemAnswer => ({ status: 'success', ...(id === undefined ? {} : { id }) });

const request = (count: number, more: Partial<Request> = {}): Request => ({
  count,
  withApiName: true,
  taken: new Set(),
  ...more,
});
const answered = (items: readonly ItemAnswer[], more: Partial<Request> = {}) =>
  judgeAnswer({ kind: 'answered', items }, request(items.length, more));
const refused = (refusals: readonly Refusal[], count = 2, more: Partial<Request> = {}) =>
  judgeAnswer({ kind: 'refused', refusals }, request(count, more));

describe('an answer with one result per field', () => {
  it.each<[string, readonly ItemAnswer[]]>([
    ['says yes to all', [yes('70'), yes('71')]],
    ['says yes to all without an id', [yes(), yes('71')]],
    ['gives ids in any order: what they are worth live has to show', [yes('71'), yes('70')]],
    ['says no in its own place', [yes('70'), no('X', { item: 1 })]],
    ['says no to one of which only the place is left', [no('X'), no('Y', { item: 1 })]],
    ['says the same of all', [no('X'), no('X')]],
  ])('is believed where it %s', (_, items) => {
    expect(answered(items)).toStrictEqual({ kind: 'results', items });
  });

  it.each<[string, readonly ItemAnswer[]]>([
    ['names another place', [yes('70'), no('X', { item: 0 })]],
    ['names a place beyond the request', [yes('70'), no('X', { item: 7 })]],
    ['does not say to whom its no belongs', [yes('70'), no('X')]],
    ['says two kinds of no without a place', [no('X'), no('Y')]],
    ['names one id twice', [yes('70'), yes('70')]],
    ['names an id that was there before', [yes('70'), yes('5')]],
  ])('leaves open what was done where it %s, and each goes alone', (_, items) => {
    expect(answered(items, { taken: new Set(['5']) })).toMatchObject({
      kind: 'doubt',
      doubt: { isMixedUp: true },
    });
  });

  it('keeps what Zoho said of a single field, for the case that nothing better comes', () => {
    expect(answered([no('X', { item: 3 })])).toMatchObject({
      kind: 'doubt',
      doubt: { isMixedUp: false, refusal: { code: 'X' } },
    });
  });

  it('is one refusal where it repeats one, each time with the same culprit', () => {
    const blame = no('INVALID_DATA', { item: 1 });
    expect(answered([blame, blame])).toMatchObject({
      kind: 'doubt',
      doubt: { isMixedUp: false, blamed: new Map([[1, refusal('INVALID_DATA', { item: 1 })]]) },
    });
  });

  it('is an objection to api_name where nothing was done and any result objects to the key of the field itself', () => {
    const objection = no('INVALID_DATA', { key: 'api_name', item: 0 });
    const other = no('NOT_ALLOWED', { item: 1 });
    expect(answered([objection, other])).toStrictEqual({
      kind: 'takes-no-api-name',
      objection: refusal('INVALID_DATA', { key: 'api_name', item: 0 }),
      blamed: new Map([[1, refusal('NOT_ALLOWED', { item: 1 })]]),
    });
    expect(answered([objection, other], { withApiName: false }).kind).toBe('results');
    expect(answered([objection, yes('70')]).kind).toBe('results');
    expect(answered([no('INVALID_DATA', { key: 'length', item: 0 })]).kind).toBe('results');
    const elsewhere = no('INVALID_DATA', {
      key: 'api_name',
      item: 0,
      path: ['lookup', 'module', 'api_name'],
    });
    expect(answered([elsewhere]).kind).toBe('results');
    expect(answered([no('INVALID_DATA', { item: 0, path: ['api_name'] })]).kind).toBe('takes-no-api-name');
  });

  it.each(['DUPLICATE_DATA', 'RESERVED_KEYWORD_NOT_ALLOWED'])(
    'is none where %s is about the name itself',
    (code) => {
      expect(answered([no(code, { key: 'api_name' }), no(code, { key: 'api_name' })]).kind).toBe('results');
      expect(refused([refusal(code, { key: 'api_name', item: 0 })]).kind).toBe('doubt');
    },
  );
});

describe('a refusal of the whole request', () => {
  it('is about the fields that it names, where Zoho documents its code', () => {
    const one = refusal('INVALID_DATA', { item: 1 });
    expect(refused([one])).toMatchObject({ doubt: { blamed: new Map([[1, one]]), isMixedUp: false } });
    expect(refused([refusal('SOMETHING_NEW', { item: 1 })])).toMatchObject({
      doubt: { blamed: new Map(), isMixedUp: true },
    });
  });

  it.each([undefined, 2, 9])('is about none of them where it names item %s', (item) => {
    const one = refusal('INVALID_DATA', item === undefined ? {} : { item });
    expect(refused([one])).toMatchObject({ doubt: { blamed: new Map(), isMixedUp: true, refusal: one } });
    expect(refused([one], 1)).toMatchObject({ doubt: { isMixedUp: false } });
  });

  it('objects to api_name in any of its parts', () => {
    expect(refused([refusal('INVALID_DATA', { item: 0 }), refusal('Y', { key: 'api_name' })])).toMatchObject({
      kind: 'takes-no-api-name',
    });
  });
});

describe('results in the order of the request', () => {
  it('are told from others in every order of every mixture, unless it makes no difference', () => {
    for (let kinds = 0; kinds < 3 ** 4; kinds += 1) {
      const items = [0, 1, 2, 3].map((place) => {
        const kind = Math.floor(kinds / 3 ** place) % 3;
        return kind === 0 ? yes(`7${place}`) : no('X', kind === 1 ? { item: place } : {});
      });
      const unplaced = new Set(
        items.flatMap((item) =>
          item.status === 'error' && item.refusal.item !== undefined ? [] : [item.status],
        ),
      );
      expect(areInPlace(items)).toBe(unplaced.size <= 1);
      const turned = [...items.slice(1), ...items.slice(0, 1)];
      const isPlaced = items.some((item) => item.status === 'error' && item.refusal.item !== undefined);
      if (isPlaced) expect(areInPlace(turned)).toBe(false);
    }
  });
});

describe('the field that an attempt made', () => {
  const none: ReadonlySet<string> = new Set();

  function attempt(name: string, claim?: string, isInDoubt = false): Attempt {
    const field = want(name, { label: `${name}'s` });
    const entry = { module: 'Deals', action: 'create' as const, field, differences: [], reasons: [] };
    const made = new Attempt(entry, new Set(['One', 'Two', 'Three']));
    made.send(0);
    if (isInDoubt) made.leaveOpen('lost');
    else made.accept(claim);
    return made;
  }

  it('is the one that live shows as it was sent, with the id of the answer or else under its API name', () => {
    const [mine, other] = [has('One1', { label: 'One', id: '70' }), has('One', { label: 'One', id: '71' })];
    const proven = (field: unknown) => ({ field, isProven: true });
    expect(findOurs(attempt('One', '70'), [other, mine], none)).toEqual(proven(mine));
    expect(findOurs(attempt('One', '99'), [mine, other], none)).toEqual(proven(other));
    expect(findOurs(attempt('One'), [mine, other], none)).toEqual(proven(other));
    expect(findOurs(attempt('One'), [has('One', { label: 'By hand' })], none)).toBeUndefined();
    for (const labels of [
      { label: 'ONE', display: 'Eins' },
      { label: 'Eins', display: 'One' },
    ]) {
      const translated = has('One', labels);
      expect(findOurs(attempt('One'), [translated], none)).toEqual(proven(translated));
    }
  });

  it('is not proven, and never changed, under another label, nor under another API name without an id', () => {
    const renamed = has('One', { label: 'By hand', id: '70' });
    expect(findOurs(attempt('One', '70'), [renamed], none)).toEqual({ field: renamed, isProven: false });
    expect(findOurs(attempt('One', '70'), [has('Else', { label: 'Else', id: '70' })], none)).toBeUndefined();
    const found = has('One1', { label: 'One', id: '70' });
    expect(findOurs(attempt('One'), [found], none)).toBeUndefined();
    expect(findOurs(attempt('One', undefined, true), [found], none)).toEqual({
      field: found,
      isProven: false,
    });
    expect(findOurs(attempt('One', undefined, true), [{ ...found, custom: false }], none)).toBeUndefined();
  });

  it('is none of another data type, none that was there before, and none that a sister is to be called', () => {
    const found = has('One', { label: 'One', id: '70' });
    expect(findOurs(attempt('One', '70'), [found], new Set(['70']))).toBeUndefined();
    expect(findOurs(attempt('One'), [{ ...found, data_type: 'date' }], none)).toBeUndefined();
    const sister = has('Two', { label: 'One', id: '70' });
    expect(findOurs(attempt('One', '70'), [sister], none)).toBeUndefined();
    expect(findOurs(attempt('One', undefined, true), [sister], none)).toBeUndefined();
  });

  it('is, once a read has shown it, the one of that id and no other', () => {
    const ours = attempt('One');
    ours.prove('70');
    const [mine, theirs] = [has('One', { label: 'One', id: '70' }), has('One', { label: 'One', id: '71' })];
    expect(findOurs(ours, [theirs, mine], none)?.field).toBe(mine);
    expect(findOurs(ours, [theirs], none)).toBeUndefined();
  });
});
