/**
 * The GitHub Action: one step of it, as `action.yml` starts it beside the installed command. Everything about Zoho and
 * the manifest is said by that command, which runs as a process of its own; this program moves reports, comments, issues
 * and artifacts. Nothing that a pull request holds is ever run, or stands in a line of a shell.
 */
import { error, getInput, setOutput } from '@actions/core';
import { visible } from '../model/visible.ts';
import { apply } from './apply.ts';
import { connect, type Github, ask } from './github.ts';
import { review } from './review.ts';
import { readSettings, type Settings, Failure } from './settings.ts';
import { context } from '@actions/github';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { summarise, withMarker, findPost, readReport, saysTheSame } from './posts.ts';
import { runLive, reporting } from './tool.ts';

const STEPS: ReadonlyMap<string, (settings: Settings, github: Github) => Promise<number>> = new Map([
  ['review', review],
  ['apply', apply],
  ['drift', watchDrift],
  ['snapshot', refreshSnapshot],
]);

void act();

async function act(): Promise<void> {
  try {
    const step = STEPS.get(getInput('step'));
    if (step === undefined) throw new Failure('The step is one of review, apply, drift and snapshot.', 64);
    const settings = await readSettings();
    setOutput('report', settings.report);
    // The verdict ends the job in a later step, so that what could not be planned still gets its reports kept.
    setOutput('verdict', await step(settings, connect(settings.token)));
  } catch (failure) {
    const isExpected = failure instanceof Failure;
    const words = failure instanceof Error ? failure.message : 'unknown';
    error(isExpected ? words : `This is a bug of zoho-fields: ${visible(words)}`);
    process.exitCode = isExpected ? failure.code : 70;
  }
}

/**
 * On a schedule: commits what a plan reads of Zoho, for pull requests that get no credentials, and so that the history of one
 * file shows what changed there. Nothing of the checkout is written.
 * @returns the exit code that the job ends with.
 */
async function refreshSnapshot(settings: Settings, github: Github): Promise<number> {
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

/** GitHub takes no longer one. */
const LONGEST_TITLE = 256;

/**
 * On a schedule: one issue is open while Zoho is not as declared.
 * @returns the exit code that the job ends with.
 */
async function watchDrift(settings: Settings, github: Github): Promise<number> {
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
