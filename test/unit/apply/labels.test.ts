import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../../src/apply/outcome.ts';
import type { ItemAnswer, WriteAnswer } from '../../../src/apply/ports.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { problem } from '../../../src/model/problem.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { lost, ScriptedZoho, setLabels } from '../../support/scripted-zoho.ts';

async function apply(zoho: ScriptedZoho, ...wishes: readonly DesiredField[]): Promise<ApplyReport> {
  const live = [{ module: 'Deals', fields: [...zoho.fields] }];
  return applyPlan(makePlan(manifestOf(...wishes), live, {}), live, zoho.ports);
}

const risk = want('RiskId', { label: 'Risk ID' });
const team = want('TeamId', { label: 'Team ID' });
const seven = Array.from({ length: 7 }, (_, index) => want(`F${index}Id`, { label: `F${index} ID` }));
const no = (code: string): ItemAnswer => ({ status: 'error', refusal: { code, message: 'no' } });
const answered = (...items: readonly ItemAnswer[]): WriteAnswer => ({ kind: 'answered', items });
const outcomes = (report: ApplyReport): readonly string[] => report.fields.map((field) => field.outcome);

describe('labels that are set later', () => {
  it('go five at a time, each to its own field', async () => {
    const zoho = new ScriptedZoho();
    expect(new Set(outcomes(await apply(zoho, ...seven)))).toEqual(new Set(['created']));
    expect(zoho.patches.map((patch) => patch.length)).toEqual([5, 2]);
    expect(zoho.patches.flat().map((change) => change.id)).toEqual(zoho.fields.map((field) => field.id));
  });

  it('are not set any more once Zoho lets nobody in', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [
      () => ({
        kind: 'stopped',
        problem: problem('credentials', 'x', 'x'),
        refusal: { code: 'OAUTH_SCOPE_MISMATCH', message: 'no' },
      }),
    ];
    const report = await apply(zoho, ...seven);
    expect([zoho.patches.length, zoho.reads]).toEqual([1, 2]);
    expect(new Set(outcomes(report))).toEqual(new Set(['created_differs']));
    expect(report.fields[0]?.reasons[0]?.message).toContain('OAUTH_SCOPE_MISMATCH');
  });

  it('are exchanged without waiting where parking was answered', async () => {
    const zoho = new ScriptedZoho();
    await apply(zoho, want('Alpha', { label: 'Beta' }), want('Beta', { label: 'Alpha' }));
    expect(zoho.waits).toEqual([]);
  });

  it('that differ in case only need no parking', async () => {
    const zoho = new ScriptedZoho();
    expect(outcomes(await apply(zoho, want('RiskId', { label: 'riskid' })))).toEqual(['created']);
    expect(zoho.patches).toHaveLength(1);
  });

  it('tell with each field why Zoho refused its own', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [
      () => ({
        kind: 'refused',
        refusals: [
          { code: 'NOT_ALLOWED', message: 'no', item: 1 },
          { code: 'DUPLICATE_DATA', message: 'no', item: 0 },
        ],
      }),
    ];
    const report = await apply(zoho, risk, team);
    expect(report.fields[0]?.reasons[0]?.message).toContain('DUPLICATE_DATA');
    expect(report.fields[1]?.reasons[0]?.message).toContain('NOT_ALLOWED');
    expect(zoho.patches).toHaveLength(1);
  });

  it('are set again where only one answer of several was lost', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [(self, [first]) => (setLabels(self, first ? [first] : []), lost)];
    expect(outcomes(await apply(zoho, risk, team))).toEqual(['created', 'created']);
    expect(zoho.patches.map((patch) => patch.length)).toEqual([2, 1]);
  });

  it('whose results stand in another order are looked at, and nobody is told the refusal of another one', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [
      (self, [first, second]) => {
        setLabels(self, second ? [second] : []);
        const refused = { code: 'DUPLICATE_DATA', message: 'no', item: 0 };
        return answered({ status: 'success', id: first?.id ?? '' }, { status: 'error', refusal: refused });
      },
    ];
    expect(outcomes(await apply(zoho, risk, team))).toEqual(['created', 'created']);
    expect(zoho.patches.map((patch) => patch.length)).toEqual([2, 1]);
  });

  it('are not set of a field that someone made of the same name after deleting ours', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [
      (self) => {
        self.fields.splice(0, 1, has('RiskId', { label: 'RiskId', length: 50, id: '99999' }));
        return lost;
      },
    ];
    expect(outcomes(await apply(zoho, risk))).toEqual(['failed']);
    expect(zoho.patches.flat().map((change) => change.id)).not.toContain('99999');
  });

  it('are not forced where Zoho refused them', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [() => answered(no('INVALID_DATA'))];
    expect(outcomes(await apply(zoho, risk))).toEqual(['created_differs']);
    expect(zoho.patches).toHaveLength(1);
  });

  it.each([
    ['untranslated', { field_label: 'Risk ID', display_label: 'Risiko' }],
    ['translated', { field_label: 'RiskId', display_label: 'Risk ID' }],
  ])('are final, and noted so, where Zoho shows only the %s one', async (_, shown) => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [() => lost];
    zoho.onRead = [
      (self) => [...self.fields],
      (self) => self.fields.map((field) => ({ ...field, ...shown })),
    ];
    expect(outcomes(await apply(zoho, risk))).toEqual(['created']);
    expect(zoho.journal.map((entry) => entry.event)).toEqual(['intent', 'created', 'labelling', 'labelled']);
    expect([zoho.patches.length, zoho.waits.length]).toEqual([1, 0]);
  });
});

