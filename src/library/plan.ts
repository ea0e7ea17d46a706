import { openJournal } from '../machine/journal-file.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Plan } from '../model/plan.ts';
import { planLive } from '../plan/plan-live.ts';
import type { PlanOptions } from './options.ts';
import { withLibraryConnection } from './with-connection.ts';

/**
 * Compares a manifest with the live organisation, as `zoho-fields plan` does. Nothing is written: the connection would
 * not let it.
 *
 * @param manifest what {@link loadManifest} gave.
 * @returns the plan: a value that can be looked at, and that `apply` executes. `plan.summary` counts what there is to
 *   create, what differs, and the conflicts, each entry with its reasons.
 * @throws Problem of kind `configuration`, `credentials` or `unreachable`, or `failed` for a module that does not exist.
 */
export async function plan(manifest: Manifest, options: PlanOptions = {}): Promise<Plan> {
  return withLibraryConnection(options, 'read', manifest.path, async (connection, io) => {
    const journal = openJournal({ ...connection, manifestPath: manifest.path }, io);
    const made = await planLive(manifest, connection.reader, journal.entries);
    for (const warning of made.warnings) options.onWarning?.(warning);
    return made.plan;
  });
}
