/**
 * The GitHub Action: one step of it, as `action.yml` starts it beside the installed command. Everything about Zoho and
 * the manifest is said by that command, which runs as a process of its own; this program moves reports, comments, issues
 * and artifacts. Nothing that a pull request holds is ever run, or stands in a line of a shell.
 */
import { error, getInput, setOutput } from '@actions/core';
import { visible } from '../model/visible.ts';
import { apply } from './apply.ts';
import { watchDrift } from './drift.ts';
import { connect, type Github } from './github.ts';
import { review } from './review.ts';
import { readSettings, type Settings, Failure } from './settings.ts';
import { refreshSnapshot } from './snapshot.ts';

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
