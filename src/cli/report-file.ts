import { lstat, mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { problem } from '../model/problem.ts';
import { looksLikePlan } from '../plan/saved-plan.ts';
import { redact } from '../zoho/redact.ts';
import { diskCode, diskRemedy } from './disk-words.ts';
import type { OutputFile } from './format.ts';
import type { Io } from './io.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes a report whole or not at all: whoever reads the file meanwhile sees the old report or the new one.
 * @throws Problem `failed` where it cannot be written.
 */
export async function writeReport(path: string, text: string, io: Io): Promise<void> {
  const target = resolve(io.cwd, path);
  try {
    await mkdir(dirname(target), { recursive: true });
    await replaceFile(target, redact(text));
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

/**
 * Looks at the paths of reports before anything else happens: reports are rewritten by every run, but a slip such as
 * `--format markdown=fields.yaml` must not cost the manifest.
 * @throws Problem `usage` where something that is no report is in the way.
 */
export async function checkReportFiles(files: readonly OutputFile[], io: Io): Promise<void> {
  for (const { format, path } of files) {
    const target = resolve(io.cwd, path);
    const stat = await lstat(target).catch(() => undefined);
    if (stat === undefined) continue;
    const what = !stat.isFile() ? 'not a plain file' : await precious(target);
    if (what === undefined) continue;
    throw problem(
      'usage',
      'report-in-the-way',
      `${path} is ${what}, so no report is written over it.`,
      `Choose another path behind "--format ${format}=".`,
    );
  }
}

async function precious(path: string): Promise<string | undefined> {
  if (/\.ya?ml$/iu.test(path)) return 'a YAML file';
  if (basename(path).startsWith('.env')) return 'a file of settings';
  return looksLikePlan(await readFile(path, 'utf8').catch(() => '')) ? 'a saved plan' : undefined;
}
