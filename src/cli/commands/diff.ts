import { diffManifests } from '../../diff/diff-manifests.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import { lookOf, type Io } from '../../machine/io.ts';
import type { ReportOptions } from '../options.ts';
import { deliver } from '../deliver.ts';
import { EXIT } from '../exit-code.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readVersion } from '../../run/read-version.ts';
import { diffRenders } from '../../report/diff/formats.ts';

export interface DiffOptions extends ReportOptions {
  readonly file?: string;
}

/**
 * `diff`: what differs in meaning between two manifests; no network, no credentials, so that it also works for a pull
 * request from a fork. Whatever it finds is a result and no failure.
 */
export async function diff(
  baseName: string,
  headName: string | undefined,
  options: DiffOptions,
  io: Io,
): Promise<number> {
  const base = await readVersion(baseName, io);
  const head = await readVersion(headName ?? options.file ?? DEFAULT_MANIFEST, io);
  const changes = diffManifests(base.manifest, head.manifest);
  // Only what is added will be created: what stood there before is no news, whatever there is to say of it.
  const added = new Set(
    changes.changes.flatMap(({ change, module, api_name }) =>
      change === 'added' ? [`${module} ${api_name}`] : [],
    ),
  );
  const warnings = head.doubts((module, apiName) => added.has(`${module} ${apiName}`));
  const facts = { base: base.manifest, head: head.manifest, changes, warnings };
  if (options.format === 'text' && warnings.length > 0) {
    io.stderr.write(`${diagnosticsText(warnings, lookOf(io.stderr, io))}\n`);
  }
  const renders = diffRenders({ ...facts, look: lookOf(io.stdout, io) });
  return (await deliver(renders, options, io)) ? EXIT.done : EXIT.failed;
}
