import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { ApplyReport, FieldOutcome } from '../../../src/apply/outcome.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { WriteAnswer } from '../../../src/apply/ports.ts';
import { problem } from '../../../src/model/problem.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { lost, ScriptedZoho, unreachable } from '../../support/scripted-zoho.ts';

async function apply(zoho: ScriptedZoho, ...wishes: readonly DesiredField[]): Promise<ApplyReport> {
  const live = [{ module: 'Deals', fields: [...zoho.fields] }];
  return applyPlan(makePlan(manifestOf(...wishes), live, {}), live, zoho.ports);
}

function outcomes(report: ApplyReport): readonly string[] {
  return report.fields.map((field) => field.outcome);
}

function only(report: ApplyReport): FieldOutcome {
  expect(report.fields).toHaveLength(1);
  return report.fields[0]!;
}

const names = (count: number): readonly DesiredField[] =>
  Array.from({ length: count }, (_, index) => want(`Field_${index}`));
const refusal = (code: string, more: object = {}) => ({ code, message: code.toLowerCase(), ...more });

describe('a healthy run', () => {
  it.each([
    [1, 1],
    [5, 1],
    [6, 2],
    [47, 10],
  ])('creates %i fields with %i POSTs and one read-back', async (count, posts) => {
    const zoho = new ScriptedZoho(has('Amount'));
    const report = await apply(zoho, ...names(count));
    expect(new Set(outcomes(report))).toEqual(new Set(['created']));
    expect(zoho.posts).toHaveLength(posts);
    expect(zoho.patches).toHaveLength(0);
    expect(zoho.reads).toBe(1);
  });

  it('sends nothing and reads nothing when there is nothing to create', async () => {
    const zoho = new ScriptedZoho(has('A'), has('B', { length: 5 }));
    const report = await apply(zoho, want('A'), want('B', { length: 6 }), want('C', { create: false }));
    expect(outcomes(report)).toEqual(['in_sync', 'drift', 'not_attempted']);
    expect([zoho.posts.length, zoho.reads]).toEqual([0, 0]);
  });

  it.each(['honour', 'ignore', 'reject'] as const)(
    'gives exactly the declared names where Zoho would %s api_name',
    async (world) => {
      const zoho = new ScriptedZoho();
      zoho.world = world;
      const report = await apply(
        zoho,
        want('StrategicPartnerId', { label: 'Strategic Partner ID' }),
        want('Risk_Level', { label: 'Risk Level' }),
        want('Minutes', { label: '議事録' }),
        ...names(5),
      );
      expect(new Set(outcomes(report))).toEqual(new Set(['created']));
      expect(zoho.fields.map((field) => [field.api_name, field.field_label])).toEqual(
        expect.arrayContaining([
          ['StrategicPartnerId', 'Strategic Partner ID'],
          ['Risk_Level', 'Risk Level'],
          ['Minutes', '議事録'],
        ]),
      );
      expect(zoho.posts).toHaveLength(world === 'reject' ? 3 : 2);
      expect(zoho.patches.map((patch) => patch.length)).toEqual([2]);
      // One before the labels, one after them, and one before the same is sent again without its API name.
      expect(zoho.reads).toBe(world === 'reject' ? 3 : 2);
    },
  );

  it('sends api_name no more once this Zoho refused it', async () => {
    const zoho = new ScriptedZoho();
    zoho.world = 'reject';
    await apply(zoho, ...names(12));
    expect(zoho.posts.map((post) => post.some((body) => 'api_name' in body))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('sets labels in an order in which none is still held', async () => {
    const zoho = new ScriptedZoho();
    await apply(
      zoho,
      want('Aaa', { label: 'Bbb.' }),
      want('Ccc', { label: 'Aaa' }),
      want('Ddd', { label: 'Ccc' }),
    );
    expect(zoho.patches[0]?.map((change) => change.field_label)).toEqual(['Bbb.', 'Aaa', 'Ccc']);
  });

  it('sets labels that two fields swap', async () => {
    const zoho = new ScriptedZoho();
    const report = await apply(zoho, want('Aaa', { label: 'Bbb' }), want('Bbb', { label: 'Aaa' }));
    expect(outcomes(report)).toEqual(['created', 'created']);
    expect(zoho.patches.map((patch) => patch.length)).toEqual([1, 2]);
  });

  it('fills in what only a live organisation knows, and the title that a lookup must have', async () => {
    const zoho = new ScriptedZoho();
    const plan = makePlan(
      manifestOf(
        want('Source', { type: 'picklist', global_picklist: { api_name: 'Sources' } }),
        want('Account', { type: 'lookup', lookup: { module: { api_name: 'Accounts' } } }),
        want('Hidden', { profiles: [{ name: 'Standard', permission_type: 'hidden' }] }),
      ),
      [],
      { globalPicklists: new Map([['Sources', '77']]), profiles: new Map([['Standard', '88']]) },
    );
    await applyPlan(plan, [], zoho.ports);
    expect(zoho.posts[0]).toMatchObject([
      { global_picklist: { id: '77' } },
      { lookup: { module: { api_name: 'Accounts' }, display_label: 'Deals' } },
      { profiles: [{ id: '88', permission_type: 'hidden' }] },
    ]);
    expect(JSON.stringify(zoho.posts)).not.toMatch(/"name"|Sources/);
  });
});

describe('what Zoho made of it', () => {
  it('is told when it is not what was declared', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, [body]) => self.commit([{ ...body, length: 255 }])];
    const field = only(await apply(zoho, want('Risk', { length: 50 })));
    expect(field).toMatchObject({
      outcome: 'created_differs',
      differences: [{ key: 'length', want: 50, live: 255 }],
    });
  });

  it('is found by its id when Zoho made up another API name', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, [body]) => self.commit([{ ...body, api_name: 'Risk1' }])];
    const field = only(await apply(zoho, want('Risk')));
    expect(field).toMatchObject({
      outcome: 'created_differs',
      differences: [{ key: 'api_name', want: 'Risk', live: 'Risk1', permanent: true }],
    });
  });

  it('is failed, without an id, when Zoho confirmed it without one and never shows it', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => ({ kind: 'answered', items: [{ status: 'success' }] })];
    const field = only(await apply(zoho, want('Risk')));
    expect(field.id).toBeUndefined();
    expect(field.reasons[0]?.message).not.toContain('(id');
  });

  it('is told as not proven when a later answer leaves the fate of the others open', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, bodies) => self.commit(bodies), () => lost];
    zoho.onRead = [() => unreachable];
    const report = await apply(zoho, ...names(6));
    expect(report.fields[0]).toMatchObject({ outcome: 'created', reasons: [{ code: 'unproven' }] });
    expect(report.fields[0]?.reasons[0]?.message).toMatch(/failed\.$/);
    expect(report.fields[5]).toMatchObject({ outcome: 'failed', code: 'NO_ANSWER' });
  });

  it('is failed when Zoho confirms a field and never shows it', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => ({ kind: 'answered', items: [{ status: 'success', id: '1' }] })];
    const field = only(await apply(zoho, want('Risk')));
    expect(field).toMatchObject({ outcome: 'failed', code: 'NOT_VISIBLE' });
    expect(zoho.reads).toBe(4);
    expect(zoho.posts).toHaveLength(1);
  });

  it('is awaited when Zoho shows it late', async () => {
    const zoho = new ScriptedZoho();
    zoho.onRead = [() => []];
    expect(only(await apply(zoho, want('Risk'))).outcome).toBe('created');
    expect(zoho.waits).toEqual([1000]);
  });

  it('is awaited when Zoho shows its label late', async () => {
    const zoho = new ScriptedZoho();
    zoho.onRead = [
      (self) => [...self.fields],
      (self) => self.fields.map((field) => ({ ...field, field_label: 'RiskId', display_label: 'RiskId' })),
    ];
    expect(only(await apply(zoho, want('RiskId', { label: 'Risk ID' }))).outcome).toBe('created');
    expect([zoho.waits, zoho.patches.length]).toEqual([[1000], 1]);
  });

  it('differs where it cannot be read back and its label was still to be set', async () => {
    const zoho = new ScriptedZoho();
    zoho.onRead = [() => unreachable];
    const field = only(await apply(zoho, want('RiskId', { label: 'Risk ID' })));
    expect(field).toMatchObject({
      outcome: 'created_differs',
      reasons: [{ code: 'unproven' }, { code: 'label-missing' }],
    });
    expect(field.reasons[1]?.message).toBe(
      'It was created under the label "RiskId", and "Risk ID" is not known to be set.',
    );
    expect(zoho.patches).toEqual([]);
  });

  it('stays unproven, but told, when it cannot be read back', async () => {
    const zoho = new ScriptedZoho();
    zoho.onRead = [() => unreachable];
    const report = await apply(zoho, want('Risk'));
    expect(only(report)).toMatchObject({ outcome: 'created', reasons: [{ code: 'unproven' }] });
    expect(report.problem?.kind).toBe('unreachable');
  });

  it('is created under the wrong label when Zoho refuses the right one', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [
      () => ({ kind: 'answered', items: [{ status: 'error', refusal: refusal('DUPLICATE_DATA') }] }),
    ];
    const field = only(await apply(zoho, want('RiskId', { label: 'Risk ID' })));
    expect(field).toMatchObject({ outcome: 'created_differs', differences: [{ key: 'field_label' }] });
    expect(field.reasons[0]?.message).toContain('DUPLICATE_DATA');
    expect(zoho.patches).toHaveLength(1);
  });

  it.each([
    ['as a whole', { kind: 'refused', refusals: [refusal('INVALID_DATA')] }],
    [
      'for want of a scope',
      {
        kind: 'stopped',
        problem: problem('credentials', 'x', 'x'),
        refusal: refusal('OAUTH_SCOPE_MISMATCH'),
      },
    ],
  ] as const)('keeps its working label when the PATCH is refused %s', async (_, answer) => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [() => answer];
    expect(only(await apply(zoho, want('RiskId', { label: 'Risk ID' }))).outcome).toBe('created_differs');
  });

  it('gets its label after all when the answer to the PATCH was lost', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPatch = [() => lost];
    expect(only(await apply(zoho, want('RiskId', { label: 'Risk ID' }))).outcome).toBe('created');
    expect([zoho.patches.length, zoho.posts.length]).toEqual([2, 1]);
  });

  it('gets its label when only the read-back told its id', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => (self.commit(bodies), { kind: 'answered', items: [{ status: 'success' }] }),
    ];
    expect(only(await apply(zoho, want('RiskId', { label: 'Risk ID' }))).outcome).toBe('created');
  });
});

