import type { Io } from '../../machine/io.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readManifest } from '../../run/read-manifest.ts';
import { types } from '../../types/types.ts';
import { EXIT } from '../exit-code.ts';

/** `schema`: the manifest's JSON Schema, for editors. */
export async function schema(io: Io): Promise<number> {
  const { manifestSchema } = await import('../../manifest/schema/schema.ts');
  io.stdout.write(`${JSON.stringify(manifestSchema, null, 2)}\n`);
  return EXIT.done;
}

/** `types`: what the manifest declares, as TypeScript; no network, no credentials. */
export async function printTypes(options: { readonly file?: string }, io: Io): Promise<number> {
  const { manifest } = await readManifest(options.file ?? DEFAULT_MANIFEST, io);
  io.stdout.write(types(manifest));
  return EXIT.done;
}
