import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../../src/apply/outcome.ts';
import type { ItemAnswer, WriteAnswer } from '../../../src/apply/ports.ts';
import { textOf, type JsonObject } from '../../../src/model/json.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { problem } from '../../../src/model/problem.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { lost, ScriptedZoho, unreachable, type Script } from '../../support/scripted-zoho.ts';

/*
 * Wrong answers of a whole kind each, over a Zoho that lets every name be taken twice: nothing but this tool stands between
 * the customer and duplicates there. That nothing foreign is changed, and nothing sent again unseen, `ScriptedZoho` itself
 * watches.
 */

async function apply(zoho: ScriptedZoho, ...wishes: readonly DesiredField[]): Promise<ApplyReport> {
  const live = [{ module: 'Deals', fields: [...zoho.fields] }];
  return applyPlan(makePlan(manifestOf(...wishes), live, {}), live, zoho.ports);
}

const late = ['Risk', 'Team', 'Case', 'Size'].map((name) => want(`${name}Id`, { label: `${name} ID` }));
const names = late.map((wish) => wish.api_name);
const yes = (id: string): ItemAnswer => ({ status: 'success', id });
const made = (zoho: ScriptedZoho, before: number): readonly string[] =>
  zoho.fields.slice(before).map((field) => `${field.api_name} "${field.field_label}"`);
const outcomes = (report: ApplyReport): readonly string[] => report.fields.map(({ outcome }) => outcome);

function permutations<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, index) =>
    permutations(list.filter((_, other) => other !== index)).map((rest) => [one, ...rest]),
  );
}

describe("a creation's answer that names the id of a field that was there", () => {
  const there: readonly LiveField[] = [
    has('Deal_Name', { custom: false }),
    has('Partner', { type: 'lookup' }),
    has('Risk_By_Hand', { label: 'Risk ID (old)' }),
    has('Archived', { used: false }),
  ];
  const cases = there.flatMap(({ id, api_name }) =>
    (['honour', 'ignore', 'reject'] as const).flatMap((world) =>
      [0, 1, 2].map((place) => ({ id, api_name, world, place })),
    ),
  );

  it.each(cases)(
    '$api_name, in place $place, where Zoho would $world api_name',
    async ({ id, world, place }) => {
      const zoho = new ScriptedZoho(...there);
      zoho.world = world;
      const foreign: Script = (self, bodies) => {
        const answer = self.commit(bodies);
        if (answer.kind !== 'answered') return answer;
        return {
          kind: 'answered',
          items: answer.items.map((item, index) => (index === place ? yes(id) : item)),
        };
      };
      const refuse: Script = () => ({
        kind: 'refused',
        refusals: [{ code: 'INVALID_DATA', message: '', key: 'api_name', item: 0, path: ['api_name'] }],
      });
      zoho.onPost = world === 'reject' ? [refuse, foreign] : [foreign];
      const report = await apply(zoho, ...late.slice(0, 3));
      expect(outcomes(report)).toEqual(['created', 'created', 'created']);
      expect(zoho.fields.slice(0, there.length)).toEqual(there);
      expect(report.fields.map((field) => field.id)).toEqual(
        zoho.fields.slice(there.length).map((one) => one.id),
      );
      expect(made(zoho, there.length)).toEqual(
        late.slice(0, 3).map((one) => `${one.api_name} "${one.field_label}"`),
      );
      expect(zoho.posts).toHaveLength(world === 'reject' ? 2 : 1);
    },
  );

  it.each<[string, (ids: readonly string[]) => string]>([
    ['no field that is listed', () => '404'],
    ['a sister', (ids) => ids[1] ?? ''],
    ['a field that someone makes in that moment', () => '777'],
  ])('or of %s: what live shows decides', async (_, idOf) => {
    const zoho = new ScriptedZoho(...there);
    zoho.onPost = [
      (self, bodies) => {
        self.fields.push(has('Theirs', { id: '777' }));
        const ids = bodies.map((body) => self.make(body));
        return { kind: 'answered', items: ids.map((id, index) => yes(index === 0 ? idOf(ids) : id)) };
      },
    ];
    const report = await apply(zoho, ...late);
    expect(outcomes(report)).toEqual(late.map(() => 'created'));
    expect(made(zoho, there.length)).toContain('Theirs "Theirs"');
    expect(zoho.posts).toHaveLength(1);
  });
});

