import { describe, expect, it } from 'vitest';
import { applyPlan, reportWithoutTrying } from '../../../src/apply/apply-plan.ts';
import { summariseOutcomes, type ApplyReport } from '../../../src/apply/outcome.ts';
import type { ItemAnswer, WriteAnswer } from '../../../src/apply/ports.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { type LiveModule, makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';
import { lost, ScriptedZoho, unreachable } from '../../support/scripted-zoho.ts';

async function apply(zoho: ScriptedZoho, ...wishes: readonly DesiredField[]): Promise<ApplyReport> {
  const live = [{ module: 'Deals', fields: [...zoho.fields] }];
  return applyPlan(makePlan(manifestOf(...wishes), live, {}), live, zoho.ports);
}

const late = want('RiskId', { label: 'Risk ID' });
const refused = (code: string, more: object = {}): ItemAnswer => ({
  status: 'error',
  refusal: { code, message: code.toLowerCase(), ...more },
});
const answered = (...items: readonly ItemAnswer[]): WriteAnswer => ({ kind: 'answered', items });
const whole = (code: string): WriteAnswer => ({ kind: 'refused', refusals: [{ code, message: 'no' }] });

describe('a run tells what it does, while it does it', () => {
  it('in a healthy case', async () => {
    const zoho = new ScriptedZoho();
    await apply(zoho, late, want('Plain'));
    expect(zoho.events).toStrictEqual([
      { type: 'sending', module: 'Deals', api_names: ['RiskId', 'Plain'], batch: 1, batches: 1 },
      { type: 'accepted', module: 'Deals', api_name: 'RiskId' },
      { type: 'accepted', module: 'Deals', api_name: 'Plain' },
      { type: 'reading-back', module: 'Deals' },
      { type: 'labelling', module: 'Deals', count: 1 },
      { type: 'reading-back', module: 'Deals' },
    ]);
  });

  it('when Zoho takes no API name, refuses a field, and confirms another without an id', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      () => ({ kind: 'refused', refusals: [{ code: 'INVALID_DATA', message: '', key: 'api_name' }] }),
      (self, [, body]) => {
        if (body !== undefined) self.make(body);
        return answered(refused('LIMIT_EXCEEDED', { item: 0 }), { status: 'success' });
      },
    ];
    await apply(zoho, want('One'), want('Two'));
    const sending = { type: 'sending', module: 'Deals', api_names: ['One', 'Two'] };
    expect(zoho.events).toStrictEqual([
      { ...sending, batch: 1, batches: 1 },
      { type: 'without-api-name', module: 'Deals' },
      { ...sending, batch: 2, batches: 2 },
      {
        type: 'refused',
        module: 'Deals',
        api_name: 'One',
        refusal: { code: 'LIMIT_EXCEEDED', message: 'limit_exceeded', item: 0 },
      },
      { type: 'accepted', module: 'Deals', api_name: 'Two' },
      { type: 'reading-back', module: 'Deals' },
    ]);
  });

  it('when an answer is lost', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost];
    await apply(zoho, want('One'));
    expect(zoho.events.map((event) => event.type)).toEqual([
      'sending',
      'lost',
      'sending',
      'accepted',
      'reading-back',
    ]);
    expect(zoho.events[1]).toMatchObject({
      module: 'Deals',
      waitMs: 5000,
      why: lost.kind === 'lost' ? lost.why : '',
    });
  });
});

