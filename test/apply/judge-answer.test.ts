import { describe, expect, it } from 'vitest';
import { newAttempt, type Attempt } from '../../src/apply/attempt.ts';
import { findOurs } from '../../src/apply/find-ours.ts';
import { judgeAnswer } from '../../src/apply/judge-answer.ts';
import type { ItemAnswer, Refusal } from '../../src/apply/ports.ts';
import { has, want } from '../support/field.ts';

function attempt(name: string, more: Partial<Attempt> = {}): Attempt {
  const field = want(name, { label: `${name}'s` });
  const entry = { module: 'Deals', action: 'create' as const, field, differences: [], reasons: [] };
  return { ...newAttempt(entry, new Set(['One', 'Two', 'Three'])), ...more };
}

const batch = [attempt('One'), attempt('Two')];
const refusal = (code: string, more: Partial<Refusal> = {}): Refusal => ({ code, message: 'no', ...more });
const no = (code: string, more: Partial<Refusal> = {}): ItemAnswer => ({
  status: 'error',
  refusal: refusal(code, more),
});
const yes = (id?: string): ItemAnswer => ({ status: 'success', ...(id === undefined ? {} : { id }) });

const answered = (items: readonly ItemAnswer[], withApiName = true) =>
  judgeAnswer({ kind: 'answered', items }, batch, withApiName);
const refused = (refusals: readonly Refusal[], withApiName = true) =>
  judgeAnswer({ kind: 'refused', refusals }, batch, withApiName);

describe('an answer with one result per field', () => {
  it('tells of each field what became of it, with its id if there is one', () => {
    expect(answered([yes('70'), no('X')])).toStrictEqual({
      kind: 'judged',
      judgements: [
        { verdict: 'created', id: '70' },
        { verdict: 'refused', refusal: refusal('X') },
      ],
    });
    expect(answered([yes(), yes('71')])).toStrictEqual({
      kind: 'judged',
      judgements: [{ verdict: 'created' }, { verdict: 'created', id: '71' }],
    });
  });

  it.each([
    [['98', '99'], true],
    [['99', '100'], true],
    [['99', '98'], false],
    [['100', '99'], false],
    [['99', '99'], false],
  ])('of ids %j believes that they are in the order of the fields: %s', (ids, believed) => {
    const reading = answered(ids.map((id) => yes(id)));
    expect(reading).toStrictEqual({
      kind: 'judged',
      judgements: ids.map((id) => ({ verdict: 'created', ...(believed ? { id } : {}) })),
    });
  });

  it('believes rising ids although a result without an id, or a refusal, stands between them', () => {
    const three = [...batch, attempt('Three')];
    for (const between of [yes(), no('X')]) {
      const items = [yes('1000000000000000070'), between, yes('1000000000000000071')];
      expect(judgeAnswer({ kind: 'answered', items }, three, true)).toMatchObject({
        judgements: [{ id: '1000000000000000070' }, {}, { id: '1000000000000000071' }],
      });
    }
  });

  it('leaves a refusal one where the ids are not believed', () => {
    const three = [...batch, attempt('Three')];
    const items = [yes('71'), no('X'), yes('70')];
    expect(judgeAnswer({ kind: 'answered', items }, three, true)).toStrictEqual({
      kind: 'judged',
      judgements: [
        { verdict: 'created' },
        { verdict: 'refused', refusal: refusal('X') },
        { verdict: 'created' },
      ],
    });
  });

  it('is an objection to api_name where nothing was done and any result objects to that key', () => {
    const objection = no('INVALID_DATA', { key: 'api_name' });
    expect(answered([objection, no('OTHER')])).toStrictEqual({ kind: 'api-name-refused' });
    expect(answered([objection, objection], false).kind).toBe('judged');
    expect(answered([objection, yes('70')]).kind).toBe('judged');
    expect(answered([no('INVALID_DATA', { key: 'length' }), no('X')]).kind).toBe('judged');
  });

  it.each(['DUPLICATE_DATA', 'RESERVED_KEYWORD_NOT_ALLOWED'])(
    'is none where %s is about the name itself',
    (code) => {
      expect(answered([no(code, { key: 'api_name' }), no(code, { key: 'api_name' })]).kind).toBe('judged');
      expect(refused([refusal(code, { key: 'api_name', item: 0 })]).kind).toBe('judged');
    },
  );

  it('takes a culprit in its own place only', () => {
    const blame = no('X', { item: 1 });
    expect(answered([blame, blame])).toStrictEqual({
      kind: 'judged',
      judgements: [{ verdict: 'innocent' }, { verdict: 'refused', refusal: refusal('X', { item: 1 }) }],
    });
    expect(answered([no('X', { item: 2 }), no('X', { item: 7 })])).toMatchObject({
      judgements: [{ verdict: 'refused' }, { verdict: 'refused' }],
    });
  });
});

describe('a refusal of the whole request', () => {
  it('is about the fields that it names, and the others are innocent', () => {
    expect(refused([refusal('X', { item: 1 })])).toStrictEqual({
      kind: 'judged',
      judgements: [{ verdict: 'innocent' }, { verdict: 'refused', refusal: refusal('X', { item: 1 }) }],
    });
  });

  it.each([undefined, 2, 9])('is about none of them where it names item %s', (item) => {
    const one = refusal('X', item === undefined ? {} : { item });
    expect(refused([one])).toStrictEqual({ kind: 'unattributed', refusal: one });
  });

  it('objects to api_name in any of its parts', () => {
    expect(refused([refusal('X', { item: 0 }), refusal('Y', { key: 'api_name' })])).toStrictEqual({
      kind: 'api-name-refused',
    });
  });
});

describe('the field that an attempt made', () => {
  const none: ReadonlySet<string> = new Set();

  it('is the one of its id, else the one of its API name under the label that we gave it', () => {
    const [mine, other] = [has('One1', { label: 'Else', id: '70' }), has('One', { label: 'One', id: '71' })];
    expect(findOurs(attempt('One', { id: '70' }), [other, mine], none)).toBe(mine);
    expect(findOurs(attempt('One'), [mine, other], none)).toBe(other);
    expect(findOurs(attempt('One'), [has('One', { label: 'By hand' })], none)).toBeUndefined();
    const translated = has('One', { label: 'ONE', display: 'Eins' });
    expect(findOurs(attempt('One'), [translated], none)).toBe(translated);
    const other2 = has('One', { label: 'Eins', display: 'One' });
    expect(findOurs(attempt('One'), [other2], none)).toBe(other2);
  });

  it('is found by that label alone only after a lost answer, and only among custom fields', () => {
    const found = has('One1', { label: 'One', id: '70' });
    expect(findOurs(attempt('One'), [found], none)).toBeUndefined();
    expect(findOurs(attempt('One', { losses: 1 }), [found], none)).toBe(found);
    expect(findOurs(attempt('One', { losses: 1 }), [{ ...found, custom: false }], none)).toBeUndefined();
  });

  it('is none that was there before, and none that a sister is to be called', () => {
    const found = has('One', { label: 'One', id: '70' });
    expect(findOurs(attempt('One', { losses: 1, id: '70' }), [found], new Set(['70']))).toBeUndefined();
    const sister = has('Two', { label: 'One' });
    expect(findOurs(attempt('One', { losses: 1 }), [sister], none)).toBeUndefined();
  });
});