describe('refusals', () => {
  it('are told per field, and the others are created', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => ({
        kind: 'answered',
        items: bodies.map((body, index) =>
          index === 1
            ? { status: 'error', refusal: refusal('LIMIT_EXCEEDED', { facts: 'limit 40', item: 1 }) }
            : { status: 'success', id: self.make(body) },
        ),
      }),
    ];
    const report = await apply(zoho, ...names(3));
    expect(outcomes(report)).toEqual(['created', 'failed', 'created']);
    expect(report.fields[1]).toMatchObject({ code: 'LIMIT_EXCEEDED', reasons: [{ code: 'refused' }] });
    expect(report.fields[1]?.reasons[0]?.message).toContain('limit 40');
  });

  it('carry what to do, where it is known', async () => {
    const zoho = new ScriptedZoho();
    const told = refusal('INVALID_DATA', { key: 'length', facts: 'range 1 to 255', remedy: 'Correct it.' });
    zoho.onPost = [() => ({ kind: 'answered', items: [{ status: 'error', refusal: told }] })];
    const reason = only(await apply(zoho, want('Risk'))).reasons[0];
    expect(reason?.remedy).toBe('Correct it.');
    expect(reason?.message).toContain('about "length"');
    expect(reason?.message).toContain('range 1 to 255');
  });

  it('of one field do not keep the innocent ones of its request from being created', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      () => ({
        kind: 'refused',
        refusals: [refusal('MANDATORY_NOT_FOUND', { item: 3, key: 'display_label' })],
      }),
    ];
    const report = await apply(zoho, ...names(6));
    expect(outcomes(report)).toEqual(['created', 'created', 'created', 'failed', 'created', 'created']);
    expect(zoho.posts.map((post) => post.length)).toEqual([5, 5]);
  });

  it('that are repeated for every item, pointing at one, blame that one', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (_, bodies) => ({
        kind: 'answered',
        items: bodies.map(() => ({ status: 'error', refusal: refusal('INVALID_DATA', { item: 0 }) })),
      }),
    ];
    expect(outcomes(await apply(zoho, ...names(3)))).toEqual(['failed', 'created', 'created']);
  });

  it('that point to another place than their own are believed of none, and live decides', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => ({
        kind: 'answered',
        items: bodies.map((body, index) =>
          index === 0
            ? { status: 'success', id: self.make(body) }
            : { status: 'error', refusal: refusal('INVALID_DATA', { item: 0 }) },
        ),
      }),
      () => ({
        kind: 'answered',
        items: [{ status: 'error', refusal: refusal('NOT_ALLOWED', { item: 0 }) }],
      }),
    ];
    const report = await apply(zoho, ...names(2));
    expect(report.fields.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['created', undefined],
      ['failed', 'NOT_ALLOWED'],
    ]);
    expect(zoho.asked).toEqual(['POST field 0,field 1', 'GET', 'POST field 1', 'GET']);
  });

  it("of one API name beside a success are that field's own, not the key's", async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => ({
        kind: 'answered',
        items: bodies.map((body, index) =>
          index === 0
            ? { status: 'success', id: self.make(body) }
            : { status: 'error', refusal: refusal('INVALID_DATA', { key: 'api_name', item: index }) },
        ),
      }),
    ];
    const report = await apply(zoho, ...names(7));
    expect(outcomes(report)).toEqual([
      'created',
      'failed',
      'failed',
      'failed',
      'failed',
      'created',
      'created',
    ]);
    expect(zoho.posts.every((post) => post.every((body) => 'api_name' in body))).toBe(true);
  });

  it('that only blame each other end all the same', async () => {
    const zoho = new ScriptedZoho();
    const blaming = (_: unknown, bodies: readonly unknown[]): WriteAnswer => ({
      kind: 'answered',
      items: bodies.map((_body, index) => ({ status: 'error', refusal: refusal('X', { item: 1 - index }) })),
    });
    zoho.onPost = [blaming, blaming, blaming, blaming];
    expect(outcomes(await apply(zoho, ...names(2)))).toEqual(['failed', 'failed']);
    expect(zoho.posts.map((post) => post.length)).toEqual([2, 1, 1]);
  });

  it('that name no field send each alone, with all that it was to be sent with', async () => {
    const zoho = new ScriptedZoho();
    const vague = { kind: 'refused', refusals: [refusal('INVALID_DATA')] } as const;
    zoho.onPost = [() => vague, () => vague];
    const report = await apply(zoho, ...names(3));
    expect(outcomes(report)).toEqual(['failed', 'created', 'created']);
    expect(zoho.posts.map((post) => post.length)).toEqual([3, 1, 1, 1]);
    expect(zoho.posts.every((post) => post.every((body) => 'api_name' in body))).toBe(true);
  });

  it.each([
    { path: ['lookup', 'module', 'api_name'] },
    { path: ['lookup', 'module', 'api_name'], item: 1 },
    { path: [] },
    { path: undefined, key: 'length' },
  ])("of another key's api_name (%j) are no reason to send anything without it", async (place) => {
    const zoho = new ScriptedZoho();
    const told = refusal('INVALID_DATA', { key: 'api_name', item: 0, ...place });
    zoho.onPost = [() => ({ kind: 'refused', refusals: [told] })];
    const report = await apply(zoho, ...names(2));
    expect([...outcomes(report)].sort()).toEqual(['created', 'failed']);
    expect(zoho.posts.map((post) => post.length)).toEqual([2, 1]);
    expect(zoho.posts.every((post) => post.every((body) => 'api_name' in body))).toBe(true);
  });

  it('of the module as such end the run', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => ({ kind: 'refused', refusals: [refusal('FIELD_LIMIT_EXCEEDED')] })];
    const report = await apply(zoho, ...names(6));
    expect(outcomes(report)).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'not_attempted']);
    expect(report.problem?.kind).toBe('failed');
    expect(zoho.posts).toHaveLength(1);
  });

  it('for want of a permission end the run with their cause', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => self.commit(bodies),
      () => ({
        kind: 'stopped',
        problem: problem('credentials', 'no-permission', 'no'),
        refusal: refusal('NO_PERMISSION'),
      }),
    ];
    const report = await apply(zoho, ...names(12));
    expect(
      outcomes(report)
        .map((one) => one[0])
        .join(''),
    ).toBe('cccccfffffnn');
    expect(report.fields[5]?.code).toBe('NO_PERMISSION');
    expect(report.problem?.kind).toBe('credentials');
  });

  it('for a duplicate are no failure when the field is there exactly as declared', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, [body]) => {
        self.make(body!);
        return {
          kind: 'answered',
          items: [{ status: 'error', refusal: refusal('DUPLICATE_DATA', { key: 'field_label' }) }],
        };
      },
    ];
    expect(only(await apply(zoho, want('Risk')))).toMatchObject({
      outcome: 'in_sync',
      reasons: [{ code: 'created-meanwhile' }],
    });
  });

  it('for a duplicate are a failure with both values when it is another one', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, [body]) => {
        self.make({ ...body, length: 9 });
        return {
          kind: 'answered',
          items: [{ status: 'error', refusal: refusal('DUPLICATE_DATA', { key: 'field_label' }) }],
        };
      },
    ];
    expect(only(await apply(zoho, want('Risk', { length: 5 })))).toMatchObject({
      outcome: 'failed',
      code: 'DUPLICATE_DATA',
      differences: [{ key: 'length' }],
    });
  });

  it('never make us touch the label of a field that someone else created', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, [body]) => {
        self.make(body!);
        return { kind: 'answered', items: [{ status: 'error', refusal: refusal('DUPLICATE_DATA') }] };
      },
    ];
    expect(only(await apply(zoho, want('RiskId', { label: 'Risk ID' }))).outcome).toBe('failed');
    expect(zoho.patches).toEqual([]);
  });
});

