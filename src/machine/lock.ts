import { join } from 'node:path';
import { interrupted, problem } from '../model/problem.ts';
import { quietly, type Disk } from './disk.ts';
import type { Io } from './io.ts';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

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
 * sees the other's file, and goes back. Files of the dead are taken away by the next one that finds them; since no name is
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
    if (io.interrupt.requested) throw interrupted('Interrupted before anything was created.');
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

/** Who may hold a lock, and whether they still live; a port, because a simulation has processes of its own. */
export interface Owners {
  /** A name for one lock of this process, different at each call: no name is ever used twice. */
  claim(): string;
  /**
   * Does the process that made the name still live?
   * @param ageMs how long ago they made it; decides where nothing else can be known.
   */
  alive(name: string, ageMs: number): boolean;
}

/** No apply goes on for so long; a lock of another machine or container that is older was left behind. */
const LONGEST_APPLY_MS = 3_600_000;

/** Counts over all applies of the process: a program may run several side by side. */
let claims = 0;

/**
 * The processes of this machine. A name holds the process's number and start, because numbers are used again, and
 * the boot and container that the number belongs to, because elsewhere it means another process.
 */
export function localOwners(): Owners {
  const machine = machineName();
  const start = startOf(process.pid) ?? '';
  return {
    claim: () => {
      claims += 1;
      return [process.pid, start, machine, threadId, claims].join('-');
    },
    alive: (name, ageMs) => {
      const [pid, since, where] = name.split('-');
      if (where !== machine) return ageMs < LONGEST_APPLY_MS;
      return isRunning(Number(pid)) && (startOf(Number(pid)) ?? '') === since;
    },
  };
}

/** The process's number in a name, for people; anyone who can make a file can name it as they like. */
function pidOf(name: string): string {
  const [pid = ''] = name.split('-');
  return /^\d{1,10}$/.test(pid) ? pid : 'unknown';
}

/** One boot of one machine, seen from one container; where the system does not tell, its name has to do. */
function machineName(): string {
  const parts = [
    hostname(),
    quietly(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    quietly(() => readlinkSync('/proc/self/ns/pid')),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/** When a process began, in the system's ticks; `undefined` where that is not told, or for one that has ended. */
function startOf(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name stands in brackets and may hold anything, blanks and brackets too.
  return stat
    ?.slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .at(19);
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Someone else's process is one nevertheless.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  // What was killed and not yet collected by its parent still has a number.
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat === undefined || !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}