describe('results in any order', () => {
  /** The answer to a creation of which some items were refused, in another order, with or without places. */
  function answerOf(
    zoho: ScriptedZoho,
    bodies: readonly JsonObject[],
    how: { readonly refused: number; readonly order: readonly number[]; readonly places: boolean },
  ): WriteAnswer {
    const items = bodies.map((body, index): ItemAnswer => {
      if ((how.refused & (1 << index)) === 0) return yes(zoho.make(body));
      const code = index % 2 === 0 ? 'LIMIT_EXCEEDED' : 'NOT_ALLOWED';
      return { status: 'error', refusal: { code, message: '', ...(how.places ? { item: index } : {}) } };
    });
    return { kind: 'answered', items: how.order.flatMap((index) => items[index] ?? []) };
  }

  it.each([true, false])(
    'belong to the fields that live shows (told apart by places: %s)',
    async (places) => {
      for (const order of permutations([0, 1, 2, 3])) {
        for (let refused = 0; refused < 15; refused += 1) {
          const zoho = new ScriptedZoho(has('Partner'));
          let posts = 0;
          const answer: Script = (self, bodies) => {
            posts += 1;
            const which = bodies.map((body) => names.indexOf(textOf(body['field_label'])));
            const rest = bodies.length < 4;
            const bits = which.reduce((sum, one, index) => sum + (((refused >> one) & 1) << index), 0);
            return answerOf(self, bodies, {
              refused: bits,
              order: rest ? bodies.map((_, index) => index) : order,
              places,
            });
          };
          zoho.onPost = Array.from({ length: 9 }, () => answer);
          const report = await apply(zoho, ...late);
          const wanted = late.map((_, index) => ((refused & (1 << index)) === 0 ? 'created' : 'failed'));
          expect(outcomes(report), `${order.join()} ${refused}`).toEqual(wanted);
          const labels = late.filter((_, index) => wanted[index] === 'created');
          expect([...made(zoho, 1)].sort()).toEqual(
            labels.map((one) => `${one.api_name} "${one.field_label}"`).sort(),
          );
          expect(posts).toBeLessThanOrEqual(5);
        }
      }
    },
  );
});

describe('a creation that Zoho denied', () => {
  const CODES = [
    'INVALID_DATA',
    'LIMIT_EXCEEDED',
    'INVALID_MODULE',
    'MANDATORY_NOT_FOUND',
    'TOO_MANY_REQUESTS',
    'INVALID_TOKEN',
    'OAUTH_SCOPE_MISMATCH',
    'NO_PERMISSION',
    'REQUEST_TIMEOUT',
    'CONFLICT',
    'SOMETHING_NEW',
    'DENIED',
  ];
  const denials = CODES.flatMap((code): WriteAnswer[] => {
    const message = code.toLowerCase();
    const again = ['TOO_MANY_REQUESTS', 'INVALID_TOKEN'].includes(code) ? { againMs: 0 } : {};
    const access = ['OAUTH_SCOPE_MISMATCH', 'NO_PERMISSION', 'DENIED'].includes(code)
      ? { problem: problem('credentials', 'denied', 'no') }
      : {};
    const more = { ...again, ...access };
    return [
      { kind: 'refused', refusals: [{ code, message }], ...more },
      {
        kind: 'refused',
        refusals: [{ code, message, item: 0, key: 'field_label', path: ['field_label'] }],
        ...more,
      },
      {
        kind: 'refused',
        refusals: [{ code, message, item: 0, key: 'api_name', path: ['api_name'] }],
        ...more,
      },
    ];
  });
  const wishes = [late[0], want('Plain'), late[1]].flatMap((wish) => wish ?? []);
  const cases = denials.flatMap((denial) =>
    [0, 1, 2, 3].flatMap((done) => [1, 2].map((times) => ({ denial, done, times }))),
  );

  it.each(cases)('with $denial.refusals.0, $done of three done, $times times in a row', async (told) => {
    const { denial, done, times } = told;
    const zoho = new ScriptedZoho(has('Partner'));
    const deny: Script = (self, bodies) => (self.commit(bodies.slice(0, done)), denial);
    zoho.onPost = Array.from({ length: times }, () => deny);
    const report = await apply(zoho, ...wishes);

    const there = zoho.fields.slice(1).map((field) => field.api_name);
    expect(new Set(there).size, 'nothing is there twice').toBe(there.length);
    for (const { outcome, entry, code } of report.fields) {
      const { api_name, field_label } = entry.field;
      const field = zoho.fields.find((one) => one.api_name === api_name);
      expect(outcome === 'created', `${api_name}: ${outcome} ${code ?? ''}`).toBe(field !== undefined);
      if (field !== undefined) expect(field.field_label).toBe(field_label);
    }
    if (done === 3) expect(zoho.posts, 'all was done: nothing is sent again').toHaveLength(1);
  });

  it.each(['REQUEST_TIMEOUT', 'CONFLICT', 'SOMETHING_NEW'])(
    'with %s, which Zoho does not document, was lost: what live does not show is sent once more',
    async (code) => {
      const zoho = new ScriptedZoho();
      zoho.onPost = [() => ({ kind: 'refused', refusals: [{ code, message: '' }] })];
      expect(outcomes(await apply(zoho, want('Plain')))).toEqual(['created']);
      expect(zoho.asked).toEqual(['POST plain', 'GET', 'POST plain', 'GET']);
      expect(zoho.waits).toEqual([5000]);
    },
  );

  it('is told with the code that Zoho insists on, and does not end the run where others fare better', async () => {
    const zoho = new ScriptedZoho();
    const insist: Script = (self, bodies) =>
      bodies.some((body) => body['field_label'] === 'Plain')
        ? { kind: 'refused', refusals: [{ code: 'SOMETHING_NEW', message: '' }] }
        : self.commit(bodies);
    zoho.onPost = Array.from({ length: 9 }, () => insist);
    const report = await apply(zoho, want('One'), want('Plain'), want('Two'));
    expect(report.fields.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['created', undefined],
      ['failed', 'SOMETHING_NEW'],
      ['created', undefined],
    ]);
    expect(report.problem).toBeUndefined();
  });

  it('again and again in words that nobody knows ends the run with those words', async () => {
    const zoho = new ScriptedZoho();
    const deny: Script = () => ({ kind: 'refused', refusals: [{ code: 'SOMETHING_NEW', message: 'no' }] });
    zoho.onPost = Array.from({ length: 9 }, () => deny);
    const report = await apply(zoho, ...late, want('Plain'), want('More'));
    expect(report.fields.map(({ code }) => code).filter((code) => code !== undefined)).toEqual([
      'SOMETHING_NEW',
      'SOMETHING_NEW',
    ]);
    expect(report.problem?.message).toContain('SOMETHING_NEW');
    expect(zoho.posts).toHaveLength(3);
  });
});

