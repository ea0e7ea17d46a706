import type { Io } from '../machine/io.ts';
import { readSnapshotFile } from '../machine/snapshot-file.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { type Diagnostic, problem } from '../model/problem.ts';
import { readLive } from '../plan/read-live.ts';
import { intent } from '../plan/refresh.ts';
import type { Exchange, RehearsalView } from '../report/apply/rehearsal.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import { seedDoubts } from '../run/snapshot-seed.ts';
import { snapshotDoubts } from '../snapshot/doubts.ts';
import { snapshotReader } from '../snapshot/snapshot-reader.ts';
import { ageInSeconds, MAX_AGE_DAYS } from '../model/time.ts';

/** A rehearsal that is about to begin. */
export interface PreparedRehearsal {
  /** For the connection. */
  readonly rehearsal: Rehearsal;
  /** What went out so far. */
  readonly view: RehearsalView;
  /** @throws Problem `invalid` where the snapshot lacks what is to be applied, as `plan --from` says it. */
  readonly check: (wanted: Manifest | Plan) => Promise<void>;
  /** What is doubtful about what the rehearsal shows. */
  readonly doubts: (plan: Plan) => readonly Diagnostic[];
}

/**
 * Reads the snapshot that an apply is rehearsed with.
 * @throws Problem `usage` without `--emulator`, `not-found` or `invalid` for the file.
 */
export async function prepareRehearsal(
  path: string,
  options: { readonly emulator?: boolean },
  io: Io,
): Promise<PreparedRehearsal> {
  if (options.emulator !== true) throw needsEmulator(path);
  const snapshot = await readSnapshotFile(path, io);
  const exchanges: Exchange[] = [];
  const ageSeconds = ageInSeconds(snapshot.taken_at, io.now());
  return {
    rehearsal: { snapshot, onExchange: (exchange) => exchanges.push(exchange) },
    view: { snapshot: { path, takenAt: snapshot.taken_at, ageSeconds }, exchanges },
    check: async (wanted) => {
      await readLive('plan_id' in wanted ? intent(wanted) : wanted, snapshotReader(snapshot, path));
    },
    doubts: (plan) => [
      ...snapshotDoubts(plan, snapshot, { path, ageSeconds, maxAgeDays: MAX_AGE_DAYS }),
      ...seedDoubts(plan, path),
    ],
  };
}

function needsEmulator(path: string): Error {
  return problem(
    'usage',
    'usage',
    '"--seed" is what the built-in Zoho of a rehearsal holds, and without "--emulator" this apply would be a real one.',
    `To rehearse: zoho-fields apply --emulator --seed ${path}. To apply for real, leave --seed out.`,
  );
}
