import { join } from 'node:path';
import { problem } from '../model/problem.ts';
import type { Disk } from './disk.ts';
import type { Io } from './io.ts';
import { pidOf, type Owners } from './lock-owner.ts';

/** Where a lock is kept: its files are `<name>.<owner>.lock`. */
export interface LockPlace {
  readonly folder: string;
  readonly name: string;
}

/** What taking a lock needs of the world. */
export interface LockPorts {
  readonly disk: Pick<Disk, 'create' | 'list' | 'erase'>;
  readonly owners: Owners;
  readonly io: Pick<Io, 'wait' | 'random' | 'now' | 'interrupt' | 'stderr'>;
}

/** A lock that is held. */
export interface Lock {
  release(): Promise<void>;
}

/** How long another apply is waited for; most take seconds. */
const PATIENCE_MS = 60_000;

/**
 * Makes sure that this is the only apply at a place, waiting for another one to end.
 *
 * Each contender puts down a file of its own and looks for others only then: of two that come at once at least one
 * sees the other's file, and goes back. Files of the dead are taken away by whoever finds them; since no name is
 * used twice that can never hit someone alive, which is what breaking a single lock file cannot promise.
 *
 * @returns `undefined` where the place cannot be written.
 * @throws Problem `failed` when the other one takes too long, `interrupted` when the user does not want to wait.
 */
export async function takeLock(place: LockPlace, ports: LockPorts): Promise<Lock | undefined> {
  const { disk, owners, io } = ports;
  const me = owners.claim();
  const mine = join(place.folder, fileName(place, me));
  const until = io.now() + PATIENCE_MS;
  let hasTold = false;
  for (;;) {
    let others = await livingOthers(place, me, ports);
    if (others.length === 0) {
      if (!(await couldCreate(disk, mine))) return undefined;
      others = await livingOthers(place, me, ports);
      if (others.length === 0) return { release: () => disk.erase(mine) };
      await disk.erase(mine);
    }
    const [other = ''] = others;
    if (io.interrupt.requested)
      throw problem('interrupted', 'interrupted', 'Interrupted before anything was created.');
    if (io.now() >= until) throw locked(place, other);
    if (!hasTold)
      io.stderr.write(`Another apply (process ${pidOf(other)}) is under way; waiting until it has ended.\n`);
    hasTold = true;
    await io.wait(50 + io.random() * 200);
  }
}

async function livingOthers(
  place: LockPlace,
  me: string,
  { disk, owners }: LockPorts,
): Promise<readonly string[]> {
  const entries = await disk.list(place.folder);
  const others: string[] = [];
  for (const { name, ageMs } of entries) {
    const owner = ownerIn(name, place);
    if (owner === undefined || owner === me) continue;
    if (owners.alive(owner, ageMs)) others.push(owner);
    else await disk.erase(join(place.folder, name)).catch(() => undefined);
  }
  return others;
}

function fileName({ name }: LockPlace, owner: string): string {
  return `${name}.${owner}.lock`;
}

function ownerIn(fileName: string, { name }: LockPlace): string | undefined {
  const fits = fileName.startsWith(`${name}.`) && fileName.endsWith('.lock');
  return fits ? fileName.slice(name.length + 1, -'.lock'.length) : undefined;
}

/** A folder that cannot be written, or a disk that is full, must not keep the work from being done. */
async function couldCreate(disk: Pick<Disk, 'create'>, file: string): Promise<boolean> {
  try {
    return await disk.create(file);
  } catch {
    return false;
  }
}

function locked(place: LockPlace, owner: string) {
  return problem(
    'failed',
    'locked',
    `Another apply (process ${pidOf(owner)}) has been under way for a minute, and two at once could create a field twice. Nothing was created.`,
    `Apply again when it has ended. If there is no such process, on this machine or in another container, remove ${join(place.folder, fileName(place, owner))}.`,
  );
}
