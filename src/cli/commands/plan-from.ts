import type { Io } from '../../machine/io.ts';
import { readKept, SNAPSHOT } from '../../machine/kept-file.ts';
import { misuse } from '../../model/problem.ts';
import { snapshotDoubts } from '../../snapshot/doubts.ts';
import { type Snapshot, snapshotReader } from '../../snapshot/snapshot.ts';
import type { PlanOptions } from '../options.ts';
import { readWish } from '../../run/read-manifest.ts';
import { showPlan, type PlanSource } from '../show-plan.ts';
import { ageInSeconds, MAX_AGE_DAYS } from '../../model/time.ts';

/**
 * `plan --from`: the plan of a snapshot. It opens no connection, reads no settings, and needs no credentials; nothing that
 * could do any of it is reached from here.
 */
export async function planFrom(path: string, options: PlanOptions, io: Io): Promise<number> {
  if (options.out !== undefined) throw notSaved();
  if (options.emulator === true) throw twoSources();
  const wish = await readWish(options, io);
  const snapshot = await readKept(SNAPSHOT, path, io);
  return showPlan({ ...wish, source: sourceOf(snapshot, path, options, io) }, options, io);
}

function sourceOf(snapshot: Snapshot, path: string, { maxAge }: PlanOptions, io: Io): PlanSource {
  const { taken_at: takenAt, data_centre: dataCentre, api_host: apiHost, organisation } = snapshot;
  const ageSeconds = ageInSeconds(takenAt, io.now());
  const known = { path, ageSeconds, maxAgeDays: maxAge ?? MAX_AGE_DAYS };
  return {
    reader: snapshotReader(snapshot, path),
    // The journal tells of this user's own runs against live, which a snapshot is not.
    journal: [],
    target: () =>
      Promise.resolve({ dataCentre, apiHost, ...(organisation === null ? {} : { organisation }) }),
    scopes: () => Promise.resolve([]),
    requests: () => ({ read: 0, write: 0 }),
    snapshot: {
      view: { path, takenAt, ageSeconds },
      doubts: (plan) => snapshotDoubts(plan, snapshot, known),
    },
  };
}

function notSaved(): Error {
  return misuse(
    'A plan of a snapshot cannot be applied, so "--out" does not save it.',
    'Leave --from out to plan, and save, what Zoho holds now; "--format json=FILE" keeps a report of this one.',
  );
}

function twoSources(): Error {
  return misuse(
    '"--from" plans a snapshot and "--emulator" the built-in Zoho: only one of them can be meant.',
    'Leave one of them out.',
  );
}
