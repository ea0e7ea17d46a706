import { join } from 'node:path';
import { visible } from '../model/visible.ts';
import { ask, type Github } from './github.ts';
import { findPost, readReport, saysTheSame, summarise } from './posts.ts';
import type { Settings } from './settings.ts';
import { reporting, runLive } from './tool.ts';

/** GitHub takes no longer one. */
const LONGEST_TITLE = 256;

/**
 * On a schedule: one issue is open while Zoho is not as declared.
 * @returns the exit code that the job ends with.
 */
export async function watchDrift(settings: Settings, github: Github): Promise<number> {
  const { manifest, report } = settings;
  const found = await runLive([
    'plan',
    '-f',
    manifest,
    '--detailed-exitcode',
    ...reporting(report, { markdown: 'drift.md', json: 'drift.json' }),
  ]);
  const body = await readReport(join(report, 'drift.md'), settings);
  await summarise(body);
  // Where Zoho cannot be asked nothing is known about drift: the issue stays as it is, and the job fails.
  if (![0, 2, 3].includes(found) || body === undefined) return found;

  await ask('keep an issue', async () => {
    // Looked for again before each try: an issue whose answer was lost is there.
    const issue = findPost(await github.openIssues(), ['plan'], settings);
    if (found === 0) {
      if (issue === undefined) return;
      await github.writeComment(issue.id, 'Zoho is as declared again.');
      await github.closeIssue(issue.id);
    } else if (issue === undefined) {
      await github.openIssue(titleFor(settings), body);
    } else if (!saysTheSame(issue, body)) {
      await github.changeIssue(issue.id, body);
    }
  });
  return 0;
}

function titleFor({ manifest, name }: Settings): string {
  const organisation = name === '' ? '' : ` (${name})`;
  return visible(`Zoho${organisation} is not as ${manifest} declares`).slice(0, LONGEST_TITLE);
}
