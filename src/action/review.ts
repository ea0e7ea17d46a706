import { info, setOutput } from '@actions/core';
import { context } from '@actions/github';
import { readFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import type { Github } from './github.ts';
import { keepComment, readReport, summarise } from './posts.ts';
import { artifactName, type Settings, Failure } from './settings.ts';
import { git, hasCredentials, reporting, runLive, runOffline } from './tool.ts';

/**
 * A pull request: is the manifest valid, what does it change, and what would Zoho get?
 * @returns the exit code that the job ends with, once its comment and its reports are safe.
 */
export async function review(settings: Settings, github: Github): Promise<number> {
  const { manifest } = settings;
  const pull = context.payload.pull_request?.number;
  const file = (name: string): string => join(settings.report, name);

  let verdict = await runOffline([
    'validate',
    '-f',
    manifest,
    ...reporting(settings.report, { markdown: 'validate.md', sarif: 'validate.sarif' }),
  ]);
  let report = 'validate.md';
  let quiet = false;

  if (verdict === 0) {
    const base = await findBase();
    report = 'diff.md';
    // What the base says is no fault of this change: where it cannot be compared, the comment says why.
    await runOffline([
      'diff',
      await versionAt(base, manifest),
      manifest,
      ...reporting(settings.report, {
        markdown: 'diff.md',
        html: 'diff.html',
        json: 'diff.json',
        patch: 'diff.patch',
      }),
    ]);
    const { changes } = await readJson<{ readonly changes?: readonly unknown[] }>(file('diff.json'));
    quiet = changes?.length === 0;

    if (hasCredentials()) {
      report = 'plan.md';
      verdict = await runLive([
        'plan',
        '-f',
        manifest,
        '--base',
        base,
        '--out',
        file('reviewed.plan'),
        ...reporting(settings.report, { markdown: 'plan.md', html: 'plan.html', json: 'plan.json' }),
      ]);
      const plan = await readJson<PlanJson>(file('plan.json'));
      quiet = isNoNews(plan);
      if (plan.kind === 'plan') setOutput('plan-id', plan.plan_id);
      const saved = await readFile(file('reviewed.plan'), 'utf8').catch(() => '');
      if (saved !== '' && pull !== undefined) setOutput('artifact', artifactName(pull, settings));
    } else {
      const planned = await planSnapshot(base, settings);
      if (planned !== undefined) ({ verdict, quiet, report } = planned);
    }
  }

  const body = await readReport(file(report), settings);
  await summarise(body);
  if (body !== undefined && pull !== undefined) {
    await keepComment(github, pull, ['plan', 'diff', 'validate'], body, settings, quiet);
  }
  return verdict;
}

/**
 * Without credentials, as for a pull request from a fork: the plan of the snapshot that the base branch holds. Never of the
 * pull request's own, which could say whatever a stranger likes.
 * @returns `undefined` where there is none, or none that can be planned: then the comparison of the manifests stands.
 */
async function planSnapshot(
  base: string,
  { manifest, snapshot, report: folder }: Settings,
): Promise<{ readonly verdict: number; readonly quiet: boolean; readonly report: string } | undefined> {
  const version = `${base}:./${snapshot}`;
  if (snapshot === '' || (await git('cat-file', '-e', version)) === undefined) return undefined;
  const verdict = await runOffline([
    'plan',
    '-f',
    manifest,
    '--base',
    base,
    '--from',
    version,
    ...reporting(folder, { markdown: 'plan.md', html: 'plan.html', json: 'plan.json' }),
  ]);
  const plan = await readJson<PlanJson>(join(folder, 'plan.json'));
  if (plan.kind === 'plan') return { verdict, quiet: isNoNews(plan), report: 'plan.md' };
  info('zoho-fields: the snapshot of the base branch cannot be planned, so the manifests are only compared.');
  return undefined;
}

/** True for a plan that asks nothing of its reader; one that could not be made does. */
function isNoNews({ summary }: Partial<PlanJson>): boolean {
  return summary !== undefined && summary.create + summary.drift + summary.conflict === 0;
}

interface PlanJson {
  readonly kind?: string;
  readonly plan_id?: string;
  readonly summary?: { readonly create: number; readonly drift: number; readonly conflict: number };
}

/** A report of the command as JSON; nothing in it where none was written. */
async function readJson<T extends object>(path: string): Promise<Partial<T>> {
  return JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as Partial<T>;
}

/** What merging starts from: the first parent of GitHub's merge commit, otherwise the tip of the base branch. */
async function findBase(): Promise<string> {
  const isMerge = (await git('rev-parse', '--verify', '--quiet', 'HEAD^2')) !== undefined;
  const parent = isMerge ? await git('rev-parse', '--verify', 'HEAD^1') : undefined;
  if (parent !== undefined) return parent;
  const base = String((context.payload.pull_request?.['base'] as { sha?: unknown } | undefined)?.sha);
  if (!/^[0-9a-f]{40,64}$/u.test(base)) {
    throw new Failure(
      'The commit that the change starts from is not known: this step is for pull requests.',
      64,
    );
  }
  if ((await git('cat-file', '-e', `${base}^{commit}`)) === undefined) {
    throw new Failure(
      'The commit that the change starts from is not here: check out with "fetch-depth: 2".',
      64,
    );
  }
  return base;
}

/** A version of the manifest as the command names it; an empty file where that commit has none. */
async function versionAt(commit: string, manifest: string): Promise<string> {
  const version = `${commit}:./${manifest}`;
  return (await git('cat-file', '-e', version)) === undefined ? devNull : version;
}