describe('an answer that was lost', () => {
  it('is settled by waiting and reading, and nothing is sent twice', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, bodies) => (self.commit(bodies), lost)];
    const report = await apply(zoho, ...names(5));
    expect(new Set(outcomes(report))).toEqual(new Set(['created']));
    expect([zoho.posts.length, zoho.waits]).toEqual([1, [5000]]);
  });

  it('after part of the work was done leads to the rest being sent', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, bodies) => (self.commit(bodies.slice(0, 2)), lost)];
    const report = await apply(zoho, ...names(5));
    expect(new Set(outcomes(report))).toEqual(new Set(['created']));
    expect(zoho.posts.map((post) => post.length)).toEqual([5, 3]);
    expect(zoho.fields).toHaveLength(5);
  });

  it('makes late fields ours when the second try finds them', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      () => lost,
      (self, [body]) => {
        self.make(body!);
        return { kind: 'answered', items: [{ status: 'error', refusal: refusal('DUPLICATE_DATA') }] };
      },
    ];
    expect(only(await apply(zoho, want('RiskId', { label: 'Risk ID' }))).outcome).toBe('created');
    expect(zoho.patches).toHaveLength(1);
  });

  it('is found under its label when Zoho made up the API name', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [(self, [body]) => (self.commit([{ ...body, api_name: 'Risk1' }]), lost)];
    expect(only(await apply(zoho, want('Risk')))).toMatchObject({ outcome: 'created_differs' });
    expect(zoho.posts).toHaveLength(1);
  });

  it('again and again is given up, without a lie', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = Array.from({ length: 9 }, () => () => lost);
    const report = await apply(zoho, ...names(6));
    expect(outcomes(report)).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'not_attempted']);
    expect(report.fields[0]).toMatchObject({ code: 'NO_ANSWER', reasons: [{ code: 'no-answer' }] });
    expect(report.problem?.kind).toBe('unreachable');
    expect(zoho.posts).toHaveLength(3);
  });

  it('again and again, with a field that comes late after all, is reported as what it is', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = Array.from({ length: 3 }, () => () => lost);
    let reads = 0;
    zoho.onRead = Array.from({ length: 4 }, () => (self: ScriptedZoho) => {
      reads += 1;
      if (reads === 4) self.make({ field_label: 'RiskId', api_name: 'RiskId', data_type: 'text' });
      return [...self.fields];
    });
    expect(only(await apply(zoho, want('RiskId', { label: 'Risk ID' }))).outcome).toBe('created');
    expect(zoho.patches).toHaveLength(1);
  });

  it('leaves the fate of the fields open when live cannot be read either', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost];
    zoho.onRead = [() => unreachable];
    const report = await apply(zoho, ...names(6));
    expect(outcomes(report)).toEqual(['failed', 'failed', 'failed', 'failed', 'failed', 'not_attempted']);
    expect(report.fields[0]).toMatchObject({ code: 'NO_ANSWER', reasons: [{ code: 'unknown' }] });
    expect(report.problem?.kind).toBe('unreachable');
  });

  it('does not hide a bug of ours as a failure of Zoho', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => lost];
    zoho.onRead = [
      () => {
        throw new TypeError('ours');
      },
    ];
    await expect(apply(zoho, want('Risk'))).rejects.toThrow('ours');
  });
});

