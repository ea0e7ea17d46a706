import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/apply/apply-plan.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import type { DesiredField } from '../../src/model/manifest.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { labelAtCreation } from '../../src/plan/creation-label.ts';
import { parsePlan, serialisePlan } from '../../src/plan/saved-plan.ts';
import { refreshPlan } from '../../src/plan/refresh.ts';
import { visible } from '../../src/model/visible.ts';
import { jsonText } from '../../src/report/media/escape.ts';
import { has, manifestOf, want } from '../support/field.ts';
import { lost, ScriptedZoho } from '../support/scripted-zoho.ts';

const name = fc.stringMatching(/^[A-Z][a-z]{0,3}(_[A-Z][a-z]{0,2})?$/);
const label = fc.oneof(
  name.map((text) => text.replaceAll('_', ' ')),
  fc.constantFrom('Risiko', 'Größe', '金額', "Partner's Name", 'A (B)'),
);

/** Declared fields with names and labels that differ, as validation guarantees. */
const wishes = fc
  .uniqueArray(
    fc.record({ name, label, length: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }) }),
    {
      maxLength: 13,
      selector: (one) => one.name.toLowerCase(),
    },
  )
  .map((list) => {
    const taken = new Set<string>();
    return list.flatMap((one) => {
      if (taken.has(one.label.toLowerCase())) return [];
      taken.add(one.label.toLowerCase());
      return [
        want(one.name, { label: one.label, ...(one.length === undefined ? {} : { length: one.length }) }),
      ];
    });
  });

const live = fc
  .uniqueArray(
    fc.record({ name, custom: fc.boolean(), used: fc.boolean(), length: fc.integer({ min: 1, max: 9 }) }),
    // No module is without fields.
    {
      minLength: 1,
      maxLength: 8,
      selector: (one) => one.name.toLowerCase(),
    },
  )
  .map((list) => list.map((one, index) => has(one.name, { ...one, id: String(1000 + index) })));

function plan(fields: readonly DesiredField[], there: readonly LiveField[]) {
  return makePlan(manifestOf(...fields), [{ module: 'Deals', fields: there }], {});
}

describe('laws of planning', () => {
  it('every declared field has exactly one verdict, in the order of the manifest', () => {
    fc.assert(
      fc.property(wishes, live, (wanted, there) => {
        const { summary, modules } = plan(wanted, there);
        expect(modules[0]?.entries.map((entry) => entry.field.api_name)).toEqual(
          wanted.map((field) => field.api_name),
        );
        expect(summary.create + summary.in_sync + summary.drift + summary.conflict).toBe(wanted.length);
      }),
    );
  });

  it('the order in which Zoho lists its fields changes nothing', () => {
    fc.assert(
      fc.property(wishes, live, (wanted, there) => {
        expect(serialisePlan(plan(wanted, [...there].reverse()))).toBe(serialisePlan(plan(wanted, there)));
      }),
    );
  });

  it('a saved plan comes back whole and fits what it was made from', () => {
    fc.assert(
      fc.property(wishes, live, (wanted, there) => {
        const made = plan(wanted, there);
        const back = parsePlan(serialisePlan(made), 'x');
        expect(refreshPlan(back, [{ module: 'Deals', fields: there }])).toEqual(made);
      }),
    );
  });

  it('what is created under its API name as label derives to that name in every Zoho', () => {
    fc.assert(
      fc.property(wishes, (wanted) => {
        for (const field of wanted) expect(labelAtCreation(field).replaceAll(' ', '_')).toBe(field.api_name);
      }),
    );
  });
});

describe('laws of applying', () => {
  const world = fc.constantFrom<ScriptedZoho['world'][]>('honour', 'ignore', 'reject');

  it('after it there is nothing left to create, nothing is there twice, and nothing old was touched', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, live, world, async (wanted, there, which) => {
        const zoho = new ScriptedZoho(...there);
        zoho.world = which;
        const made = plan(wanted, there);
        const report = await applyPlan(made, [{ module: 'Deals', fields: there }], zoho.ports);
        expect(report.fields.filter((field) => field.outcome === 'created')).toHaveLength(
          made.summary.create,
        );
        expect(plan(wanted, zoho.fields).summary.create).toBe(0);
        expect(new Set(zoho.fields.map((field) => field.api_name)).size).toBe(zoho.fields.length);
        expect(zoho.fields.slice(0, there.length)).toEqual(there);
        expect(zoho.posts.every((post) => post.length <= 5)).toBe(true);
      }),
    );
  });

  it('whatever answers are lost, before or after the work, no field is made twice and none is claimed in vain', async () => {
    const fault = fc.array(fc.constantFrom('none', 'before', 'after', 'part'), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(wishes, world, fault, async (wanted, which, faults) => {
        const zoho = new ScriptedZoho();
        zoho.world = which;
        zoho.onPost = faults.map((kind) => (self, bodies) => {
          if (self.world === 'reject' && bodies.some((body) => 'api_name' in body)) {
            return { kind: 'refused', refusals: [{ code: 'INVALID_DATA', message: '', key: 'api_name' }] };
          }
          if (kind === 'none') return self.commit(bodies);
          if (kind !== 'before')
            self.commit(kind === 'part' ? bodies.slice(0, Math.ceil(bodies.length / 2)) : bodies);
          return lost;
        });
        const report = await applyPlan(plan(wanted, []), [], zoho.ports);
        const claimed = report.fields
          .filter((field) => field.outcome === 'created')
          .map((field) => field.entry.field.api_name);
        expect(zoho.fields.map((field) => field.api_name).toSorted()).toEqual([...claimed].toSorted());
      }),
    );
  });
});

describe('laws of output', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('##[error]x', '\u001b]0;x\u0007', '\u202eabc', '::set-output::', 'a\r\nb'),
  );

  it('text never holds a character that acts', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|##\[/u);
      }),
    );
  });

  it('JSON never does either, and loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary' })),
        fc.dictionary(anything, anything),
        (list, object) => {
          const value = { list, object: JSON.parse(JSON.stringify(object)) as object };
          const text = jsonText(value);
          expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u);
          expect(JSON.parse(text)).toEqual(value);
        },
      ),
    );
  });
});
