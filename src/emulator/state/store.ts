import type { Draft, World } from './organisation-state.ts';
import { fingerprint, makeStateFolder, readStateFile, writeStateFile, withFileLock } from './state-file.ts';

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
  const disk = stateFile === undefined ? NO_DISK : openDisk(stateFile);
  let world = disk.newer() ?? seed();
  let history: readonly Moment[] = [{ since: -Infinity, world }];
  const keep = (next: World): void => {
    world = next;
    history = [...history.slice(-KEPT_MOMENTS), { since: clock(), world }];
  };
  const refresh = (): World => {
    const newer = disk.newer();
    if (newer !== undefined) keep(newer);
    return world;
  };
  return {
    now: refresh,
    ago: (lagMs) => {
      refresh();
      return history.findLast((moment) => moment.since <= clock() - lagMs)?.world ?? world;
    },
    change: (work) =>
      disk.alone(() => {
        const draft: Draft = { world: refresh() };
        const result = work(draft);
        if (draft.world !== world) {
          disk.write(draft.world);
          keep(draft.world);
        }
        return result;
      }),
  };
}

/** Enough for any lag a test asks for; older worlds are let go. */
const KEPT_MOMENTS = 50;

/** The file, which another emulator may share. */
interface Disk {
  /** The world in the file, if it is not the one that was read or written last. */
  newer(): World | undefined;
  write(world: World): void;
  alone<T>(work: () => T): T;
}

const NO_DISK: Disk = { newer: () => undefined, write: () => {}, alone: (work) => work() };

function openDisk(path: string): Disk {
  makeStateFolder(path);
  let known = '';
  return {
    newer: () => {
      const current = fingerprint(path);
      if (current === known) return undefined;
      const world = readStateFile(path);
      known = current;
      return world;
    },
    write: (world) => {
      writeStateFile(path, world);
      known = fingerprint(path);
    },
    alone: (work) => withFileLock(`${path}.lock`, work),
  };
}
