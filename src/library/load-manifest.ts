import { libraryIo } from './with-connection.ts';
import { readManifest } from '../run/read-manifest.ts';
import type { Diagnostic } from '../model/problem.ts';
import type { Manifest } from '../model/manifest.ts';

/** How to read a manifest. */
export interface LoadOptions {
  /** The folder that a relative path starts from. Default: the process's current one. */
  readonly cwd?: string;
  /** Told what is doubtful in a manifest that is valid all the same. */
  readonly onWarning?: (warning: Diagnostic) => void;
}

/**
 * Reads a manifest and checks all of it, as `zoho-fields validate` does: no network, no credentials.
 *
 * @param path the file, such as `fields.yaml`.
 * @returns the manifest in Zoho's own shapes, shorthands written out.
 * @throws Problem of kind `invalid`, whose `diagnostics` name everything that is wrong, with file, line and column; of
 *   kind `not-found` where there is no such file.
 */
export async function loadManifest(path: string, options: LoadOptions = {}): Promise<Manifest> {
  const { manifest, diagnostics } = await readManifest(path, libraryIo(options));
  for (const warning of diagnostics) options.onWarning?.(warning);
  return manifest;
}
