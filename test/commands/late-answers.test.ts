import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/run/connect.ts';
import { lookAgain, makeReady, type Ready } from '../../src/run/make-ready.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import { Problem } from '../../src/model/problem.ts';
import { has, manifestOf, want } from '../support/field.ts';

/*
 * While the question stands others work on the same module. What was shown has to fit what is there when the answer
 * comes (contract §8); the clock is an argument, so no test waits.
 */

const owner = has('Owner', { id: '1', type: 'ownerlookup', custom: false });
const risk = has('Risk', { id: '2', length: 50 });
const wished = manifestOf(want('Risk', { length: 50 }), want('New_One', { label: 'New One' }));

/** Shows a plan, lets someone do something, and answers so many milliseconds later. */
async function answered(afterMs: number, now: readonly LiveField[]) {
  const time = { ms: 1_000_000, reads: 0 };
  let fields: readonly LiveField[] = [owner, risk];
  const reader = {
    fields: () => {
      time.reads += 1;
      return Promise.resolve(fields);
    },
    room: () => Promise.resolve({}),
  };
  const clock = (): number => time.ms;
  const session = { token: () => Promise.resolve({ scopes: [] }) } as unknown as Connection['session'];
  const connection = { reader, session } as unknown as Pick<Connection, 'reader' | 'session'>;
  const shown = await makeReady({ manifest: wished, doubts: () => [] }, connection, [], clock);
  fields = now;
  time.ms += afterMs;
  const agreed = await lookAgain(shown, connection, [], clock).catch((error: unknown) => error);
  return { shown, agreed, reads: time.reads };
}

const actions = (agreed: unknown): readonly string[] =>
  agreed instanceof Error
    ? []
    : (agreed as Ready).plan.modules.flatMap((one) => one.entries.map((entry) => entry.action));

describe('an answer that comes at once', () => {
  it.each([0, 1, 3000])('after %d ms is carried out as it was shown', async (ms) => {
    const { shown, agreed, reads } = await answered(ms, [owner, risk, has('Other', { label: 'New One' })]);
    expect(agreed).toBe(shown);
    expect(reads).toBe(1);
  });
});

describe('an answer that comes late', () => {
  it.each([3001, 60_000, 86_400_000, -1, -3_600_000])(
    'by %d ms is carried out where nothing has changed',
    async (ms) => {
      const { shown, agreed, reads } = await answered(ms, [owner, risk]);
      expect(actions(agreed)).toEqual(['in_sync', 'create']);
      expect((agreed as Ready).plan.digest).toBe(shown.plan.digest);
      expect(reads).toBe(2);
    },
  );

  it('finds done what others created meanwhile exactly as planned, and nothing of it is new', async () => {
    const theirs = has('New_One', { id: '7', label: 'New One' });
    const { agreed } = await answered(20_000, [owner, risk, theirs]);
    expect(actions(agreed)).toEqual(['in_sync', 'in_sync']);
    // What is there now was there before anything is sent: none of it can be taken for this run's own.
    expect((agreed as Ready).live[0]?.fields).toContain(theirs);
  });

  it.each<[string, readonly LiveField[]]>([
    ['the field has another type', [owner, risk, has('New_One', { type: 'email' })]],
    ['the field has another label', [owner, risk, has('New_One', { label: 'Newer One' })]],
    ['the label was taken by another field', [owner, risk, has('Other', { label: 'New One' })]],
    ['the name was taken in another case', [owner, risk, has('new_one', { label: 'x' })]],
    ['the field was made twice', [owner, risk, has('New_One', { id: '8' }), has('New_One', { id: '9' })]],
    ['a field in sync was deleted', [owner]],
    ['a field in sync was renamed', [owner, { ...risk, field_label: 'X', display_label: 'X' }]],
    ['a field in sync was changed', [owner, { ...risk, wire: { length: 40 } }]],
    ['a field in sync was made anew', [owner, has('Risk', { id: '5', length: 50 })]],
    ['a standard field is gone', [has('Stage', { id: '6', custom: false }), risk]],
  ])('is refused where %s, in the words of a saved plan', async (_, now) => {
    const { agreed } = await answered(20_000, now);
    expect(agreed).toBeInstanceOf(Problem);
    const { kind, diagnostics } = agreed as Problem;
    expect(kind).toBe('stale');
    expect(['plan-stale', 'other-organisation']).toContain(diagnostics[0]?.code);
  });
});
