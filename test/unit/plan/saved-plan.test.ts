import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { Problem } from '../../../src/model/problem.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { looksLikePlan, parsePlan, serialisePlan } from '../../../src/plan/saved-plan.ts';
import { intent, refreshPlan } from '../../../src/plan/refresh.ts';
import { has, manifestOf, want } from '../../support/field.ts';

const owner = has('Owner', { id: '1', type: 'ownerlookup', custom: false });
const risk = has('Risk', { id: '2', length: 50 });
const rest = [owner, risk, has('Unrelated', { id: '3' })];
const wishes = [want('Risk', { length: 50 }), want('New_One', { label: 'New One' })];

function plan(fields: readonly LiveField[] = rest, wanted: readonly DesiredField[] = wishes): Plan {
  return makePlan(manifestOf(...wanted), [{ module: 'Deals', fields }], {});
}

function refresh(saved: Plan, fields: readonly LiveField[]): Plan {
  return refreshPlan(saved, [{ module: 'Deals', fields }]);
}

function refusal(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A saved plan as a forger sees it. */
type Body = Record<'modules', Record<string, unknown>[]> &
  Record<'manifest', object> &
  Record<string, unknown>;

/** The text with the digest that belongs to it: anybody can compute one. */
function resealed(body: unknown): string {
  const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return `${JSON.stringify({ ...(body as object), sha256 }, null, 2)}\n`;
}

function firstModule(body: Body, changes: object): unknown {
  return { ...body, modules: [{ ...body.modules[0], ...changes }] };
}

function relabelled(body: Body): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll('New One', 'Newer One')) as unknown;
}

