import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { twinsOf, twinWarnings } from '../../src/plan/twins.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import { has, manifestOf, want } from '../support/field.ts';
import { ScriptedZoho } from '../support/scripted-zoho.ts';

const wish = want('RiskId', { label: 'Risk ID' });

function warnings(...fields: readonly LiveField[]): readonly string[] {
  const live = [{ module: 'Deals', fields }];
  return twinWarnings(makePlan(manifestOf(wish), live, {}), live).map((one) => one.message);
}

describe('a managed field that exists twice', () => {
  const own = has('RiskId', { label: 'Risk ID', id: '1' });

  it('is named with both ids, whether the other one has its label or the one it was created under', () => {
    for (const label of ['Risk ID', 'risk id', 'RiskId']) {
      const [first, ...others] = warnings(own, has('RiskId1', { label, id: '2' }));
      expect(others).toEqual([]);
      expect(first).toContain('RiskId (id 1) and RiskId1 (id 2)');
    }
  });

  it('is named where the other one has its API name, whatever its label', () => {
    const live = [{ module: 'Deals', fields: [own, has('RiskId', { label: 'x', id: '2' })] }];
    const twin = twinsOf(wish, own, live[0]?.fields ?? []);
    expect(twin.map((field) => field.id)).toEqual(['2']);
  });

  it('is named with all of its twins in the order of their ids, and with what to do', () => {
    const twin = (id: string) => has(`RiskId${id}`, { label: 'Risk ID', id });
    const live = [{ module: 'Deals', fields: [twin('3'), own, twin('2'), twin('4')] }];
    expect(twinWarnings(makePlan(manifestOf(want('X'), wish), live, {}), live)).toEqual([
      {
        severity: 'warning',
        code: 'duplicate-detected',
        message:
          'Deals.RiskId: It seems to exist 4 times, as RiskId (id 1) and RiskId2 (id 2) and RiskId3 (id 3) and RiskId4 (id 4).',
        remedy:
          'Look in Zoho which of them holds data; delete the other one there, by hand. This tool deletes nothing.',
      },
    ]);
  });

  it('is looked for in its own module only, and nowhere where nothing was read', () => {
    const modules = ['Deals', 'Contacts'].map((module) => ({ module, fields: [wish] }));
    const live = [
      { module: 'Deals', fields: [own] },
      { module: 'Contacts', fields: [has('RiskId', { label: 'Risk ID', id: '2' })] },
    ];
    const plan = makePlan({ ...manifestOf(), modules }, live, {});
    expect(twinWarnings(plan, live)).toEqual([]);
    expect(twinWarnings(plan, [])).toEqual([]);
    const twin = has('RiskId1', { label: 'Risk ID', id: '3' });
    const now = live.map((one) => (one.module === 'Deals' ? one : { ...one, fields: [...one.fields, twin] }));
    expect(twinWarnings(plan, now).map((one) => one.message)).toEqual([
      expect.stringMatching(/^Contacts\.RiskId: .*RiskId \(id 2\) and RiskId1 \(id 3\)/),
    ]);
  });

  it('is not imagined where only half of what makes a twin is there', () => {
    // The label that it was created under, in a field of quite another name.
    expect(warnings(own, has('My_RiskId', { label: 'RiskId' }))).toEqual([]);
    // A name that begins alike, under a label of its own.
    expect(warnings(own, has('RiskIdOfOurs', { label: 'Risk of ours' }))).toEqual([]);
    expect(warnings(own, has('RiskId1', { label: 'RiskId', custom: false }))).toEqual([]);
  });

  it('is not imagined: fields of other labels, standard fields and the field itself are no twins', () => {
    expect(warnings(own)).toEqual([]);
    expect(warnings(own, has('RiskId1', { label: 'Risk' }))).toEqual([]);
    expect(warnings(own, has('Other', { label: 'RiskId' }))).toEqual([]);
    expect(warnings(own, has('Other', { label: 'Risk ID', custom: false }))).toEqual([]);
    expect(warnings({ ...own, custom: false }, has('Other', { label: 'Risk ID' }))).toEqual([]);
    expect(warnings(has('Other', { label: 'RiskId' }))).toEqual([]);
  });

  it('is told by the very apply that finds two fields where it made one', async () => {
    const zoho = new ScriptedZoho();
    // A Zoho that takes a label twice, and somebody who applies at the same moment.
    zoho.onPost = [
      (self, bodies) => {
        self.fields.push(has('RiskId1', { label: 'RiskId', id: '77' }));
        return self.commit(bodies);
      },
    ];
    const live = [{ module: 'Deals', fields: [] }];
    const report = await applyPlan(makePlan(manifestOf(wish), live, {}), live, zoho.ports);
    expect(report.fields[0]).toMatchObject({
      outcome: 'created_differs',
      code: 'DUPLICATE_DETECTED',
      differences: [],
    });
    expect(report.fields[0]?.reasons[0]?.message).toContain('id 77');
  });

  it('is not seen in two fields of one run that exchange their labels', async () => {
    const zoho = new ScriptedZoho();
    const live = [{ module: 'Deals', fields: [] }];
    const manifest = manifestOf(want('Alpha', { label: 'Beta' }), want('Beta', { label: 'Alpha' }));
    const report = await applyPlan(makePlan(manifest, live, {}), live, zoho.ports);
    expect(report.fields.map((field) => field.outcome)).toEqual(['created', 'created']);
  });
});