describe('a field that is there exactly as declared and was not there before', () => {
  it.each(['LIMIT_EXCEEDED', 'INVALID_DATA', 'SOMETHING_NEW'])(
    'is created, whatever code its result carried: %s',
    async (code) => {
      const zoho = new ScriptedZoho();
      zoho.onPost = [
        (self, [one, two]) => {
          const id = self.make(one ?? {});
          self.make(two ?? {});
          return {
            kind: 'answered',
            items: [yes(id), { status: 'error', refusal: { code, message: '', item: 1 } }],
          };
        },
      ];
      const report = await apply(zoho, want('One'), ...late.slice(0, 1));
      expect(outcomes(report)).toEqual(['created', 'created']);
      expect(report.fields[1]?.reasons).toMatchObject([{ code: 'created-all-the-same' }]);
      expect(made(zoho, 0)).toEqual(['One "One"', 'RiskId "Risk ID"']);
    },
  );
});

describe('a creation of which live cannot say what came of it', () => {
  it.each<[string, WriteAnswer]>([
    [
      'INVALID_DATA',
      {
        kind: 'refused',
        refusals: [{ code: 'INVALID_DATA', message: '', item: 0, path: ['api_name'] }],
      },
    ],
    ['INVALID_MODULE', { kind: 'refused', refusals: [{ code: 'INVALID_MODULE', message: '' }] }],
  ])('is told as open, with the denial %s', async (code, denial) => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [() => denial];
    zoho.onRead = [() => unreachable];
    const report = await apply(zoho, want('Plain'));
    expect(report.fields[0]).toMatchObject({ outcome: 'failed', code: 'NO_ANSWER' });
    expect(report.fields[0]?.reasons[0]?.message).toMatch(new RegExp(`${code}.*may exist or not`));
    expect([zoho.posts.length, report.problem?.kind]).toEqual([1, 'unreachable']);
  });

  it('is created without a word about answers once live shows it after all', async () => {
    const zoho = new ScriptedZoho();
    zoho.onPost = [
      (self, bodies) => (self.commit(bodies), lost),
      () => ({
        kind: 'answered',
        items: [{ status: 'error', refusal: { code: 'DUPLICATE_DATA', message: '' } }],
      }),
    ];
    zoho.onRead = [() => []];
    expect((await apply(zoho, want('Plain'))).fields).toMatchObject([{ outcome: 'created', reasons: [] }]);
  });
});

describe('a duplicate of which the list shows no holder', () => {
  const refuse =
    (more: object): Script =>
    () => ({
      kind: 'answered',
      items: [
        { status: 'error', refusal: { code: 'DUPLICATE_DATA', message: '', remedy: 'Look.', ...more } },
      ],
    });

  it.each([{}, { key: 'api_name' }, { key: 'field_label' }])(
    'is told with a way out that is not the same again (%j)',
    async (more) => {
      const zoho = new ScriptedZoho(has('Partner'));
      zoho.onPost = [refuse(more)];
      const [field] = (await apply(zoho, ...late.slice(0, 1))).fields;
      expect(field).toMatchObject({ outcome: 'failed', code: 'DUPLICATE_DATA' });
      expect(field?.reasons[0]?.remedy).toMatch(/"RiskId".*same way.*choose another api_name/s);
    },
  );

  it('keeps its own advice where it is about an option or a related list', async () => {
    const zoho = new ScriptedZoho(has('Partner'));
    zoho.onPost = [refuse({ key: 'display_label' })];
    const [field] = (await apply(zoho, ...late.slice(0, 1))).fields;
    expect(field?.reasons[0]?.remedy).toBe('Look.');
  });
});