function reordered(text: string): string {
  const { kind, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return `${JSON.stringify({ ...rest, kind }, null, 2)}\n`;
}

function nested(text: string): string {
  return text.replace('"modules": [', `"deep": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "modules": [`);
}

describe('a saved plan', () => {
  it('comes back as the same value, but for what it does not rest on', () => {
    const made = plan();
    const back = parsePlan(serialisePlan(made), 'deals.plan');
    expect(back).toEqual({
      ...made,
      summary: { ...made.summary, unmanaged: 0 },
      modules: made.modules.map((module) => ({ ...module, unmanaged: [], capacity: [] })),
    });
  });

  it('holds what is to be done, and not what was written about it', () => {
    const wish = { ...want('New_One'), description: 'For the people of the portal' };
    expect(serialisePlan(plan(rest, [wish]))).not.toContain('portal');
  });

  it('is the same text for the same plan', () => {
    expect(serialisePlan(plan())).toBe(serialisePlan(plan([...rest].reverse())));
  });

  it('is known from other JSON', () => {
    expect(looksLikePlan(serialisePlan(plan()))).toBe(true);
    for (const text of ['', '{}', '[]', 'module: Deals', '{"kind":"plan"}'])
      expect(looksLikePlan(text)).toBe(false);
  });

  it.each<[string, (whole: string) => string, string]>([
    ['no JSON', () => 'module: Deals', 'not-a-plan'],
    ['the JSON of a plan screen', () => '{"kind":"plan","format_version":"1.0"}', 'not-a-plan'],
    ['a newer version', (whole) => whole.replace('"1.0"', '"1.1"'), 'plan-version'],
    ['no version', () => '{"kind":"saved-plan"}', 'plan-version'],
    ['one changed value', (whole) => whole.replace('"length": 50', '"length": 51'), 'plan-damaged'],
    ['one changed action', (whole) => whole.replace('"create"', '"in_sync"'), 'plan-damaged'],
    ['half of it', (whole) => whole.slice(0, 400), 'not-a-plan'],
    ['the line ends of another system', (whole) => whole.replaceAll('\n', '\r\n'), 'plan-damaged'],
    ['a byte-order mark', (whole) => `\ufeff${whole}`, 'not-a-plan'],
    ['a key twice', (whole) => whole.replace('{', '{"plan_id": "x",'), 'plan-damaged'],
    ['keys in another order', (whole) => reordered(whole), 'plan-damaged'],
    ['a nest without an end', (whole) => nested(whole), 'plan-damaged'],
  ])('with %s is refused', (_, change, code) => {
    const problem = refusal(() => parsePlan(change(serialisePlan(plan())), 'deals.plan'));
    expect([problem.kind, problem.diagnostics[0]?.code]).toEqual(['invalid', code]);
  });

  it.each<[string, (body: Body) => unknown]>([
    ['the id of another plan', (body) => ({ ...body, plan_id: '2222-3333' })],
    ['the digest of another plan', (body) => ({ ...body, digest: 'f'.repeat(64) })],
    ['an intent that was put into it', (body) => relabelled(body)],
    ['an organisation that was put into it', (body) => firstModule(body, { anchors: ['99'] })],
    ['no modules', ({ modules: _modules, ...body }) => body],
    ['a module that is none', (body) => ({ ...body, modules: [null] })],
    ['ids that are numbers', (body) => firstModule(body, { anchors: [1] })],
    ['an entry that is none', (body) => firstModule(body, { entries: ['Risk'] })],
    ['no manifest', (body) => ({ ...body, manifest: 'fields.yaml' })],
    ['a key that no plan has', (body) => ({ ...body, manifest: { ...body.manifest, extra: [] } })],
  ])('with %s is refused, no matter who made the digest', (_, change) => {
    const { sha256: _sha256, ...body } = JSON.parse(serialisePlan(plan())) as Body & { sha256: string };
    const problem = refusal(() => parsePlan(resealed(change(body)), 'deals.plan'));
    expect([problem.kind, problem.diagnostics[0]?.code]).toEqual(['invalid', 'plan-damaged']);
  });

  it('is believed under its digest and its own id', () => {
    const { sha256: _sha256, ...body } = JSON.parse(serialisePlan(plan())) as Body & { sha256: string };
    expect(resealed(body)).toBe(serialisePlan(plan()));
  });

  it('says in words which version it is of', () => {
    const text = serialisePlan(plan()).replace('"1.0"', '"2.0"');
    expect(refusal(() => parsePlan(text, 'deals.plan')).message).toContain('format version 2.0');
  });
});

describe('a reader of a plan that is refused', () => {
  const told = (text: string) => {
    const { kind, diagnostics } = refusal(() => parsePlan(text, 'deals.plan'));
    return { kind, ...diagnostics[0] };
  };

  it('learns what the file is instead', () => {
    expect(told('module: Deals')).toEqual({
      kind: 'invalid',
      severity: 'error',
      code: 'not-a-plan',
      message: 'deals.plan is not a plan that "zoho-fields plan --out" wrote.',
      remedy:
        'Give a saved plan, or leave it out to plan and apply a manifest: zoho-fields apply -f deals.plan',
    });
    expect(told('{"kind":"saved-plan","format_version":{"a":1}}').message).toBe(
      'deals.plan is a plan of format version {"a":1}; this version of zoho-fields reads 1.0.',
    );
  });

  it('learns what is wrong with it', () => {
    const text = serialisePlan(plan());
    expect(told(text.replace('"length": 50', '"length": 51'))).toMatchObject({
      message: 'deals.plan was changed or cut after it was written.',
      remedy: 'Plan again: zoho-fields plan --out FILE',
    });
    const { sha256: _sha256, ...body } = JSON.parse(text) as Body & { sha256: string };
    expect(told(resealed({ ...body, manifest: 'fields.yaml' })).message).toBe(
      'deals.plan does not hold what a plan holds.',
    );
    expect(told(resealed(firstModule(body, { anchors: ['99'] }))).message).toMatch(
      /^deals\.plan bears the id or the digest of another plan: what it would do is plan [2-9A-Z]{4}-[2-9A-Z]{4}\.$/,
    );
  });

  it('learns no more than that where it is nested deeper than any plan that was ever saved', () => {
    const deep = Array.from({ length: 200 }).reduce<unknown>((inner) => ({ inner }), 'x');
    const { sha256: _sha256, ...body } = JSON.parse(serialisePlan(plan())) as Body & { sha256: string };
    const fields = body.modules[0]?.['entries'] as readonly Record<string, unknown>[];
    const entries = [{ ...fields[0], differences: [{ key: 'a', want: deep, live: 1, permanent: false }] }];
    expect(told(resealed(firstModule(body, { entries }))).message).toContain('was changed or cut');
  });
});

describe('what a person is told of a plan that no longer fits', () => {
  const told = (saved: Plan, now: readonly LiveField[]) =>
    refusal(() => refresh(saved, now)).diagnostics.map(({ code, message }) => [code, message]);

  it('is the plan, the field, and what it was and is', () => {
    const saved = plan([owner, risk], wishes);
    const id = saved.plan_id;
    expect(told(saved, [owner])).toEqual([
      [
        'plan-stale',
        `Zoho changed after plan ${id} was made: Deals.Risk was there as declared and is now missing.`,
      ],
    ]);
    expect(told(saved, [owner, { ...risk, wire: { length: 40 } }])).toEqual([
      [
        'plan-stale',
        `Zoho changed after plan ${id} was made: Deals.Risk was there as declared and is now there but different.`,
      ],
    ]);
    const [made] = refusal(() =>
      refresh(saved, [owner, risk, has('New_One', { type: 'email' })]),
    ).diagnostics;
    expect(made).toEqual({
      severity: 'error',
      code: 'plan-stale',
      message: `Zoho changed after plan ${id} was made: Deals.New_One was missing and is now in conflict. The manifest says text, Zoho has email, and Zoho never changes the data type of a field.`,
      remedy: 'Plan again, look at the new plan, and apply that one.',
    });
  });

  it('is that it is not in the same way, where the word for it stayed', () => {
    const saved = plan([owner, { ...risk, wire: { length: 40 } }], [wishes[0] ?? expect.fail()]);
    expect(told(saved, [owner, { ...risk, wire: { length: 41 } }])).toEqual([
      [
        'plan-stale',
        `Zoho changed after plan ${saved.plan_id} was made: Deals.Risk is still there but different, but not in the same way.`,
      ],
    ]);
  });

  it('is that a conflict became another one', () => {
    const saved = plan([owner, has('Other', { id: '5', label: 'New One' })], [want('New_One')]);
    expect(told(saved, [owner, has('new_one', { id: '6', label: 'x' })])[0]?.[1]).toMatch(
      /is still in conflict, but not in the same way\. Zoho has the custom field new_one/,
    );
    expect(refresh(saved, [owner, has('Else', { id: '6', label: 'New One' })]).summary.conflict).toBe(1);
  });

  it('is whose fields are gone, where it is another organisation or was changed a lot', () => {
    const saved = plan([owner, has('Stage', { id: '5', custom: false })], [want('New_One')]);
    const id = saved.plan_id;
    expect(refusal(() => refresh(saved, [owner])).diagnostics).toEqual([
      {
        severity: 'error',
        code: 'plan-stale',
        message: `Fields of Deals that plan ${id} relied on are gone.`,
        remedy: 'Plan again, look at the new plan, and apply that one.',
      },
    ]);
    expect(refusal(() => refresh(saved, [])).diagnostics).toEqual([
      {
        severity: 'error',
        code: 'other-organisation',
        message: `Plan ${id} was made for another organisation: none of its Deals fields has an id that the plan knows.`,
        remedy: 'Check the credentials and the data centre, or plan again for this organisation.',
      },
    ]);
  });

  it('is of each module what is wrong there', () => {
    const contact = has('Email', { id: '8', custom: false });
    const modules = ['Deals', 'Contacts'].map((module) => ({ module, fields: [want('New_One')] }));
    const live = [
      { module: 'Deals', fields: [owner] },
      { module: 'Contacts', fields: [contact] },
    ];
    const saved = makePlan({ ...manifestOf(), modules }, live, {});
    expect(refreshPlan(saved, live)).toEqual(saved);
    const now = [live[0] ?? expect.fail(), { module: 'Contacts', fields: [] }];
    expect(refusal(() => refreshPlan(saved, now)).diagnostics.map((one) => one.code)).toEqual([
      'other-organisation',
    ]);
  });
});

describe('holding a saved plan against the organisation as it is now', () => {
  it('finds it fitting when nothing moved', () => {
    const saved = plan();
    expect(refresh(saved, rest)).toEqual(saved);
  });

  it('counts what was created meanwhile exactly as planned as done', () => {
    const saved = plan();
    const now = refresh(saved, [...rest, has('New_One', { label: 'New One' })]);
    expect(now.modules[0]?.entries.map((entry) => entry.action)).toEqual(['in_sync', 'in_sync']);
    expect(now.plan_id).toBe(saved.plan_id);
  });

  it('does not mind fields that it has nothing to do with', () => {
    expect(refresh(plan(), [owner, risk, has('Another', { id: '9' })]).summary.create).toBe(1);
  });

  it.each<[string, readonly LiveField[]]>([
    ['a field to create is there with another type', [...rest, has('New_One', { type: 'email' })]],
    ['a field to create is there with another label', [...rest, has('New_One', { label: 'Newer One' })]],
    ['the label was taken by another field', [...rest, has('Other', { label: 'New One' })]],
    ['a field of that name in another case appeared', [...rest, has('new_one', { label: 'x' })]],
    ['a field in sync was deleted', [owner]],
    ['a field in sync was made anew', [owner, has('Risk', { id: '7', length: 50 })]],
    ['a field in sync was changed', [owner, { ...risk, wire: { length: 40 } }]],
    ['a field in sync was renamed', [owner, { ...risk, field_label: 'X', display_label: 'X' }]],
    ['a field in sync was taken out of its layouts', [owner, { ...risk, used: false }]],
    [
      'it is another organisation',
      [has('Owner', { id: '8', custom: false }), has('Risk', { id: '9', length: 50 })],
    ],
    ['another organisation has nothing', []],
  ])('refuses it when %s', (_, now) => {
    expect(refusal(() => refresh(plan(), now)).kind).toBe('stale');
  });

  it('refuses it when only some of what it knew the organisation by is gone', () => {
    const saved = plan([owner, has('Stage', { id: '5', custom: false })], [want('New_One')]);
    expect(refusal(() => refresh(saved, [owner])).diagnostics.map((one) => one.code)).toEqual(['plan-stale']);
  });

  it('refuses it when the module was not read at all', () => {
    expect(refusal(() => refreshPlan(plan(), [])).kind).toBe('stale');
  });

  it('calls another organisation by its name', () => {
    const problem = refusal(() =>
      refresh(plan([owner], [want('New_One')]), [has('Owner', { id: '8', custom: false })]),
    );
    expect(problem.diagnostics.map((one) => one.code)).toEqual(['other-organisation']);
  });

  it('refuses when drift is another drift, or gone', () => {
    const drifting = plan([owner, { ...risk, wire: { length: 40 } }]);
    expect(refusal(() => refresh(drifting, [owner, { ...risk, wire: { length: 41 } }])).message).toContain(
      'not in the same way',
    );
    expect(refusal(() => refresh(drifting, [owner, risk])).message).toContain('is now there as declared');
  });

  it('tells every field that moved', () => {
    expect(
      refusal(() => refresh(plan(), [owner, has('New_One', { type: 'email' })])).diagnostics,
    ).toHaveLength(2);
  });

  it('keeps ids that were looked up when the plan was made', () => {
    const wish = want('Source', { type: 'picklist', global_picklist: { api_name: 'Sources' } });
    const saved = makePlan(manifestOf(wish), [{ module: 'Deals', fields: [owner] }], {
      globalPicklists: new Map([['Sources', '77']]),
    });
    expect(intent(saved).modules[0]?.fields[0]?.declared).toEqual({
      global_picklist: { api_name: 'Sources', id: '77' },
    });
    expect(refresh(saved, [owner]).summary.create).toBe(1);
  });
});
