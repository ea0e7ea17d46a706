import { unsettled } from '../plan/earlier-runs.ts';
import { takeLock, localOwners, type Owners } from '../machine/lock.ts';
import type { Connection } from './connect.ts';
import { realDisk, type Disk } from '../machine/disk.ts';
import type { Io } from '../machine/io.ts';
import { openJournal, type JournalFile } from '../machine/journal-file.ts';

/** The right to write: nobody else on this machine applies meanwhile. */
export interface Turn {
  readonly journal: JournalFile;
  end(): Promise<void>;
}

/** The turn of a run whose Zoho nobody else knows, and of which nothing is kept. */
export function nobodyElse(): Turn {
  const nothing = (): void => undefined;
  return {
    journal: { entries: [], hidesSomething: false, append: nothing, forget: nothing },
    end: () => Promise.resolve(),
  };
}

/** The parts of the machine that a turn rests on; a simulation brings its own. */
export interface Machine {
  readonly disk: Disk;
  readonly owners: Owners;
}

/**
 * What has to happen before live is read by an apply: no other apply of this user with these credentials, and nothing of
 * an earlier run still on its way to Zoho.
 *
 * Locks reach as far as the user's state folder. Applies of several users or machines need a queue of their own, such as
 * a `concurrency` group in CI; without one it is Zoho that refuses the second label.
 * @throws Problem `failed` when another apply takes too long, `interrupted` when the user does not want to wait.
 */
export async function takeExclusive(
  manifestPath: string,
  { stateFolder, settleMs }: Pick<Connection, 'settleMs' | 'stateFolder'>,
  io: Pick<Io, 'cwd' | 'wait' | 'random' | 'now' | 'interrupt' | 'stderr'>,
  machine: Machine = { disk: realDisk, owners: localOwners() },
): Promise<Turn> {
  const lock =
    stateFolder === undefined
      ? undefined
      : await takeLock({ folder: stateFolder, name: 'apply' }, { ...machine, io });
  const end = async (): Promise<void> => lock?.release().catch(() => undefined);
  try {
    const journal = openJournal({ stateFolder, manifestPath }, io, machine.disk);
    const open = unsettled(journal.entries, io.now(), settleMs);
    const waitMs = Math.max(journal.hidesSomething ? settleMs : 0, ...open.map((one) => one.waitMs));
    if (waitMs > 0) {
      const why =
        open.length > 0
          ? 'An earlier run was interrupted'
          : 'It is not known whether an earlier run finished';
      io.stderr.write(
        `${why}; waiting ${Math.ceil(waitMs / 1000)} s, so that all it sent has taken effect.\n`,
      );
      await io.wait(waitMs);
      // So that what another manifest left open is not waited for by every run from now on.
      if (!io.interrupt.requested)
        journal.append(
          open.map(({ entry: { module, api_name } }) => ({ event: 'waited', module, api_name })),
        );
    }
    return { journal, end };
  } catch (error) {
    await end();
    throw error;
  }
}
