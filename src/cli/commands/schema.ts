import { manifestSchema } from '../../manifest/schema/schema.ts';
import type { Io } from '../../machine/io.ts';
import { EXIT } from '../exit-code.ts';

/** `schema`: the manifest's JSON Schema, for editors. */
export function schema(io: Io): Promise<number> {
  io.stdout.write(`${JSON.stringify(manifestSchema, null, 2)}\n`);
  return Promise.resolve(EXIT.done);
}
