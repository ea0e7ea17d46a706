import { Problem } from '../model/problem.ts';
import type { ReportKind } from '../report/media/document.ts';
import { writeReports } from './deliver.ts';
import type { Outputs } from '../report/media/formats.ts';
import type { Io } from '../machine/io.ts';
import { DEFAULT_MANIFEST } from '../machine/read-bytes.ts';
import { failureRenders } from '../report/failure/formats.ts';

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
