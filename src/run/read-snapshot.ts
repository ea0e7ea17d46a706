import type { Manifest } from '../model/manifest.ts';
import { readLive } from '../plan/plan-live.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { takeSnapshot } from '../snapshot/take-snapshot.ts';
import type { Connection } from './connect.ts';
import { refuseSecret } from '../machine/kept-file.ts';

/**
 * Reads what a plan of the manifest reads, and keeps it.
 * @throws Problem `failed` where a field holds a secret, or as planning does.
 */
export async function readSnapshot(
  manifest: Manifest,
  { reader, target }: Pick<Connection, 'reader' | 'target'>,
  { namesOnly, now }: { readonly namesOnly: boolean; readonly now: () => number },
): Promise<Snapshot> {
  const live = await readLive(manifest, reader);
  const place = await target();
  const snapshot = takeSnapshot(manifest, live, { at: now(), namesOnly, ...place });
  refuseSecret({ what: 'snapshot', text: JSON.stringify(snapshot), modules: snapshot.modules });
  return snapshot;
}
