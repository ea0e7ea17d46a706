import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../../src/emulator/start.ts';
import { libraryIo } from '../../../src/library/with-connection.ts';
import type { Json } from '../../../src/model/json.ts';
import { Problem } from '../../../src/model/problem.ts';
import { planLive } from '../../../src/plan/plan-live.ts';
import { makeTransport } from '../../../src/run/connect.ts';
import { readCredentials } from '../../../src/run/credentials.ts';
import { seedDoubts, seedOf } from '../../../src/run/rehearsal.ts';
import { parseSnapshot } from '../../../src/snapshot/parse-snapshot.ts';
import type { Snapshot } from '../../../src/snapshot/snapshot.ts';
import { ZohoReader } from '../../../src/zoho/reader.ts';
import { Session } from '../../../src/zoho/session.ts';
import { has, manifestOf, options, want } from '../../support/field.ts';
import { pathsOf, replaced } from '../../support/json-paths.ts';
import { kept, planOfSnapshot, whole, world, type World } from '../snapshot/organisations.ts';

/** Reads the built-in Zoho of a rehearsal over HTTP, and gives what `read` makes of it. */
async function rehearsed<Result>(
  snapshot: Snapshot,
  read: (reader: ZohoReader) => Promise<Result>,
): Promise<Result> {
  const zoho = await startEmulator(seedOf(snapshot));
  try {
    const get = (name: string) => ({ value: zoho.environment[name] ?? '', origin: 'a test' });
    const credentials = readCredentials({
      searched: 'a test',
      get: (name) => (get(name).value === '' ? undefined : get(name)),
    });
    const transport = await makeTransport(5000, 'read', libraryIo({}));
    const ports = { transport, wait: () => Promise.resolve(), random: () => 0, now: () => Date.now() };
    return await read(new ZohoReader(new Session(credentials, ports), snapshot.room.custom_fields));
  } finally {
    await zoho.close();
  }
}

const WORLD: World = {
  manifest: manifestOf(
    want('Source', { type: 'picklist', global_picklist: { api_name: 'Sources' } }),
    want('Partner', { type: 'lookup', lookup: { module: { api_name: 'Partners' } } }),
    want('Seen', { profiles: [{ name: 'Sales', permission_type: 'hidden' }] }),
  ),
  deals: [
    has('Deal_Name', { custom: false, id: '5725767000000000001' }),
    has('Old_Source', {
      type: 'picklist',
      id: '5725767000000000002',
      global_picklist: { api_name: 'Sources', id: '5725767000000000009' },
      pick_list_values: options('Web', 'Fair'),
    }),
  ],
  leads: [],
  names: new Map([
    ['Sources', '5725767000000000009'],
    ['Sales', '5725767000000000008'],
  ]),
  modules: new Map([['Partners', ['Partners']]]),
  room: { edition: 'standard' },
};

describe('the Zoho of a rehearsal', { timeout: 120_000 }, () => {
  it('leads to the plan that the snapshot leads to, for generated organisations', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        // What the snapshot does not tell is told as a doubt of it.
        const { names = WORLD.names, modules = WORLD.modules } = one;
        const parts = { deals: whole(one.deals), leads: whole(one.leads) };
        const snapshot = await kept({ ...one, names, modules, ...parts });
        // No reader lets such an answer through, so that no snapshot has ever held it.
        fc.pre(!/"\w*id":-?\d/iu.test(JSON.stringify(snapshot)));
        const { plan } = await planOfSnapshot(one.manifest, snapshot);
        const entriesOf = (made: typeof plan) =>
          made.modules.flatMap(({ entries }) =>
            entries.map(({ field, action, id, differences }) => [field.api_name, action, id, differences]),
          );
        const again = await rehearsed(snapshot, (reader) => planLive(one.manifest, reader, []));
        expect(JSON.parse(JSON.stringify(entriesOf(again.plan)))).toEqual(
          JSON.parse(JSON.stringify(entriesOf(plan))),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('never ends in anything but a plan or a refusal, whatever was changed in the snapshot', async () => {
    const ends = { plan: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(world, fc.nat(), fc.jsonValue(), async (one, place, by) => {
        const { names = WORLD.names, modules = WORLD.modules } = one;
        const sound = (await kept({ ...one, names, modules })) as unknown as Json;
        const paths = pathsOf(sound);
        const text = JSON.stringify(replaced(sound, paths[place % paths.length] ?? [], by as Json));
        try {
          const snapshot = parseSnapshot(text, 'x.json');
          await planOfSnapshot(one.manifest, snapshot);
          await rehearsed(snapshot, (reader) => planLive(one.manifest, reader, []));
          ends.plan += 1;
        } catch (error) {
          if (!(error instanceof Problem) || error.kind !== 'invalid') throw error;
          ends.refused += 1;
        }
      }),
      { numRuns: 100 },
    );
    expect(Math.min(ends.plan, ends.refused)).toBeGreaterThan(5);
  });

  it('knows the profiles, lists and modules of the organisation, and the limits of its edition', async () => {
    const snapshot = await kept(WORLD);
    const { seed, organisation } = seedOf(snapshot);
    expect(organisation).toEqual({ idPrefix: '5725767', edition: 'standard' });
    expect(
      seed?.globalPicklists
        ?.find(({ api_name }) => api_name === 'Sources')
        ?.values.map((one) => one['actual_value']),
    ).toEqual(['-None-', 'Web', 'Fair']);
    await rehearsed(snapshot, async (reader) => {
      expect(await reader.profiles()).toEqual(
        new Map([
          ['Sales', '5725767000000000008'],
          ['Sources', '5725767000000000009'],
        ]),
      );
      expect((await reader.globalPicklists())?.get('Sources')).toBe('5725767000000000009');
      expect((await reader.modules())?.has('Partners')).toBe(true);
      expect(await reader.room()).toEqual({ edition: 'standard' });
    });
  });

  it('says where nobody knows how many fields fit, and has no limit then', async () => {
    const seen = async (room: World['room']) => {
      const snapshot = await kept({ ...WORLD, room });
      const { plan } = await planOfSnapshot(WORLD.manifest, snapshot);
      return [seedOf(snapshot).switches?.customFieldLimit, seedDoubts(plan, 'x.json').length];
    };
    expect(await seen({ edition: 'standard' })).toEqual([0, 0]);
    expect(await seen({ customFields: 12 })).toEqual([12, 0]);
    for (const room of [{ edition: 'Galactic' }, { edition: 'free' }, {}])
      expect(await seen(room)).toEqual([Number.MAX_SAFE_INTEGER, 1]);
  });
});
