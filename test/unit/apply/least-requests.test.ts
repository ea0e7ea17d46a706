import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { ScriptedZoho } from '../../support/scripted-zoho.ts';

/** Every one up to a few packages, then in turns: each number up to 500 is told with one of the shares. */
const countsOf = (turn: number): readonly number[] =>
  Array.from({ length: 501 }, (_, count) => count).filter((count) => count <= 16 || count % 3 === turn);

/** Of which fields the label is set later: their API name does not follow from it (sheet §3.6). */
const SHARES: readonly (readonly [string, number, (index: number) => boolean])[] = [
  ['none', 0, () => false],
  ['every third', 1, (index) => index % 3 === 0],
  ['each', 2, () => true],
];

describe('an apply to which Zoho answers at once', () => {
  it.each(SHARES)(
    'takes the fewest requests for 0 to 500 fields of which %s is labelled later',
    async (_, turn, isLate) => {
      for (const count of countsOf(turn)) {
        const wishes = Array.from({ length: count }, (__, index) =>
          want(`Field_${index}`, { label: isLate(index) ? `№ ${index}` : `Field ${index}` }),
        );
        const zoho = new ScriptedZoho(has('Deal_Name', { custom: false }));
        const live = [{ module: 'Deals', fields: zoho.planned() }];
        const report = await applyPlan(makePlan(manifestOf(...wishes), live, {}), live, zoho.ports);
        const late = wishes.filter((___, index) => isLate(index)).length;
        expect({
          created: report.fields.filter(({ outcome }) => outcome === 'created').length,
          posts: zoho.posts.length,
          patches: zoho.patches.length,
          // One shows what was made, and one more the labels that were set after it.
          reads: zoho.reads,
          waits: zoho.waits.length,
        }).toEqual({
          created: count,
          posts: Math.ceil(count / 5),
          patches: Math.ceil(late / 5),
          reads: Math.sign(count) + Math.sign(late),
          waits: 0,
        });
      }
    },
  );
});
