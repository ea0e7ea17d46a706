import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import { summariseOutcomes, type ApplyReport } from '../../../src/apply/outcome.ts';
import type { WriteAnswer } from '../../../src/apply/ports.ts';
import { exitForApply } from '../../../src/cli/exit-code.ts';
import type { JournalEntry } from '../../../src/model/journal.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { lost, ScriptedZoho, setLabels, unreachable } from '../../support/scripted-zoho.ts';

const wish = want('RiskId', { label: 'Risk ID', length: 50 });
/** A field that every organisation of these stories has: it tells the organisation. */
const amount = has('Amount', { type: 'currency', custom: false, id: '1' });

function planOf(
  journal: readonly JournalEntry[],
  live: readonly LiveField[],
  wanted: DesiredField = wish,
): Plan {
  return makePlan(manifestOf(wanted), [{ module: 'Deals', fields: live }], {}, journal);
}

/** One run of the tool over the journal that earlier runs left. */
async function run(zoho: ScriptedZoho, journal: readonly JournalEntry[]): Promise<ApplyReport> {
  const live = [{ module: 'Deals', fields: zoho.planned() }];
  return applyPlan(makePlan(manifestOf(wish), live, {}, journal), live, zoho.ports);
}

describe('a field whose creation was interrupted', () => {
  it.each([
    'the label was refused',
    'the process was killed before the label',
    'the process was killed before the answer',
  ])('gets its label by the next run when %s', async (how) => {
    const zoho = new ScriptedZoho(amount);
    if (how === 'the label was refused') {
      zoho.onPatch = [
        () => ({
          kind: 'answered',
          items: [{ status: 'error', refusal: { code: 'INTERNAL', message: '' } }],
        }),
      ];
      await run(zoho, []);
    } else {
      zoho.onPost = [
        (self, bodies) => (how.endsWith('label') ? self.commit(bodies) : (self.commit(bodies), lost)),
      ];
      zoho.onRead = [() => unreachable, () => unreachable];
      zoho.onPatch = [() => lost];
      await run(zoho, []);
    }
    zoho.onRead = [];
    zoho.onPatch = [];
    const journal = [...zoho.journal];
    expect(planOf(journal, zoho.fields).modules[0]?.entries[0]).toMatchObject({
      action: 'drift',
      reasons: [{ code: 'unfinished' }],
    });

    const report = await run(zoho, journal);
    expect(report.fields[0]).toMatchObject({ outcome: 'finished', reasons: [], id: zoho.fields[1]?.id });
    expect(zoho.fields.slice(1).map((field) => [field.api_name, field.field_label])).toEqual([
      ['RiskId', 'Risk ID'],
    ]);
    expect(zoho.posts).toHaveLength(1);
    expect(planOf(zoho.journal, zoho.fields).summary.in_sync).toBe(1);
  });

  const halfMade = has('RiskId', { label: 'RiskId', length: 50, id: '7' });
  const created: JournalEntry = { event: 'created', module: 'Deals', api_name: 'RiskId', id: '7' };
  const intent: JournalEntry = {
    event: 'intent',
    module: 'Deals',
    api_name: 'RiskId',
    working_label: 'RiskId',
    beside: '1',
  };

  it('is known by the id that Zoho gave, or by an intent that never got an answer', () => {
    for (const journal of [[created], [intent], [intent, created]]) {
      expect(planOf(journal, [amount, halfMade]).modules[0]?.entries[0]?.reasons[0]?.code).toBe('unfinished');
    }
  });

  it.each<[string, readonly JournalEntry[], LiveField, DesiredField?]>([
    ['nothing is in the journal', [], halfMade],
    ['another field was created under that name', [{ ...created, id: '8' }], halfMade],
    ['it was finished', [created, { ...created, event: 'labelled' }], halfMade],
    ['Zoho had refused it', [intent, { ...intent, event: 'refused' }], halfMade],
    ['it is another module', [{ ...created, module: 'Leads' }], halfMade],
    ['the intent was for another label', [{ ...intent, working_label: 'Else' }], halfMade],
    ['the intent was for another organisation', [{ ...intent, beside: '2' }], halfMade],
    [
      'the intent does not say for which organisation it was',
      [{ event: 'intent', module: 'Deals', api_name: 'RiskId', working_label: 'RiskId' }],
      halfMade,
    ],
    [
      'someone gave it a label of their own since',
      [created],
      { ...halfMade, field_label: 'Mine', display_label: 'Mine' },
    ],
    ['something else differs too', [created], { ...halfMade, wire: { length: 40 } }],
    ['it is a standard field', [created], { ...halfMade, custom: false }],
    ['the manifest no longer creates it', [created], halfMade, { ...wish, create: false }],
    [
      'its label would have been sent at once',
      [created],
      { ...halfMade, field_label: 'Risk', display_label: 'Risk' },
      want('RiskId', { label: 'RiskId' }),
    ],
  ])('is not touched when %s', async (_, journal, live, wanted = wish) => {
    const zoho = new ScriptedZoho(amount, live);
    const modules = [{ module: 'Deals', fields: [amount, live] }];
    const plan = makePlan(manifestOf(wanted), modules, {}, journal);
    expect(plan.modules[0]?.entries[0]).toMatchObject({ action: 'drift', reasons: [] });
    await applyPlan(plan, modules, zoho.ports);
    expect([zoho.patches.length, zoho.posts.length]).toEqual([0, 0]);
  });
});

