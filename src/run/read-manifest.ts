import { readManifestBytes } from '../machine/read-bytes.ts';
import type { Io } from '../machine/io.ts';
import type { LoadedManifest } from '../manifest/load.ts';
import { Problem } from '../model/problem.ts';

/** A manifest that is valid, and what is doubtful about it. */
export type ValidManifest = Required<LoadedManifest>;

/**
 * The manifest and what is doubtful about it.
 * @throws Problem `not-found` for a missing file, `invalid` with every problem of the file.
 */
export async function readManifest(path: string, io: Io): Promise<ValidManifest> {
  const bytes = await readManifestBytes(path, io);
  // Reading YAML is the heaviest thing this side of the network: it is loaded while the token request travels.
  const { loadManifest } = await import('../manifest/load.ts');
  return valid(loadManifest({ path, bytes }));
}

/** @throws Problem `invalid` with everything that is wrong with a manifest. */
export function valid({ manifest, diagnostics, doubts }: LoadedManifest): ValidManifest {
  if (manifest !== undefined) return { manifest, diagnostics, doubts };
  const [first, ...rest] = diagnostics;
  if (first === undefined) throw new Error('a manifest was refused without a reason');
  throw new Problem('invalid', [first, ...rest]);
}
