import { context } from '@actions/github';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Github } from './github.ts';
import { summarise, withMarker } from './posts.ts';
import { type Settings, Failure } from './settings.ts';
import { runLive } from './tool.ts';

/**
 * On a schedule: commits what a plan reads of Zoho, for pull requests that get no credentials, and so that the history of one
 * file shows what changed there. Nothing of the checkout is written.
 * @returns the exit code that the job ends with.
 */
export async function refreshSnapshot(settings: Settings, github: Github): Promise<number> {
  const { manifest, snapshot, namesOnly, report } = settings;
  if (snapshot === '') throw new Failure('Name the file of the snapshot with "snapshot".', 64);
  const branch = /^refs\/heads\/(?<name>.+)$/u.exec(context.ref)?.groups?.['name'];
  if (branch === undefined || context.payload.pull_request !== undefined) {
    throw new Failure('This step is for a schedule or a push to a branch, not for pull requests.', 64);
  }
  const file = join(report, 'zoho.snapshot.json');
  const names = namesOnly ? ['--names-only'] : [];
  const verdict = await runLive(['snapshot', '-f', manifest, '--out', file, ...names]);
  // The one that is committed stays, and grows old, which every plan of it tells.
  if (verdict !== 0) return verdict;
  const message = `Refresh ${snapshot}`;
  await github.commitFile({ path: snapshot, branch, message, text: await readFile(file, 'utf8') });
  await summarise(withMarker('snapshot', 'The snapshot of Zoho was refreshed.', settings));
  return 0;
}
