import { context } from '@actions/github';
import type { Github, Merge } from './github.ts';
import { digestOf, findPost, keepComment, withMarker } from './posts.ts';
import type { Settings } from './settings.ts';

/**
 * Tells every merge before this one of which no run said what became of it.
 *
 * GitHub keeps one waiting run of a concurrency group and drops the others: of three quick merges the one in the middle
 * never gets its turn. Its plan is not applied late, because a later merge may have taken back what it would create for
 * good. Nothing is lost either: a manifest is planned as a whole, so the plan of the later merge holds it.
 *
 * Looked at are the last commits that changed the manifest, back to a merge of which a result was told.
 */
export async function tellSkipped(own: Merge | undefined, settings: Settings, github: Github): Promise<void> {
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