describe('the sums of a run that finishes what another began', () => {
  const refusal = { code: 'NOT_ALLOWED', message: 'label' };
  const refuses = (): WriteAnswer => ({ kind: 'answered', items: [{ status: 'error', refusal }] });
  /** An organisation in which an earlier run could not set the label. */
  const interrupted = async (...fields: readonly LiveField[]): Promise<ScriptedZoho> => {
    const zoho = new ScriptedZoho(amount, ...fields);
    zoho.onPatch = [refuses];
    await run(zoho, []);
    zoho.planned();
    return zoho;
  };

  it.each<[string, (zoho: ScriptedZoho) => void, object, number]>([
    ['sets its label', () => undefined, { outcome: 'finished', reasons: [] }, 0],
    [
      'is refused the label',
      (zoho) => void (zoho.onPatch = [refuses]),
      { outcome: 'failed', code: 'NOT_ALLOWED', differences: [{ key: 'field_label' }] },
      1,
    ],
    [
      'never hears of the label',
      (zoho) => void (zoho.onPatch = [() => lost, () => lost, () => lost]),
      { outcome: 'failed', code: 'NO_ANSWER', differences: [{ key: 'field_label' }] },
      1,
    ],
    [
      'cannot read the label back',
      (zoho) => void (zoho.onRead = [() => unreachable]),
      {
        outcome: 'finished',
        reasons: [{ code: 'unproven', message: expect.stringMatching(/set the label/) }],
      },
      69,
    ],
    [
      'never hears of the label, and cannot read it back',
      (zoho) => {
        zoho.onPatch = [() => lost];
        zoho.onRead = [() => unreachable];
      },
      { outcome: 'failed', code: 'NO_ANSWER', reasons: [{ code: 'unproven' }] },
      69,
    ],
    [
      'finds it changed by someone else',
      (zoho) => {
        zoho.onRead = [(self) => self.fields.map((field) => ({ ...field, wire: { length: 9 } }))];
      },
      { outcome: 'failed', code: 'NOT_AS_DECLARED', differences: [{ key: 'length' }] },
      1,
    ],
  ])('which %s', async (_, script, told, exit) => {
    const zoho = await interrupted();
    script(zoho);
    const report = await run(zoho, [...zoho.journal]);
    expect(report.fields[0]).toMatchObject(told);
    // An earlier run created it: no run after it may count it among its own.
    expect(summariseOutcomes(report.fields)).toMatchObject({ created: 0 });
    expect(exitForApply(report)).toBe(exit);
  });

  it('leaves apart what it never came to, and what no run ever changes', async () => {
    const zoho = await interrupted(has('Drifting', { length: 9, id: '8' }));
    const live = [{ module: 'Deals', fields: [...zoho.fields] }];
    const manifest = manifestOf(wish, want('Drifting', { length: 8 }), want('New'));
    zoho.onPost = [() => lost];
    zoho.onRead = [() => unreachable];
    const report = await applyPlan(makePlan(manifest, live, {}, zoho.journal), live, zoho.ports);
    expect(report.fields.map((field) => field.outcome)).toEqual(['not_attempted', 'drift', 'failed']);
    expect(summariseOutcomes(report.fields)).toEqual({
      created: 0,
      finished: 0,
      failed: 1,
      not_attempted: 1,
      in_sync: 0,
    });
  });
});