describe('a report', () => {
  it('of a healthy run has nothing to add', async () => {
    const zoho = new ScriptedZoho();
    const report = await apply(zoho, want('One'));
    expect(report).toStrictEqual({
      fields: [expect.objectContaining({ outcome: 'created', differences: [], reasons: [] })],
      interrupted: false,
      stoppedByConflicts: false,
    });
    expect(report.fields[0]?.id).toBe(zoho.fields[0]?.id);
  });

  it('says of what was not tried what the plan said of it', async () => {
    const zoho = new ScriptedZoho(has('Drifting', { length: 9, id: '1' }), has('There', { id: '2' }));
    zoho.interrupted = true;
    const report = await apply(zoho, want('Drifting', { length: 8 }), want('There'), want('New'));
    expect(report.fields.map(({ outcome, id }) => [outcome, id])).toEqual([
      ['drift', '1'],
      ['in_sync', '2'],
      ['not_attempted', undefined],
    ]);
    expect(report.fields[0]?.differences).toMatchObject([{ key: 'length' }]);
    expect(report.fields[2]).not.toHaveProperty('id');
  });

  it('of a run that was never begun counts everything as not attempted, what is in sync too', () => {
    const plan = makePlan(manifestOf(want('A'), want('B')), [{ module: 'Deals', fields: [has('A')] }], {});
    const report = reportWithoutTrying(plan, true);
    expect(report).toMatchObject({ interrupted: false, stoppedByConflicts: true });
    expect(summariseOutcomes(report.fields)).toEqual({
      created: 0,
      finished: 0,
      failed: 0,
      not_attempted: 2,
      in_sync: 0,
    });
    expect(reportWithoutTrying(plan, false).stoppedByConflicts).toBe(false);
  });

  it('counts what was created otherwise as created', async () => {
    const zoho = new ScriptedZoho(has('There'));
    zoho.onPost = [(self, [body, other]) => self.commit([{ ...body, length: 9 }, other ?? {}])];
    const report = await apply(zoho, want('One', { length: 5 }), want('Two'), want('There'));
    expect(summariseOutcomes(report.fields)).toEqual({
      created: 2,
      finished: 0,
      failed: 0,
      not_attempted: 0,
      in_sync: 1,
    });
  });

  it.each<[string, (zoho: ScriptedZoho) => void, object]>([
    [
      'made otherwise',
      (zoho) => {
        zoho.onPost = [(self, [body]) => self.commit([{ ...body, length: 9 }])];
      },
      { outcome: 'created_differs', reasons: [{ code: 'created-differs' }] },
    ],
    [
      'in no layout',
      (zoho) => {
        zoho.onRead = [(self) => self.fields.map((field) => ({ ...field, used: false }))];
      },
      { outcome: 'created_differs', differences: [], reasons: [] },
    ],
    [
      'confirmed and never shown',
      (zoho) => {
        zoho.onPost = [() => answered({ status: 'success', id: '70' })];
      },
      { outcome: 'failed', code: 'NOT_VISIBLE', reasons: [{ code: 'not-visible' }] },
    ],
    [
      'confirmed and not read back',
      (zoho) => {
        zoho.onPost = [(self, bodies) => (self.commit(bodies), answered({ status: 'success', id: '70' }))];
        zoho.onRead = [() => unreachable];
      },
      { outcome: 'created', reasons: [{ code: 'unproven' }] },
    ],
    [
      'refused',
      (zoho) => {
        zoho.onPost = [() => answered(refused('INVALID_DATA'))];
      },
      { outcome: 'failed', code: 'INVALID_DATA', differences: [], reasons: [{ code: 'refused' }] },
    ],
    [
      'made twice',
      (zoho) => {
        zoho.onPost = [(self, bodies) => (self.commit(bodies), self.commit(bodies))];
      },
      {
        outcome: 'created_differs',
        code: 'DUPLICATE_DETECTED',
        reasons: [{ code: 'duplicate-detected' }],
      },
    ],
  ])('tells a field that was %s as it is', async (_, script, told) => {
    const zoho = new ScriptedZoho();
    script(zoho);
    const report = await apply(zoho, want('One', { length: 5 }));
    expect(report.fields[0]).toMatchObject(told);
  });

  it('says what went wrong in words of its own', async () => {
    const zoho = new ScriptedZoho();
    zoho.onRead = [() => unreachable];
    const [field] = (await apply(zoho, want('One'))).fields;
    expect(field?.reasons[0]?.message).toContain(unreachable.message);
    const plain = new ScriptedZoho();
    plain.onPost = [() => answered(refused('INVALID_DATA'))];
    const [other] = (await apply(plain, want('One'))).fields;
    expect(other?.reasons[0]).toStrictEqual({
      code: 'refused',
      message: 'Zoho refused the field with INVALID_DATA: invalid_data',
    });
  });
});

describe('someone else at work in the same minute', () => {
  it.each(['api_name', 'field_label'] as const)(
    'who gives an old field our %s does not make it ours',
    async (key) => {
      const zoho = new ScriptedZoho(has('Old', { label: 'Old', id: '5' }));
      zoho.onPost = [
        (self) => {
          self.fields[0] = has(key === 'api_name' ? 'RiskId' : 'Old', { label: 'RiskId', id: '5' });
          return lost;
        },
        () => answered(refused('DUPLICATE_DATA')),
      ];
      const report = await apply(zoho, late);
      expect(report.fields[0]?.id).not.toBe('5');
      expect(zoho.patches.flat().filter((change) => change.id === '5')).toEqual([]);
    },
  );

  it('is told from us by what was there in this very module', async () => {
    const zoho = new ScriptedZoho(has('Old', { id: '5' }));
    const live = [
      { module: 'Leads', fields: [] },
      { module: 'Deals', fields: [...zoho.fields] },
    ];
    zoho.onPost = [
      (self) => {
        self.fields[0] = has('Old', { label: 'RiskId', id: '5' });
        return lost;
      },
    ];
    const report = await applyPlan(makePlan(manifestOf(late), live, {}), live, zoho.ports);
    expect(report.fields[0]?.id).not.toBe('5');
  });
});

describe('after a lost answer', () => {
  it('a refusal for another reason than a duplicate is one', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost, () => answered(refused('INVALID_DATA'))];
    const report = await apply(zoho, want('One'));
    expect(report.fields[0]).toMatchObject({ outcome: 'failed', code: 'INVALID_DATA' });
  });

  it('a field of ours that came late is neither told nor noted as refused', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost, (self, bodies) => (self.commit(bodies), answered(refused('DUPLICATE_DATA')))];
    await apply(zoho, want('One'));
    expect(zoho.events.map((event) => event.type)).not.toContain('refused');
    expect(zoho.journal.map((entry) => entry.event)).toEqual(['intent', 'intent', 'created']);
  });

  it('three times in a row the run ends, also where part of the request came through', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost, () => lost, (self, [one]) => (self.commit([one ?? {}]), lost)];
    const report = await apply(zoho, want('One'), want('Two'));
    expect(report.fields.map((field) => field.outcome)).toEqual(['created', 'failed']);
    expect(report.problem?.diagnostics.map((one) => one.code)).toEqual(['no-answer']);
  });
});

