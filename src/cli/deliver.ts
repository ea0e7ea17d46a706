import { Problem } from '../model/problem.ts';
import { diagnosticsText } from '../report/media/diagnostics.ts';
import { lookOf } from '../run/look.ts';
import type { Format, OutputFile, Outputs } from '../report/media/formats.ts';
import type { Io } from '../machine/io.ts';
import type { Renders } from '../report/media/formats.ts';
import { writeReport } from '../machine/report-file.ts';

/**
 * Prints a result and writes its files.
 *
 * Standard output comes first, because the result stands whatever the disk does; a file that cannot be written is told
 * on standard error, since the one document of JSON may be out already.
 * @returns whether every file was written.
 */
export async function deliver(renders: Renders, outputs: Outputs, io: Io): Promise<boolean> {
  io.stdout.write(await rendered(renders, outputs.format, io));
  return writeReports(renders, outputs.files ?? [], io);
}

/** Writes the files alone; see {@link deliver}. */
export async function writeReports(renders: Renders, files: readonly OutputFile[], io: Io): Promise<boolean> {
  let complete = true;
  for (const file of files) {
    try {
      await writeReport(file, await rendered(renders, file.format, io), io);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { style, width } = lookOf(io.stderr, io);
      io.stderr.write(diagnosticsText(error.diagnostics, style, width));
      complete = false;
    }
  }
  return complete;
}

async function rendered(renders: Renders, format: Format, io: Io): Promise<string> {
  const render = renders[format];
  if (render === undefined) throw new Error(`no renderer for the format ${format}`);
  return render(io.now());
}
