import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { Refusal } from '../../../src/apply/ports.ts';
import type { JournalEntry } from '../../../src/model/journal.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { unsettled } from '../../../src/plan/earlier-runs.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { ScriptedZoho } from '../../support/scripted-zoho.ts';

const STOCK = has('Deal_Name', { custom: false, id: '1' });
const LIVE = [STOCK, has('Old_One', { id: '2' }), has('Old_Two', { id: '3' })];
const wishes = manifestOf(want('Risk'), want('Region'), want('Tier'));

/** What is in the journal after a run in which Zoho created the first field and refused the others each time. */
async function noted(refusal: Partial<Refusal>): Promise<readonly JournalEntry[]> {
  const zoho = new ScriptedZoho(...LIVE);
  const refused = { status: 'error', refusal: { code: 'LIMIT_EXCEEDED', message: '', ...refusal } } as const;
  const answer: ScriptedZoho['onPost'][number] = (self, bodies) => {
    const room = Math.max(0, LIVE.length + 1 - self.fields.length);
    const made = self.commit(bodies.slice(0, room));
    if (made.kind !== 'answered') throw new Error('the script has another answer');
    return { kind: 'answered', items: [...made.items, ...bodies.slice(room).map(() => refused)] };
  };
  zoho.onPost = Array.from({ length: 9 }, () => answer);
  const journal: JournalEntry[] = [];
  const live = [{ module: 'Deals', fields: LIVE }];
  await applyPlan(makePlan(wishes, live, {}), live, {
    ...zoho.ports,
    journal: (entries) => void journal.push(...entries),
  });
  return journal;
}

const limits = (journal: readonly JournalEntry[]) => journal.filter(({ event }) => event === 'limit');

describe('a limit that Zoho names when it refuses a field', () => {
  it('is kept for the plans to come, which foresee the refusal', async () => {
    const journal = await noted({ key: 'field_label', limit: 3 });
    expect(limits(journal)).toEqual([
      { event: 'limit', module: 'Deals', api_name: '', limit: 3, beside: '1' },
    ]);
    const full = [{ module: 'Deals', fields: [...LIVE, has('Risk')] }];
    const [module] = makePlan(wishes, full, {}, journal).modules;
    expect(module?.entries.map(({ action }) => action)).toEqual(['in_sync', 'conflict', 'conflict']);
    expect(module?.entries[1]?.reasons[0]).toMatchObject({
      code: 'capacity',
      message:
        'No room is left: Deals has 3 custom fields; Zoho itself said, when it refused a field here, that a module can hold 3.',
    });
    expect(module?.capacity[0]).toEqual({ kind: 'custom', used: 3, add: 2, limit: 3, source: 'refusal' });
  });

  it('counts before the edition and after what the user says', async () => {
    const journal = await noted({ limit: 3 });
    const live = [{ module: 'Deals', fields: LIVE }];
    const custom = (room: object) => makePlan(wishes, live, { room }, journal).modules[0]?.capacity[0];
    expect(custom({ edition: 'standard' })).toMatchObject({ limit: 3, source: 'refusal' });
    expect(custom({ edition: 'standard', customFields: 50 })).toMatchObject({ limit: 50, source: 'setting' });
  });

  it('is over once the module holds more, and means nothing in another organisation', async () => {
    const journal = await noted({ limit: 3 });
    const custom = (...fields: typeof LIVE) =>
      makePlan(wishes, [{ module: 'Deals', fields }], {}, journal).modules[0]?.capacity[0];
    expect(custom(...LIVE, has('A'), has('B'))).toMatchObject({ used: 4, limit: null });
    expect(custom(...LIVE.filter(({ id }) => id !== '1'))).toMatchObject({ limit: null });
  });

  it('makes nobody wait', async () => {
    expect(unsettled(limits(await noted({ limit: 3 })), 0, 5000)).toEqual([]);
  });

  it('is of all custom fields only where live shows exactly as many, and nothing else is objected to', async () => {
    expect(limits(await noted({ limit: 40 }))).toEqual([]);
    expect(limits(await noted({ limit: 3, key: 'unique' }))).toEqual([]);
    expect(limits(await noted({ limit: 3, key: 'data_type', code: 'FIELD_LIMIT_EXCEEDED' }))).toEqual([]);
    expect(limits(await noted({}))).toEqual([]);
  });
});