describe('the journal', () => {
  it('has of a field only what is known of it', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => answered(refused('INVALID_DATA'))];
    await apply(zoho, want('One'));
    const field = { module: 'Deals', api_name: 'One' };
    expect(zoho.journal).toStrictEqual([
      { ...field, event: 'intent', working_label: 'One' },
      { ...field, event: 'refused' },
    ]);
  });
});

describe('a field that is confirmed without an id', () => {
  it('is noted as created once live has shown which one it is', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, bodies) => (self.commit(bodies), answered({ status: 'success' }))];
    await apply(zoho, want('One'));
    const id = zoho.fields[0]?.id;
    expect(zoho.journal).toMatchObject([{ event: 'intent' }, { event: 'created', id }]);
  });
});

describe('reading back', () => {
  it('asks for options only of the fields that declare some, and for none to learn what became of a POST', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, bodies) => (self.commit(bodies), lost)];
    const asked: unknown[] = [];
    const { reader, ...ports } = zoho.ports;
    const fields: typeof reader.fields = (module, names) => {
      asked.push([module, names]);
      return reader.fields(module, names);
    };
    const list = want('List', { type: 'picklist', pick_list_values: options('a') });
    const live: readonly LiveModule[] = [];
    await applyPlan(makePlan(manifestOf(list, want('Other')), live, {}), live, {
      ...ports,
      reader: { fields },
    });
    expect(asked).toEqual([
      ['Deals', []],
      ['Deals', ['List']],
    ]);
  });

  it('is done even where Zoho refused everything: what it did is what live shows', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      () => answered(refused('INVALID_DATA', { item: 0 }), refused('LIMIT_EXCEEDED', { item: 1 })),
    ];
    await apply(zoho, want('One'), want('Two'));
    expect([zoho.posts.length, zoho.reads]).toEqual([1, 1]);
  });

  it('waits longer and longer for what Zoho confirmed, and then no more', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => answered({ status: 'success', id: '70' })];
    await apply(zoho, want('One'));
    expect(zoho.waits).toEqual([1000, 2000, 4000]);
  });

  it('does not wait for a label that Zoho shows in another language', async () => {
    const zoho = new ScriptedZoho();
    zoho.onRead = [(self) => self.fields.map((field) => ({ ...field, field_label: 'RiskId' }))];
    const report = await apply(zoho, late);
    expect([report.fields[0]?.outcome, zoho.waits, zoho.patches.length]).toEqual(['created', [], 1]);
  });

  it('does not wait once the user wants to stop', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => answered({ status: 'success', id: '70' })];
    zoho.onRead = [
      (self) => {
        self.interrupted = true;
        return [];
      },
    ];
    await apply(zoho, want('One'));
    expect([zoho.waits, zoho.reads]).toEqual([[], 1]);
  });

  it('does not deny what Zoho confirmed where the user wants to stop before Zoho shows it', async () => {
    const zoho = new ScriptedZoho();
    const early = (self: ScriptedZoho) => {
      self.interrupted = true;
      return self.fields
        .filter((field) => field.api_name !== 'One')
        .map((field) => ({ ...field, field_label: field.api_name, display_label: field.api_name }));
    };
    zoho.onRead = [early, early];
    const report = await apply(zoho, want('One'), late);
    expect(report.fields).toMatchObject([
      { outcome: 'created', reasons: [{ code: 'unproven' }] },
      { outcome: 'created', reasons: [{ code: 'unproven' }] },
    ]);
    expect(report.fields[0]?.reasons[0]?.message).toContain('stopped');
  });

  it('gives up on a label after three rounds', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = Array.from({ length: 9 }, () => () => lost);
    const report = await apply(zoho, late);
    expect([report.fields[0]?.outcome, zoho.patches.length, zoho.reads]).toEqual(['created_differs', 3, 4]);
  });
});

describe('a refusal of the request as such', () => {
  it.each([
    'API_NOT_SUPPORTED',
    'FIELD_LIMIT_EXCEEDED',
    'INVALID_HOST',
    'INVALID_MODULE',
    'INVALID_REQUEST',
    'INVALID_REQUEST_METHOD',
    'INVALID_URL_PATTERN',
    'LIMIT_EXCEEDED',
    'METHOD_NOT_ALLOWED',
    'REQUIRED_PARAM_MISSING',
  ])('with %s is not tried again in any other way', async (code) => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => whole(code)];
    const report = await apply(zoho, want('One'), want('Two'));
    expect(report.fields.map((field) => field.code)).toEqual([code, code]);
    expect(report.problem?.kind).toBe('failed');
    expect(report.problem?.diagnostics.map((one) => one.code)).toEqual(['refused']);
    expect(zoho.posts).toHaveLength(1);
  });
});
