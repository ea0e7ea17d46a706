import { count } from '../../model/count.ts';
import { type Io, lookOf } from '../../machine/io.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { checkOutputs } from '../../machine/outputs.ts';
import { checkKept, SNAPSHOT, writeKept } from '../../machine/kept-file.ts';
import { visible } from '../../model/visible.ts';
import { jsonText } from '../../report/media/escape.ts';
import { wrap } from '../../report/media/layout.ts';
import { withConnection } from '../../run/connect.ts';
import { readManifest } from '../../run/read-manifest.ts';
import { readSnapshot } from '../../run/read-snapshot.ts';
import { EXIT } from '../exit-code.ts';
import type { LiveOptions } from '../options.ts';

export interface SnapshotOptions extends LiveOptions {
  readonly out?: string;
  readonly namesOnly?: boolean;
}

/** `snapshot`: reads what `plan` reads, and keeps it in a file or prints it. Writes nothing to Zoho. */
export async function snapshot(options: SnapshotOptions, io: Io): Promise<number> {
  const { out, namesOnly = false } = options;
  if (out !== undefined) {
    await checkOutputs(options, [], io);
    await checkKept(SNAPSHOT, out, io);
  }
  const manifestPath = options.file ?? DEFAULT_MANIFEST;
  return withConnection(
    { options, access: 'read', manifestPath, io },
    () => readManifest(manifestPath, io),
    async (connection, { manifest }) => {
      const taken = await readSnapshot(manifest, connection, { namesOnly, now: io.now });
      const text = jsonText(taken);
      if (out !== undefined) await writeKept(SNAPSHOT, out, text, io);
      if (out === undefined || options.format === 'json') io.stdout.write(text);
      if (out !== undefined) {
        const fields = taken.modules.reduce((sum, module) => sum + module.fields.length, 0);
        const line = `${visible(out)}: ${count(fields, 'field')} of ${count(taken.modules.length, 'module')}, taken ${taken.taken_at}; nothing was written to Zoho.`;
        io.stderr.write(`${wrap(line, lookOf(io.stderr, io).width, 0).join('\n')}\n`);
      }
      return EXIT.done;
    },
  );
}