describe('a wish to stop', () => {
  it('lets what is in flight finish, reads it back and begins nothing new', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => {
        self.interrupted = true;
        return self.commit(bodies);
      },
    ];
    const report = await apply(zoho, want('RiskId', { label: 'Risk ID' }), ...names(9));
    expect(
      outcomes(report)
        .map((one) => one[0])
        .join(''),
    ).toBe('cccccnnnnn');
    expect(report.interrupted).toBe(true);
    expect(report.fields.flatMap(({ reasons }) => reasons)).toEqual([]);
    expect([zoho.posts.length, zoho.patches.length, zoho.reads]).toEqual([1, 1, 2]);
  });

  it('before the first request leaves everything alone', async () => {
    const zoho = new ScriptedZoho();
    zoho.interrupted = true;
    expect(outcomes(await apply(zoho, want('Risk')))).toEqual(['not_attempted']);
    expect([zoho.posts.length, zoho.reads]).toEqual([0, 0]);
  });
});

describe('several modules', () => {
  const two = (): Parameters<typeof makePlan>[0] => ({
    ...manifestOf(),
    modules: [
      { module: 'Deals', fields: [want('A')] },
      { module: 'Leads', fields: [want('B')] },
    ],
  });

  it('are created one after the other', async () => {
    const zoho = new ScriptedZoho();
    const report = await applyPlan(makePlan(two(), [], {}), [], zoho.ports);
    expect(outcomes(report)).toEqual(['created', 'created']);
    expect(zoho.reads).toBe(2);
  });

  it('are not begun when the one before ended the run', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      () => ({ kind: 'stopped', problem: problem('credentials', 'x', 'x'), refusal: refusal('X') }),
    ];
    expect(outcomes(await applyPlan(makePlan(two(), [], {}), [], zoho.ports))).toEqual([
      'failed',
      'not_attempted',
    ]);
  });
});
