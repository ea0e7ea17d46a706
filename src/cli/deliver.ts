import { orProblem, Problem } from '../model/problem.ts';
import { diagnosticsText } from '../report/media/diagnostics.ts';
import { lookOf, type Io } from '../machine/io.ts';
import type { Format, OutputFile, Outputs, Renders } from '../report/media/formats.ts';
import { writeReport } from '../machine/outputs.ts';
import type { ReportKind } from '../report/media/document.ts';
import { DEFAULT_MANIFEST } from '../machine/read-bytes.ts';
import { failureRenders } from '../report/failure/formats.ts';

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
async function writeReports(renders: Renders, files: readonly OutputFile[], io: Io): Promise<boolean> {
  let complete = true;
  for (const file of files) {
    const written = await orProblem(
      rendered(renders, file.format, io).then((text) => writeReport(file, text, io)),
    );
    if (!(written instanceof Problem)) continue;
    io.stderr.write(diagnosticsText(written.diagnostics, lookOf(io.stderr, io)));
    complete = false;
  }
  return complete;
}

async function rendered(renders: Renders, format: Format, io: Io): Promise<string> {
  const render = renders[format];
  if (render === undefined) throw new Error(`no renderer for the format ${format}`);
  return render(io.now());
}

/**
 * Writes what kept a command from its result in the formats that were asked for, so that a comment or a page never goes
 * on showing the result of an earlier run.
 *
 * Text goes to standard error, and the one document of JSON to standard output, from the place that catches everything;
 * what is no `Problem` is a bug, and has a report of its own.
 */
export async function reportFailure(
  error: unknown,
  command: ReportKind,
  outputs: Outputs & { readonly file?: string },
  io: Io,
): Promise<void> {
  if (!(error instanceof Problem) || io.interrupt.requested) return;
  const renders = failureRenders(error, command, outputs.file ?? DEFAULT_MANIFEST);
  if (outputs.format !== 'text' && outputs.format !== 'json') {
    io.stdout.write((await renders[outputs.format]?.(io.now())) ?? '');
  }
  await writeReports(renders, outputs.files ?? [], io);
}
