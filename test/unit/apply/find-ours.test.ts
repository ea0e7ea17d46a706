import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../../src/apply/outcome.ts';
import type { WriteAnswer } from '../../../src/apply/ports.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { lost, ScriptedZoho, unreachable } from '../../support/scripted-zoho.ts';

async function apply(zoho: ScriptedZoho, ...wishes: readonly DesiredField[]): Promise<ApplyReport> {
  const live = [{ module: 'Deals', fields: [...zoho.fields] }];
  return applyPlan(makePlan(manifestOf(...wishes), live, {}), live, zoho.ports);
}

const risk = want('RiskId', { label: 'Risk ID', length: 50 });

describe('a field that Zoho calls a duplicate after its answer was lost', () => {
  const duplicate = (): WriteAnswer => ({
    kind: 'answered',
    items: [{ status: 'error', refusal: { code: 'DUPLICATE_DATA', message: 'Field label duplicate' } }],
  });

  it('is ours where live shows it late', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, bodies) => (self.commit(bodies), lost), duplicate];
    zoho.onRead = [() => [], () => [], () => []];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'created', id: zoho.fields[0]?.id });
    expect([zoho.posts.length, zoho.patches.length]).toEqual([2, 1]);
  });

  it("is not claimed where live cannot be read any more, as the label may be another field's", async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost, duplicate];
    zoho.onRead = [() => [], () => [], () => unreachable];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'failed', code: 'NO_ANSWER' });
    expect(report.problem?.kind).toBe('unreachable');
  });

  it('is not said to be refused where nothing that is listed explains the duplicate', async () => {
    const zoho = new ScriptedZoho(has('Unrelated'));
    zoho.onPost = [() => lost, duplicate];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'failed', code: 'NOT_VISIBLE' });
    expect(report.fields[0]?.reasons[0]?.message).toContain('exists already');
    expect(zoho.waits).toEqual([5000, 5000, 1000, 2000, 4000]);
  });

  it('is refused where another field of the plan holds its label', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self) => (self.fields.push(has('Other', { label: 'RiskId' })), lost), duplicate];
    const report = await apply(zoho, risk, want('Other', { label: 'Other One' }));
    expect(report.fields[0]).toMatchObject({ outcome: 'failed', code: 'DUPLICATE_DATA' });
    expect(zoho.waits, 'there is nothing to wait for').toEqual([5000, 5000]);
  });
});

describe('a field whose answers are lost until Zoho is asked no more', () => {
  it('is sent again only where two reads, a settle time apart, have missed it', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, bodies) => (self.commit(bodies), lost)];
    zoho.onRead = [() => []];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'created', id: zoho.fields[0]?.id });
    expect(zoho.posts).toHaveLength(1);
  });

  it('is sent again after one read where Zoho answered, though without a result', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => ({ kind: 'lost', why: 'zoho answered HTTP 500' })];
    const report = await apply(zoho, risk);
    expect(report.fields[0]?.outcome).toBe('created');
    expect(zoho.waits).toEqual([5000]);
  });

  it('is not waited for beyond that', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost, () => lost, () => lost];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'failed', code: 'NO_ANSWER' });
    expect(zoho.waits).toEqual([5000, 5000, 5000, 5000, 5000, 5000]);
  });

  it('leaves open what became of those that Zoho called duplicates before', async () => {
    const zoho = new ScriptedZoho();
    const five = ['A', 'B', 'C', 'D', 'E'].map((name) => want(name));
    const duplicates = five.map(() => ({
      status: 'error' as const,
      refusal: { code: 'DUPLICATE_DATA', message: 'Field label duplicate' },
    }));
    zoho.onPost = [() => lost, () => ({ kind: 'answered', items: duplicates }), () => lost];
    zoho.onRead = [() => [], () => [], () => unreachable];
    const report = await apply(zoho, ...five, risk);
    expect(report.fields.map(({ outcome, code }) => [outcome, code])).toEqual(
      report.fields.map(() => ['failed', 'NO_ANSWER']),
    );
  });
});

describe('fields whose results came in another order', () => {
  it('are told by their names, and not by the ids of their sisters', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, [one, two]) => {
        const ids = [two, one].map((body) => self.make(body ?? {}));
        return { kind: 'answered', items: ids.map((id) => ({ status: 'success', id })) };
      },
    ];
    const report = await apply(zoho, want('One'), want('Two'));
    const [two, one] = zoho.fields;
    expect(report.fields).toMatchObject([
      { outcome: 'created', id: one?.id },
      { outcome: 'created', id: two?.id },
    ]);
  });
});

