import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/model/journal.ts';
import type { Json } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { isWork, workOf } from '../../../src/plan/earlier-runs.ts';
import { has, manifestOf, want } from '../../support/field.ts';

const wish = want('RiskId', { label: 'Risk ID' });
const amount = has('Amount', { custom: false, id: '1' });
const left = has('RiskId', { label: 'RiskId', id: '7' });
const created: JournalEntry = { event: 'created', module: 'Deals', api_name: 'RiskId', id: '7' };
const intent: JournalEntry = {
  event: 'intent',
  module: 'Deals',
  api_name: 'RiskId',
  working_label: 'RiskId',
  beside: '1',
};

function plan(journal: readonly JournalEntry[], live: LiveField = left, wanted: DesiredField = wish) {
  return makePlan(
    manifestOf(wanted, want('Plain')),
    [{ module: 'Deals', fields: [amount, live] }],
    {},
    journal,
  );
}
const isUnfinished = (...args: Parameters<typeof plan>): boolean =>
  plan(...args).modules[0]?.entries[0]?.reasons[0]?.code === 'unfinished';

describe('a field that an interrupted run left', () => {
  it('is told as one, with what sets its label', () => {
    const [entry] = plan([created]).modules[0]?.entries ?? [];
    expect(entry).toMatchObject({ action: 'drift', id: '7', differences: [{ key: 'field_label' }] });
    expect(entry?.reasons).toEqual([
      {
        code: 'unfinished',
        message:
          'An earlier run of this tool created the field and was interrupted before it could set the label "Risk ID".',
        remedy: 'Run apply: it sets the label, and changes nothing else.',
      },
    ]);
  });

  it('is known by its creation, by a label that was about to be set, or by an intent', () => {
    for (const last of [created, { ...created, event: 'labelling' } as const, intent])
      expect(isUnfinished([last])).toBe(true);
    for (const other of [
      { ...created, event: 'labelling', id: '8' } as const,
      { ...intent, event: 'refused' } as const,
    ])
      expect(isUnfinished([created, other])).toBe(false);
  });

  it('is known whatever the journal says of other fields, before and after', () => {
    const others: readonly JournalEntry[] = [
      { ...created, event: 'labelled', api_name: 'Other' },
      { ...created, event: 'labelled', module: 'Leads' },
    ];
    expect(isUnfinished([...others, created, ...others])).toBe(true);
    expect(isUnfinished([{ ...created, event: 'labelled' }, created])).toBe(true);
  });

  it('is one that was made when the journal says that it was sent, as far as clocks agree', () => {
    const HOUR = 3_600_000;
    const made = (created_time: Json): LiveField => ({ ...left, wire: { ...left.wire, created_time } });
    const at = Date.parse('2026-03-02T18:15:00Z');
    const live = made('2026-03-02T10:15:00-08:00');
    for (const entry of [created, intent, { ...created, event: 'labelling' } as const]) {
      const hours = [-24, -23, 0, 23, 24].map((hour) => ({ ...entry, at: at + hour * HOUR }));
      for (const one of hours) expect([one.at, isUnfinished([one], live)]).toEqual([one.at, true]);
      for (const off of [-24 * HOUR - 1, 24 * HOUR + 1, -at, Number.MAX_VALUE])
        expect([off, isUnfinished([{ ...entry, at: at + off }], live)]).toEqual([off, false]);
      for (const never of [undefined, null, Number.NaN, Infinity, '2026-03-02T18:15:00Z'])
        expect([never, isUnfinished([{ ...entry, at: never as number }], live)]).toEqual([never, false]);
      // Zoho does not tell, or not in a form that can be read.
      for (const untold of [null, '', 'yesterday', 1_772_475_300_000])
        expect([untold, isUnfinished([entry], made(untold))]).toEqual([untold, true]);
    }
    expect(isUnfinished([{ ...created, at }], made('2026-03-02T18:15:00'))).toBe(true);
    expect(isUnfinished([{ ...created, at }], made('2019-03-01T09:30:00+01:00'))).toBe(false);
  });

  it('may have been made at any note of its story, which starts again after a refusal', () => {
    const live = { ...left, wire: { ...left.wire, created_time: '2026-03-02T00:00:00Z' } };
    const day = (number: number): number => Date.UTC(2026, 2, number);
    const retried = { ...intent, at: day(9) };
    const first = { ...intent, at: day(2) };
    const waited = { event: 'waited', module: 'Deals', api_name: 'RiskId', at: day(2) } as const;
    expect(isUnfinished([first, retried], live)).toBe(true);
    expect(isUnfinished([{ ...intent, at: 0 }, retried], live)).toBe(false);
    expect(isUnfinished([first, waited], live)).toBe(true);
    expect(isUnfinished([retried, waited], live)).toBe(false);
    expect(isUnfinished([first, { ...first, event: 'refused' }, retried], live)).toBe(false);
  });

  it('may have its label of the moment, or the one that it was parked under, in either of its two forms', () => {
    for (const label of ['RiskId', 'RiskId (renaming)']) {
      expect(isUnfinished([created], { ...left, field_label: label, display_label: label })).toBe(true);
      expect(isUnfinished([created], { ...left, field_label: label, display_label: 'x' })).toBe(true);
      expect(isUnfinished([created], { ...left, field_label: 'x', display_label: label })).toBe(true);
    }
    expect(isUnfinished([created], { ...left, field_label: 'x', display_label: 'y' })).toBe(false);
  });

  it('is finished where the label is there in one of its forms, whatever else differs', () => {
    const live = { ...left, display_label: 'Risk ID', wire: { length: 40 } };
    const entry = plan([created], live, want('RiskId', { label: 'Risk ID', length: 50 })).modules[0]
      ?.entries[0];
    expect([entry?.differences.map((one) => one.key), entry?.reasons]).toEqual([['length'], []]);
  });

  it('is work to be done, as a field to create is; nothing else is', () => {
    const work = plan([created]);
    expect(workOf(work).map((entry) => entry.field.api_name)).toEqual(['RiskId', 'Plain']);
    expect(workOf(plan([])).map((entry) => entry.field.api_name)).toEqual(['Plain']);
    const [entry] = work.modules[0]?.entries ?? [];
    if (entry === undefined) throw new Error('no entry');
    expect(isWork({ ...entry, action: 'conflict' })).toBe(false);
    const others = [{ code: 'lookalike', message: 'x' }, ...entry.reasons];
    expect(isWork({ ...entry, reasons: others })).toBe(true);
    expect(isWork({ ...entry, reasons: others.slice(0, 1) })).toBe(false);
  });

  it('is a conflict where another field holds its label meanwhile', () => {
    const fields = [amount, left, has('Other', { label: 'Risk ID' })];
    const [entry] =
      makePlan(manifestOf(wish), [{ module: 'Deals', fields }], {}, [created]).modules[0]?.entries ?? [];
    expect([entry?.action, entry?.reasons.map((one) => one.code)]).toEqual(['conflict', ['label-taken']]);
  });

  it('does not loosen the hold that other fields have on their labels', () => {
    const fields = [amount, left, has('Holder', { label: 'Danger', id: '8' })];
    const wishes = [wish, want('Holder', { label: 'Something else' }), want('Other', { label: 'Danger' })];
    const made = makePlan(manifestOf(...wishes), [{ module: 'Deals', fields }], {}, [created]);
    expect(made.modules[0]?.entries[2]?.reasons.map((one) => one.code)).toEqual(['label-taken']);
  });

  it('stands in the way of no field that gets the label it is about to give up', () => {
    const wishes = [wish, want('Other', { label: 'RiskId' })];
    const planned = (journal: readonly JournalEntry[]) =>
      makePlan(manifestOf(...wishes), [{ module: 'Deals', fields: [amount, left] }], {}, journal).modules[0]
        ?.entries[1]?.action;
    expect(planned([created])).toBe('create');
    expect(planned([])).toBe('conflict');
  });
});
