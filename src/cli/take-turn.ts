import { tmpdir } from 'node:os';
import { unsettledMs } from '../plan/unsettled.ts';
import { takeLock, type Lock, type LockPlace } from './apply-lock.ts';
import type { Connection } from './connect.ts';
import { realDisk, type Disk } from './disk.ts';
import type { Io } from './io.ts';
import { openJournal, ownFolder, type JournalFile } from './journal-file.ts';
import { localOwners, type Owners } from './lock-owner.ts';

/** The right to write: nobody else on this machine applies meanwhile. */
export interface Turn {
  readonly journal: JournalFile;
  end(): Promise<void>;
}

/** The parts of the machine that a turn rests on; a simulation brings its own. */
export interface Machine {
  readonly disk: Disk;
  readonly owners: Owners;
}

/**
 * What has to happen before live is read by somebody who is going to write: no other apply over this manifest's journal,
 * none with these credentials, and nothing of an earlier run still on its way to Zoho.
 *
 * Locks reach as far as the machine. Applies of several machines need a queue of their own, such as a `concurrency`
 * group in CI; without one it is Zoho that refuses the second label.
 * @throws Problem `failed` when another apply takes too long, `interrupted` when the user does not want to wait.
 */
export async function takeTurn(
  manifestPath: string,
  connection: Pick<Connection, 'settleMs' | 'lockName'>,
  io: Pick<Io, 'cwd' | 'wait' | 'random' | 'now' | 'interrupt' | 'stderr'>,
  machine: Machine = { disk: realDisk, owners: localOwners() },
): Promise<Turn> {
  const places: readonly LockPlace[] = [
    { folder: ownFolder(manifestPath, io.cwd), name: 'apply' },
    ...(connection.lockName === undefined ? [] : [{ folder: tmpdir(), name: connection.lockName }]),
  ];
  const locks: Lock[] = [];
  const end = async (): Promise<void> => {
    for (const lock of locks.reverse()) await lock.release().catch(() => undefined);
  };
  try {
    // Everybody takes them in the same order, so that no two can wait for each other.
    for (const place of places) {
      const lock = await takeLock(place, { ...machine, io });
      if (lock !== undefined) locks.push(lock);
    }
    const journal = openJournal(manifestPath, io, machine.disk);
    const unsettled = unsettledMs(journal.entries, io.now(), connection.settleMs);
    const waitMs = journal.hidesSomething ? connection.settleMs : unsettled;
    if (waitMs > 0) {
      const why =
        unsettled > 0
          ? 'An earlier run did not come to its end'
          : 'Nobody can tell whether an earlier run came to its end';
      io.stderr.write(
        `${why}; waiting ${Math.ceil(waitMs / 1000)} s, so that all it sent has taken effect.\n`,
      );
      await io.wait(waitMs);
    }
    return { journal, end };
  } catch (error) {
    await end();
    throw error;
  }
}
