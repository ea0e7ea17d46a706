import { basename, extname } from 'node:path';
import { isToBeCreated } from '../../plan/remarks.ts';
import { diagnosticsText } from '../../report/media/diagnostics.ts';
import { auditWidth } from '../../report/media/layout.ts';
import { matrixRenders } from '../../report/matrix/formats.ts';
import { type Io, lookOf } from '../../machine/io.ts';
import { DEFAULT_MANIFEST } from '../../machine/read-bytes.ts';
import { readManifest } from '../../run/read-manifest.ts';
import { readMatrix } from '../../run/read-matrix.ts';
import { deliver } from '../deliver.ts';
import { EXIT, exitForMatrix } from '../exit-code.ts';
import type { ReportOptions } from '../options.ts';

export interface MatrixOptions extends ReportOptions {
  readonly file?: string;
  readonly detailedExitcode?: boolean;
  /** False with `--no-token-cache`. */
  readonly tokenCache: boolean;
}

/**
 * `matrix`: one manifest against several organisations, a file of settings each. Writes nothing to Zoho; the connections
 * would not let it.
 */
export async function matrix(files: readonly string[], options: MatrixOptions, io: Io): Promise<number> {
  const { tokenCache, detailedExitcode = false } = options;
  const { manifest, doubts } = await readManifest(options.file ?? DEFAULT_MANIFEST, io);
  const names = columnNames(files);
  const made = await readMatrix(
    manifest,
    files.map((settings, index) => ({
      name: names[index] ?? settings,
      options: { settings, settingsAlone: true, tokenCache },
      io,
    })),
  );
  const isMissing = made.matrix.columns.flatMap(({ plan }) =>
    plan === undefined ? [] : [isToBeCreated(plan)],
  );
  const diagnostics = [
    ...made.diagnostics,
    ...doubts((module, apiName) => isMissing.some((isNew) => isNew(module, apiName))),
  ];
  const { style } = lookOf(io.stdout, io);
  // A table for programs has no place for them.
  if (['text', 'csv'].includes(options.format) && diagnostics.length > 0) {
    io.stderr.write(`${diagnosticsText(diagnostics, lookOf(io.stderr, io))}\n`);
  }
  const facts = { requests: made.requests, diagnostics, style, width: auditWidth(io.stdout.columns) };
  const complete = await deliver(matrixRenders(made.matrix, facts), options, io);
  return complete ? exitForMatrix(made.matrix, detailedExitcode) : EXIT.failed;
}

/** What a column is called: its file without folder and ending, and with them where that would be two columns. */
export function columnNames(files: readonly string[]): readonly string[] {
  const short = files.map((file) => shortName(basename(file)));
  const names = files.map((file, index) => {
    const name = short[index] ?? '';
    return short.filter((one) => one === name).length === 1 ? name : file;
  });
  return new Set(names).size === names.length ? names : files;
}

/** `.env.sandbox` is told by its end, everything else by its beginning. */
function shortName(file: string): string {
  const behind = /^\.env\.(?<name>.+)$/u.exec(file)?.groups?.['name'];
  return behind ?? (basename(file, extname(file)) || file);
}
