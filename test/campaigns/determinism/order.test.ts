import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { serialisePlan } from '../../../src/plan/saved-plan.ts';
import { duplicateWarnings } from '../../../src/plan/duplicates.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { rendersOf } from '../../unit/report/scenarios.ts';

/** Names and labels from a small pool, so that fields stand in each other's way as often as not. */
const name = fc.constantFrom('Risk', 'risk', 'Risks', 'RiskId', 'Risk_Level', 'Region', 'Stage', 'Owner');
const label = fc.constantFrom('Risk', 'RISK', 'Risk ID', 'Risk Level', 'Region', 'RiskId', 'Größe', '商談');
const type = fc.constantFrom('text', 'text', 'integer', 'autonumber');

const live = fc
  .array(
    fc.record({
      name,
      label,
      type,
      display: label,
      custom: fc.boolean(),
      used: fc.boolean(),
      length: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((list) =>
    list.map(({ name: api, ...fact }, index) => has(api, { ...fact, id: String(1000 + index) })),
  );

const wishes = fc
  .uniqueArray(fc.record({ name, label, length: fc.integer({ min: 1, max: 3 }), create: fc.boolean() }), {
    maxLength: 6,
    selector: (one) => one.name,
  })
  .map((list) => list.map(({ name: api, ...wish }) => want(api, wish)));

/** Everything that a person or a program gets to see of a plan. */
async function shown(
  fields: readonly DesiredField[],
  there: readonly LiveField[],
): Promise<readonly string[]> {
  const modules = [{ module: 'Deals', fields: there }];
  const plan = makePlan(manifestOf(...fields), modules, {});
  const diagnostics = duplicateWarnings(plan, modules, []);
  const renders = rendersOf(plan, { unmanaged: true, inSync: true, diagnostics });
  const texts = Object.values(renders).map(async (render) => render());
  return [serialisePlan(plan), ...(await Promise.all(texts))];
}

describe('the order in which Zoho lists its fields', () => {
  it('changes nothing in any format, even where many fields stand in the way of one', async () => {
    await fc.assert(
      fc.asyncProperty(
        wishes,
        live.chain((there) => fc.tuple(fc.constant(there), shuffled(there))),
        async (wanted, [there, other]) => {
          expect(await shown(wanted, other)).toEqual(await shown(wanted, there));
        },
      ),
      { numRuns: 150 },
    );
  });
});

function shuffled(list: readonly LiveField[]): fc.Arbitrary<readonly LiveField[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}