describe('labels that were to be exchanged when the run was interrupted', () => {
  const wishes = [want('Alpha', { label: 'Beta' }), want('Beta', { label: 'Alpha' })];
  const plan = (zoho: ScriptedZoho): Plan =>
    makePlan(manifestOf(...wishes), [{ module: 'Deals', fields: [...zoho.fields] }], {}, zoho.journal);
  const apply = (zoho: ScriptedZoho): Promise<ApplyReport> =>
    applyPlan(plan(zoho), [{ module: 'Deals', fields: [...zoho.fields] }], zoho.ports);
  const labels = (zoho: ScriptedZoho): readonly string[] =>
    zoho.fields.slice(1).map((field) => `${field.api_name} "${field.field_label}"`);

  it.each([0, 1])('are exchanged by the next run, whichever PATCH was the last one', async (worked) => {
    const zoho = new ScriptedZoho(amount);
    // The parking, then the exchange itself; each round of the run tries again.
    const honest = (self: ScriptedZoho, changes: Parameters<typeof setLabels>[1]) => setLabels(self, changes);
    zoho.onPatch = [
      ...Array.from({ length: worked }, () => honest),
      ...Array.from({ length: 9 }, () => () => lost),
    ];
    await apply(zoho);
    expect(labels(zoho)).toEqual([
      worked === 0 ? 'Alpha "Alpha"' : 'Alpha "Alpha (renaming)"',
      'Beta "Beta"',
    ]);

    zoho.onPatch = [];
    expect(plan(zoho).summary).toMatchObject({ drift: 2, conflict: 0 });
    const report = await apply(zoho);
    expect(report.fields.map((field) => field.outcome)).toEqual(['finished', 'finished']);
    expect(labels(zoho)).toEqual(['Alpha "Beta"', 'Beta "Alpha"']);
    expect(zoho.posts).toHaveLength(1);
  });

  it('stay as they are until both fields are there: no label is taken from a field still to be created', async () => {
    const zoho = new ScriptedZoho(amount);
    zoho.onPost = [
      (self, [alpha]) => {
        zoho.interrupted = true;
        if (alpha !== undefined) self.make(alpha);
        return lost;
      },
    ];
    await apply(zoho);
    expect(labels(zoho)).toEqual(['Alpha "Alpha"']);

    zoho.interrupted = false;
    const report = await apply(zoho);
    expect(report.fields.map((field) => field.outcome)).toEqual(['finished', 'created']);
    expect(labels(zoho)).toEqual(['Alpha "Beta"', 'Beta "Alpha"']);
  });

  it('wait for a parking whose answer was lost, so that it cannot undo the real label later', async () => {
    const zoho = new ScriptedZoho(amount);
    zoho.onPatch = [() => lost];
    await apply(zoho);
    expect(zoho.waits).toEqual([5000]);
  });
});

describe('the journal', () => {
  it('has every intent before its POST leaves, and then what came of it', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => {
        expect(self.journal.map((entry) => entry.event)).toEqual(['intent', 'intent']);
        return self.commit(bodies);
      },
    ];
    const live = [{ module: 'Deals', fields: [] }];
    await applyPlan(makePlan(manifestOf(wish, want('Plain')), live, {}), live, zoho.ports);
    expect(zoho.journal.map((entry) => `${entry.event} ${entry.api_name}`)).toEqual([
      'intent RiskId',
      'intent Plain',
      'created RiskId',
      'created Plain',
      'labelling RiskId',
      'labelled RiskId',
    ]);
  });

  it('keeps the intent as the last word where an earlier POST may still take effect', async () => {
    const refusal = { code: 'INVALID_TOKEN', message: '' };
    const stopped = { kind: 'stopped', problem: unreachable, refusal } as const;
    const lastWord = async (...answers: readonly WriteAnswer[]): Promise<string | undefined> => {
      const zoho = new ScriptedZoho(amount);
      zoho.onPost = answers.map((answer) => () => answer);
      await run(zoho, []);
      return zoho.journal.at(-1)?.event;
    };
    expect(await lastWord(stopped)).toBe('refused');
    expect(await lastWord({ kind: 'refused', refusals: [{ ...refusal, code: 'LIMIT_EXCEEDED' }] })).toBe(
      'refused',
    );
    expect(await lastWord(lost, stopped)).toBe('intent');
    expect(
      await lastWord(lost, { kind: 'refused', refusals: [{ ...refusal, code: 'LIMIT_EXCEEDED' }] }),
    ).toBe('intent');
  });
});