describe('what is waited for', () => {
  it('is any field that Zoho confirmed and does not show yet', async () => {
    const zoho = new ScriptedZoho();
    zoho.onRead = [(self) => self.fields.slice(1)];
    expect(outcomes(await apply(zoho, want('One'), want('Two')))).toEqual(['created', 'created']);
    expect(zoho.waits).toEqual([1000]);
  });

  it('is no field that Zoho refused, and a duplicate that nobody sees stays a failure', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => answered(no('DUPLICATE_DATA'))];
    expect(outcomes(await apply(zoho, want('One')))).toEqual(['failed']);
    expect([zoho.reads, zoho.waits.length]).toEqual([1, 0]);
  });

  it('is no label that Zoho shows translated, and none that someone else changed at once', async () => {
    const translated = new ScriptedZoho();
    translated.onRead = [(self) => self.fields.map((field) => ({ ...field, display_label: 'Eins' }))];
    await apply(translated, want('One'));
    const renamed = new ScriptedZoho();
    renamed.onRead = [
      (self) => self.fields.map((field) => ({ ...field, field_label: 'Mine', display_label: 'Mine' })),
    ];
    await apply(renamed, risk);
    expect([translated.waits, renamed.waits]).toEqual([[], []]);
  });
});

describe('a second field of our label', () => {
  it('is none where it is a sister of the same plan', async () => {
    const zoho = new ScriptedZoho();
    const report = await apply(zoho, risk, want('RiskId2', { label: 'RiskId' }));
    expect(report.fields.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['created', undefined],
      ['created', undefined],
    ]);
  });

  it('is none where it was there before, no matter who gave it that label since', async () => {
    const zoho = new ScriptedZoho(has('Old', { id: '5' }));
    zoho.onRead = [
      (self) =>
        self.fields.map((field) =>
          field.id === '5' ? { ...field, field_label: 'One', display_label: 'One' } : field,
        ),
    ];
    expect(outcomes(await apply(zoho, want('One')))).toEqual(['created']);
  });
});

describe('every outcome', () => {
  it('says which entry of the plan it is about, and has an id only where there is one', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, [one, , three]) => {
        self.make(three ?? {});
        const refused = { code: 'INVALID_DATA', message: 'no', item: 1 };
        const id = self.make(one ?? {});
        return answered(
          { status: 'success', id },
          { status: 'error', refusal: refused },
          { status: 'success' },
        );
      },
    ];
    const report = await apply(zoho, want('One'), want('Two'), want('Three'));
    expect(report.fields.map((field) => field.entry.field.api_name)).toEqual(['One', 'Two', 'Three']);
    expect(report.fields[1]).not.toHaveProperty('id');
    expect(report.fields[1]).toMatchObject({ differences: [] });
    expect(report.fields[2]).toHaveProperty('id');
  });

  it('of a field that Zoho does not list names the id that it gave', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => answered({ status: 'success', id: '70' }, { status: 'success' })];
    const [one, two] = (await apply(zoho, want('One'), want('Two'))).fields;
    expect(one?.reasons[0]?.message).toBe(
      'Zoho said that it created the field (id 70), but does not list it.',
    );
    expect(two?.reasons[0]?.message).toBe('Zoho said that it created the field, but does not list it.');
    expect(two).not.toHaveProperty('id');
    expect(two?.differences).toEqual([]);
  });
});
