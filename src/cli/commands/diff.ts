import { diffManifests } from '../../diff/diff-manifests.ts';
import { diagnosticsText } from '../../report/diagnostics-text.ts';
import { lookOf, type ReportOptions } from '../command.ts';
import { deliver } from '../deliver.ts';
import { EXIT } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { DEFAULT_MANIFEST } from '../read-manifest.ts';
import { readVersion } from '../read-version.ts';
import { diffRenders } from '../renders/diff.ts';

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
  const facts = { base: base.manifest, head: head.manifest, changes, warnings: head.warnings };
  if (options.format === 'text' && head.warnings.length > 0) {
    const { style, width } = lookOf(io.stderr, io.env);
    io.stderr.write(`${diagnosticsText(head.warnings, style, width)}\n`);
  }
  const renders = diffRenders({ ...facts, look: lookOf(io.stdout, io.env) });
  return (await deliver(renders, options, io)) ? EXIT.done : EXIT.failed;
}
