import { error, setOutput } from '@actions/core';
import { context } from '@actions/github';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../model/plan.ts';
import { Problem } from '../model/problem.ts';
import { parsePlan } from '../plan/saved-plan.ts';
import { workOf } from '../plan/earlier-runs.ts';
import type { Github, Merge } from './github.ts';
import { digestOf, findPost, keepComment, readReport, summarise, withMarker } from './posts.ts';
import { artifactName, type Settings, Failure } from './settings.ts';
import { reporting, runLive } from './tool.ts';

/**
 * After a merge: exactly the plan that was reviewed in the pull request, or nothing.
 * @returns the exit code that the job ends with, once its comment is written.
 */
export async function apply(settings: Settings, github: Github): Promise<number> {
  if (!/^[0-9a-f]{40,64}$/u.test(context.sha ?? '')) throw new Failure('The commit is not known.', 64);
  const merge = (await github.mergesOf(context.sha)).find(({ commit }) => commit === context.sha);
  // First of all: a result that is told here means that every merge before it was told of.
  await tellSkipped(merge, settings, github);
  try {
    if (merge === undefined) {
      throw new Refusal('this commit is not the merge of a pull request, so no plan of it was reviewed.');
    }
    return await applyReviewed(merge, settings, github);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const body = withMarker('apply', `**Nothing was applied to Zoho:** ${refusal.message}`, settings);
    error(`Nothing was applied to Zoho: ${refusal.message}`);
    await summarise(body);
    if (merge !== undefined) await keepComment(github, merge.number, ['apply'], body, settings);
    return refusal.code;
  }
}

/** Nothing was applied, because it is not certain that this plan was reviewed. The words are Markdown of our own. */
class Refusal extends Failure {
  constructor(message: string) {
    super(message, 75);
  }
}

async function applyReviewed(merge: Merge, settings: Settings, github: Github): Promise<number> {
  const path = join(settings.work, 'reviewed.plan');
  const plan = await keptPlan(merge, path, settings, github);
  const hasWork = workOf(plan).length > 0;
  // What people looked at is the comment: the plan has to be the one that it shows, by its whole digest.
  const comment = findPost(await github.comments(merge.number), ['plan'], settings);
  const shown = digestOf(comment);
  if (shown !== plan.digest && (hasWork || comment !== undefined)) {
    throw new Refusal(
      shown === undefined
        ? 'no comment shows the plan that was kept, so it was not reviewed.'
        : 'the plan that was kept is not the one that the comment shows.',
    );
  }
  setOutput('plan-id', plan.plan_id);
  if (!hasWork && comment === undefined) {
    await summarise(withMarker('apply', 'There was nothing to apply to Zoho.', settings));
    return 0;
  }

  // With -f the merged manifest has to be the one that was planned; another merge in between makes the plan stale.
  const { manifest, report } = settings;
  const verdict = await runLive([
    'apply',
    path,
    '-f',
    manifest,
    '--yes',
    ...reporting(report, { markdown: 'apply.md', html: 'apply.html', json: 'apply.json' }),
  ]);
  const body = await readReport(join(report, 'apply.md'), settings);
  await summarise(body);
  if (body !== undefined) await keepComment(github, merge.number, ['apply'], body, settings);
  return verdict;
}

/** The plan that a run of this repository kept for the commit that was reviewed last, also as a file of ours alone. */
async function keptPlan(merge: Merge, path: string, settings: Settings, github: Github): Promise<Plan> {
  const text = await github.keptFile(artifactName(merge.number, settings), merge.reviewed, 'reviewed.plan');
  if (text === undefined) {
    throw new Refusal(
      `no plan was kept for pull request ${merge.number} at its last commit. It came from a fork, or the plan expired: plan and apply by hand.`,
    );
  }
  await writeFile(path, text, { mode: 0o600 });
  try {
    return parsePlan(text, 'reviewed.plan');
  } catch (damage) {
    if (!(damage instanceof Problem)) throw damage;
    throw new Refusal(
      'the kept plan is damaged, or of another version of zoho-fields: plan and apply by hand.',
    );
  }
}

/**
 * Tells every merge before this one of which no run said what became of it.
 *
 * GitHub keeps one waiting run of a concurrency group and drops the others: of three quick merges the one in the middle
 * never gets its turn. Its plan is not applied late, because a later merge may have taken back what it would create for
 * good. Nothing is lost either: a manifest is planned as a whole, so the plan of the later merge holds it.
 *
 * Looked at are the last commits that changed the manifest, back to a merge of which a result was told.
 */
async function tellSkipped(own: Merge | undefined, settings: Settings, github: Github): Promise<void> {
  const branch = context.ref.replace(/^refs\/heads\//u, '');
  const seen = new Set(own === undefined ? [] : [own.number]);
  for (const commit of await github.commitsOf(settings.manifest, context.sha)) {
    for (const merge of await github.mergesOf(commit)) {
      if (merge.base !== branch || seen.has(merge.number)) continue;
      seen.add(merge.number);
      const comments = await github.comments(merge.number);
      if (findPost(comments, ['apply'], settings) !== undefined) return;
      // Without a plan that was shown there was nothing to apply.
      if (digestOf(findPost(comments, ['plan'], settings)) === undefined) continue;
      await keepComment(github, merge.number, ['apply'], skipped(own, settings), settings);
    }
  }
}

function skipped(own: Merge | undefined, settings: Settings): string {
  const later = own === undefined ? `commit ${context.sha}` : `the merge of #${own.number}`;
  const { owner, repo } = context.repo;
  const run = `${context.serverUrl}/${owner}/${repo}/actions/runs/${context.runId}`;
  return withMarker(
    'apply',
    '**The plan of this merge was not applied to Zoho, as far as any run told.** GitHub keeps one waiting run and drops ' +
      `those before it, or the run broke off. After it came ${later}, whose manifest holds this change too: ` +
      `[its run](${run}) tells what became of the whole manifest.`,
    settings,
  );
}
