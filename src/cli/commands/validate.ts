import { loadManifest } from '../../manifest/load.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import type { ReportOptions } from '../options.ts';
import { deliver } from '../deliver.ts';
import { EXIT } from '../exit-code.ts';
import { DEFAULT_MANIFEST, readManifestBytes } from '../../machine/read-bytes.ts';
import { validateRenders } from '../../report/validate/formats.ts';

/** `validate`: the manifest alone; no network, no credentials. */
export async function validate(options: ReportOptions & { readonly file?: string }, io: Io): Promise<number> {
  const path = options.file ?? DEFAULT_MANIFEST;
  const { manifest, diagnostics } = loadManifest({ path, bytes: await readManifestBytes(path, io) });
  const verdict = {
    path,
    diagnostics,
    ...(manifest === undefined ? {} : { sha256: manifest.sha256 }),
    fields: manifest?.modules.reduce((sum, module) => sum + module.fields.length, 0) ?? 0,
    modules: manifest?.modules.length ?? 0,
  };
  const complete = await deliver(validateRenders(verdict, lookOf(io.stdout, io)), options, io);
  if (manifest === undefined) return EXIT.invalid;
  return complete ? EXIT.done : EXIT.failed;
}