describe('a field of our label under another API name, after a lost answer', () => {
  it('is not sent again, as Zoho may have made it of ours, and its label is not touched, as it may be theirs', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self) => (self.fields.push(has('Other', { label: 'RiskId' })), lost)];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'created_differs', id: zoho.fields[0]?.id });
    expect(report.fields[0]?.differences.map(({ key }) => key)).toContain('api_name');
    expect([zoho.posts.length, zoho.patches.length]).toEqual([1, 0]);
  });
});

describe('a field that someone else creates in the same minute', () => {
  it('is not taken for ours after a lost answer, not sent again, and not touched', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self) => {
        self.fields.push(has('RiskId', { label: 'Risk by hand', length: 50 }));
        return lost;
      },
    ];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'failed', code: 'DUPLICATE_DATA' });
    expect(report.fields[0]?.differences).toMatchObject([{ key: 'field_label', live: 'Risk by hand' }]);
    expect([zoho.posts.length, zoho.patches.length]).toEqual([1, 0]);
    expect(report.problem).toBeUndefined();
  });

  it('is in sync where it is exactly as declared, also one that was not sent yet', async () => {
    const zoho = new ScriptedZoho();
    const others = ['A', 'B', 'C', 'D', 'E'].map((name) => want(name));
    zoho.onPost = [
      (self, bodies) => {
        self.commit(bodies);
        self.fields.push(has('RiskId', { label: 'Risk ID', length: 50 }));
        return lost;
      },
    ];
    const report = await apply(zoho, ...others, risk);
    expect(report.fields.map((field) => field.outcome)).toEqual([...others.map(() => 'created'), 'in_sync']);
    expect([zoho.posts.length, zoho.patches.length]).toEqual([1, 0]);
  });

  it('keeps its label where the one of ours, of another API name, has to be set twice', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self) => {
        self.fields.push(has('RiskId1', { label: 'RiskId', length: 50, id: '71' }));
        return { kind: 'answered', items: [{ status: 'success', id: '71' }] };
      },
    ];
    zoho.onPatch = [() => lost];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'created_differs', id: '71' });
    expect(zoho.patches.flat().map((change) => change.id)).toEqual(['71', '71']);
  });

  it('is left alone where Zoho made another API name of ours', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self) => {
        self.fields.push(has('RiskId', { label: 'Risk by hand', length: 50, id: '70' }));
        self.fields.push(has('RiskId1', { label: 'RiskId', length: 50, id: '71' }));
        return { kind: 'answered', items: [{ status: 'success', id: '71' }] };
      },
    ];
    const report = await apply(zoho, risk);
    expect(report.fields[0]).toMatchObject({ outcome: 'created_differs', id: '71' });
    expect(zoho.patches.flat().map((change) => change.id)).toEqual(['71']);
  });

  it('is not mistaken for another field of the plan whose label it bears', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self) => {
        self.fields.push(has('Alpha', { label: 'Beta' }));
        return lost;
      },
    ];
    const report = await apply(zoho, want('Alpha', { label: 'Beta' }), want('Beta', { label: 'Alpha' }));
    expect(report.fields[0]?.outcome).toBe('in_sync');
    expect(report.fields[1]?.id).not.toBe(report.fields[0]?.id);
    expect(zoho.fields.filter((field) => field.api_name === 'Alpha')).toHaveLength(1);
  });
});

describe('results in another order than the fields', () => {
  it('set no label of a sister: live tells which field is which', async () => {
    const zoho = new ScriptedZoho();
    const names = ['RiskId', 'TeamId', 'CaseId'];
    zoho.onPost = [
      (self, bodies) => {
        const items = bodies.map((body) => ({ status: 'success', id: self.make(body) }) as const);
        return { kind: 'answered', items: [...items].reverse() };
      },
    ];
    const report = await apply(zoho, ...names.map((name) => want(name, { label: `${name} (late)` })));
    expect(report.fields.map((field) => field.outcome)).toEqual(['created', 'created', 'created']);
    expect(zoho.patches).toHaveLength(1);
    for (const { id, field_label } of zoho.patches.flat())
      expect(field_label).toBe(`${zoho.fields.find((field) => field.id === id)?.api_name} (late)`);
    expect(zoho.reads).toBe(2);
  });
});
