import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../../src/apply/outcome.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { Problem } from '../../../src/model/problem.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { ScriptedZoho, unreachable } from '../../support/scripted-zoho.ts';

/*
 * A probe has shown that names are kept, so that labels are sent at once: the names of the first five fields are read before
 * more are sent so, because a name that was made of a label stays for ever.
 */

const DEAL = has('Deal_Name', { custom: false, custom_field: false });
const STAGE = has('Stage', { custom: false, custom_field: false });
const wishes = Array.from({ length: 8 }, (_, index) => want(`Part${index}Id`, { label: `Part ${index} ID` }));

async function apply(zoho: ScriptedZoho, modules: readonly string[] = ['Deals']): Promise<ApplyReport> {
  const manifest = {
    ...manifestOf(...wishes),
    modules: modules.map((module) => ({ module, fields: wishes })),
  };
  const live = modules.map((module) => ({ module, fields: [...zoho.fields] }));
  return applyPlan(makePlan(manifest, live, { keepsNames: true }), live, zoho.ports);
}

const outcomes = (report: ApplyReport): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { outcome } of report.fields) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

type Read = (zoho: ScriptedZoho) => readonly LiveField[] | Problem;
const fails: Read = () => unreachable;
const lacksStage: Read = ({ fields }) => fields.filter(({ id }) => id !== STAGE.id);
const lags: Read = () => [DEAL, STAGE];

describe('names that a probe has shown to be kept', () => {
  it.each<[string, readonly Read[]]>([
    ['fails', [fails]],
    ['lacks a field that was there', [lacksStage, lacksStage, lacksStage, lacksStage]],
  ])('are not relied on any further where the read that is to prove them %s', async (_, reads) => {
    const zoho = new ScriptedZoho(DEAL, STAGE);
    zoho.onRead = [...reads];
    const report = await apply(zoho, ['Deals', 'Leads']);
    expect(zoho.posts.map((bodies) => bodies.length)).toEqual([5]);
    expect(zoho.patches).toEqual([]);
    // The read-back went well, so that what was created is told as such.
    expect(outcomes(report)).toEqual({ created: 5, not_attempted: 11 });
    expect(report.problem?.kind).toBe('unreachable');
  });

  it('are not relied on any further where a read fails for good: what was created is told, and not how', async () => {
    const zoho = new ScriptedZoho(DEAL, STAGE);
    zoho.onRead = Array.from({ length: 20 }, () => fails);
    const report = await apply(zoho);
    expect(zoho.posts).toHaveLength(1);
    expect(outcomes(report)).toEqual({ created: 5, not_attempted: 3 });
    expect(report.problem?.kind).toBe('unreachable');
  });

  it('are not relied on where a read does not show the fields yet: the others get theirs from labels', async () => {
    const zoho = new ScriptedZoho(DEAL, STAGE);
    zoho.onRead = [lags];
    const report = await apply(zoho);
    expect(outcomes(report)).toEqual({ created: 8 });
    const sent = zoho.posts.map((bodies) => bodies.map((body) => body['field_label']));
    expect(sent[0]).toEqual(wishes.slice(0, 5).map(({ field_label }) => field_label));
    expect(sent[1]).toEqual(wishes.slice(5).map(({ api_name }) => api_name));
    expect(zoho.patches.flat()).toHaveLength(3);
  });

  it.each(['ignore', 'honour'] as const)(
    'are held against a read after an answer that was lost, too (a Zoho that would %s them)',
    async (world) => {
      const zoho = new ScriptedZoho(DEAL, STAGE);
      zoho.world = world;
      zoho.onPost = [
        (self, bodies) => {
          self.commit(bodies);
          return { kind: 'lost', why: 'nobody answered' };
        },
      ];
      const report = await apply(zoho);
      const [, second] = zoho.posts.map((bodies) => bodies.map((body) => body['field_label']));
      const { field_label, api_name } = wishes[5] ?? {};
      expect(second?.[0]).toBe(world === 'honour' ? field_label : api_name);
      expect(outcomes(report)).toEqual(
        world === 'honour' ? { created: 8 } : { created_differs: 5, created: 3 },
      );
    },
  );
});
