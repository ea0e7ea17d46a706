import type { Draft } from './draft.ts';
import { readStateFile, writeStateFile } from './state-file.ts';
import type { World } from './world.ts';

/** Where the world lives. All calls are synchronous, so a request sees and leaves a whole world. */
export interface Store {
  /** The newest world. */
  now(): World;
  /** The world as it was `lagMs` ago: what a replica that lags would answer (switch `readLag`). */
  ago(lagMs: number): World;
  /** Runs a change and keeps its result; what throws, here or while saving, changes nothing. */
  change<T>(work: (draft: Draft) => T): T;
}

interface Moment {
  readonly since: number;
  readonly world: World;
}

/** Opens the state file, or plants the seed where there is none. */
export function openStore(seed: () => World, clock: () => number, stateFile: string | undefined): Store {
  let world = (stateFile === undefined ? undefined : readStateFile(stateFile)) ?? seed();
  let history: readonly Moment[] = [{ since: -Infinity, world }];
  return {
    now: () => world,
    ago: (lagMs) => history.findLast((moment) => moment.since <= clock() - lagMs)?.world ?? world,
    change: (work) => {
      const draft: Draft = { world };
      const result = work(draft);
      if (draft.world === world) return result;
      if (stateFile !== undefined) writeStateFile(stateFile, draft.world);
      world = draft.world;
      history = [...history.slice(-KEPT_MOMENTS), { since: clock(), world }];
      return result;
    },
  };
}

/** Enough for any lag a test asks for; older worlds are let go. */
const KEPT_MOMENTS = 50;
