import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

/** Who may hold a lock, and whether they still live; a port, because a simulation has processes of its own. */
export interface Owners {
  /** A name for one lock of this process, different at each call: no name is ever used twice. */
  claim(): string;
  /**
   * Does whoever made the name still live?
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

/** The process's number in a name, for people; whoever can make a file can name it as they like. */
export function pidOf(name: string): string {
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

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
