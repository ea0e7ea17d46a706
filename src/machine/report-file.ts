import { dirname, resolve } from 'node:path';
import { problem } from '../model/problem.ts';
import { fileText } from '../report/media/formats.ts';
import { redact } from '../zoho/redact.ts';
import { diskCode, diskRemedy } from './disk.ts';
import type { OutputFile } from '../report/media/formats.ts';
import { makeFolder } from './make-folder.ts';
import type { Io } from './io.ts';
import { checkOutputPath, checkReplaceable, type FileInUse } from './output-path.ts';
import { DEFAULT_MANIFEST } from './read-bytes.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes a report whole or not at all: a reader of the file sees meanwhile the old report or the new one.
 * @throws Problem `usage` where something that is no report has come in the way, `failed` where it cannot be written.
 */
export async function writeReport({ format, path }: OutputFile, text: string, io: Io): Promise<void> {
  const target = resolve(io.cwd, path);
  await checkReplaceable(path, optionOf(format), io);
  try {
    makeFolder(dirname(target));
    await replaceFile(target, redact(fileText(format, text)));
  } catch (error) {
    const code = diskCode(error);
    throw problem(
      'failed',
      'report-not-written',
      `The report could not be written to ${path} (${code}).`,
      diskRemedy(code, 'Choose another path behind --format.'),
    );
  }
}

/** What a run writes and uses, as its command line says. */
export interface Named {
  readonly files?: readonly OutputFile[];
  /** Where a result that is kept goes. */
  readonly out?: string;
  readonly file?: string;
  readonly settings?: string;
  readonly base?: string;
  readonly from?: string;
  readonly seed?: string;
}

/**
 * Looks at every path that a run is to write before anything else happens: reports are rewritten by every run, but a slip
 * such as `--format markdown=fields.yaml` must not cost the manifest.
 * @param compared what stands on the command line without an option: a saved plan, or manifests.
 * @throws Problem `usage` where something that is no report is in the way.
 */
export async function checkOutputs(named: Named, compared: readonly string[], io: Io): Promise<void> {
  const { files = [], out, file = DEFAULT_MANIFEST, settings = '.env', base, from, seed } = named;
  const taken: FileInUse[] = [
    { path: file, what: 'the manifest' },
    { path: settings, what: 'the file of settings' },
    ...[...compared, ...[base, from, seed].filter((path) => path !== undefined)].map((path) => ({
      path,
      what: 'read by this run',
    })),
  ];
  if (out !== undefined) {
    await checkOutputPath(out, '--out', taken, io);
    taken.push({ path: out, what: 'what --out writes' });
  }
  for (const { format, path } of files) {
    await checkOutputPath(path, optionOf(format), taken, io);
    await checkReplaceable(path, optionOf(format), io);
    taken.push({ path, what: 'another report of this run' });
  }
}

const optionOf = (format: string): string => `--format ${format}=`;
