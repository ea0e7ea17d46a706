import type { Manifest } from '../model/manifest.ts';
import { problem } from '../model/problem.ts';
import { readLive } from '../plan/read-live.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { takeSnapshot } from '../snapshot/take-snapshot.ts';
import { redact } from '../zoho/redact.ts';
import type { Connection } from './connect.ts';

/**
 * Reads what a plan of the manifest reads, and keeps it.
 *
 * A snapshot is planned as it is, so that one with a secret in it is not kept without it, but not at all.
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
  const text = JSON.stringify(snapshot);
  if (redact(text) !== text) throw secretInside();
  return snapshot;
}

function secretInside(): Error {
  return problem(
    'failed',
    'secret-in-snapshot',
    'The fields hold a secret, or something of the form of one, so no snapshot of them is kept.',
    'Look for a token in the labels, tooltips and options of the live fields: it came from there.',
  );
}
