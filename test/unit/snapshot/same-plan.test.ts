import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_KEPT } from '../../../src/snapshot/snapshot.ts';
import { kept, planOfLive, planOfSnapshot, textOf, whole, world } from './organisations.ts';

describe('a plan of a snapshot', { timeout: 240_000 }, () => {
  it('is the plan of what was there, to the last word, for a thousand organisations', async () => {
    let entries = 0;
    const actions = new Set<string>();
    await fc.assert(
      fc.asyncProperty(world, async (any) => {
        const one = { ...any, deals: whole(any.deals), leads: whole(any.leads) };
        const live = await planOfLive(one);
        const snapshot = await planOfSnapshot(one.manifest, await kept(one));
        // As text, in which zero has no sign: what came of Zoho was text as well.
        expect(JSON.parse(JSON.stringify(snapshot.plan))).toEqual(JSON.parse(JSON.stringify(live.plan)));
        expect(snapshot.warnings).toEqual(live.warnings);
        for (const { action } of live.plan.modules.flatMap((module) => module.entries)) {
          entries += 1;
          actions.add(action);
        }
      }),
      { numRuns: 1000 },
    );
    expect([...actions].toSorted()).toEqual(['conflict', 'create', 'drift', 'in_sync']);
    expect(entries).toBeGreaterThan(1000);
  });

  it('differs from it only where the snapshot says that it could not keep what was declared', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        const live = await planOfLive(one);
        const snapshot = await kept(one);
        const planned = await planOfSnapshot(one.manifest, snapshot);
        const partly = new Set(
          snapshot.modules.flatMap(({ fields }) =>
            fields.filter((field) => NOT_KEPT in field).map((field) => field.api_name),
          ),
        );
        const entriesOf = (plan: typeof live.plan) =>
          plan.modules
            .flatMap((module) => module.entries)
            .filter(
              ({ id, field }) =>
                id !== undefined && !partly.has(field.api_name) && field.maps_from === undefined,
            );
        expect(entriesOf(planned.plan)).toEqual(entriesOf(live.plan));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of Zoho’s lists', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        const turned = {
          ...one,
          deals: one.deals.toReversed(),
          leads: one.leads.toReversed(),
          names: one.names && new Map([...one.names].toReversed()),
          modules: one.modules && new Map([...one.modules].toReversed()),
        };
        expect(await textOf(turned)).toBe(await textOf(one));
      }),
      { numRuns: 200 },
    );
  });
});
