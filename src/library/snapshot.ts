import { readSnapshot } from '../run/read-snapshot.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { ZohoOptions } from './options.ts';
import { withLibraryConnection } from './with-connection.ts';

/** How to take a snapshot. */
export interface SnapshotOptions extends ZohoOptions {
  /** True leaves options and tooltips out, for repositories that everyone may read. */
  readonly namesOnly?: boolean;
}

/**
 * Reads what {@link plan} reads and keeps it, as `zoho-fields snapshot` does. Nothing is written to Zoho.
 *
 * @param manifest what {@link loadManifest} gave: only what a plan of it needs is read.
 * @returns the snapshot; as JSON it is the file that `zoho-fields plan --from` takes.
 * @throws Problem as {@link plan} does, and of kind `failed` where a field holds what looks like a secret.
 */
export async function snapshot(manifest: Manifest, options: SnapshotOptions = {}): Promise<Snapshot> {
  const namesOnly = options.namesOnly === true;
  return withLibraryConnection(options, 'read', manifest.path, (connection, io) =>
    readSnapshot(manifest, connection, { namesOnly, now: io.now }),
  );
}
