import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { context, getOctokit } from '@actions/github';
import { unzipSync } from 'fflate/browser';
import { Failure } from './settings.ts';

/** A comment or an issue, as far as this action looks at it. */
export interface Post {
  /** A comment's id, an issue's number. */
  readonly id: number;
  readonly author: string;
  readonly body: string;
}

/** A pull request that was merged. */
export interface Merge {
  readonly number: number;
  /** The commit that was reviewed last. */
  readonly reviewed: string;
}

/** A file of a branch, and what it is to hold. */
export interface FileChange {
  /** From the top of the repository. */
  readonly path: string;
  readonly branch: string;
  readonly message: string;
  readonly text: string;
}

/** What this action asks of GitHub. Every call that fails says in words what could not be had. */
export interface Github {
  /** Comments of a pull request or an issue, oldest first. */
  comments(thread: number): Promise<readonly Post[]>;
  writeComment(thread: number, body: string): Promise<void>;
  changeComment(id: number, body: string): Promise<void>;
  /** Open issues; pull requests, which GitHub lists among them, left out. */
  openIssues(): Promise<readonly Post[]>;
  openIssue(title: string, body: string): Promise<void>;
  changeIssue(number: number, body: string): Promise<void>;
  closeIssue(number: number): Promise<void>;
  /** The merged pull requests that brought a commit. */
  mergesOf(commit: string): Promise<readonly (Merge & { readonly commit: string; readonly base: string })[]>;
  /** The last commits that changed a file, the newest first. */
  commitsOf(path: string, from: string): Promise<readonly string[]>;
  /** Writes one file of a branch, in a commit of its own; none where it holds exactly that already. */
  commitFile(change: FileChange): Promise<void>;
  /**
   * A file out of the newest artifact of that name that a run of this repository kept for a commit: a fork could keep
   * anything under the same name.
   */
  keptFile(artifact: string, commit: string, file: string): Promise<string | undefined>;
}

/** Pages of a hundred that are read at most of a list that others may make long. */
const MOST_PAGES = 50;

/** A saved plan of the largest manifest is far below; its reports lie in the same archive. */
const MOST_BYTES = 32 * 1024 * 1024;

/** GitHub's API with the token of the workflow; the host is the runner's own (`GITHUB_API_URL`). */
export function connect(token: string): Github {
  const silent = (): void => undefined;
  const octokit = getOctokit(token, { log: { debug: silent, info: silent, warn: silent, error: silent } });
  octokit.hook.before('request', (options) => {
    options.request = { ...options.request, signal: AbortSignal.timeout(60_000) };
  });
  const { rest } = octokit;
  const { iterator } = octokit.paginate;
  const here = context.repo;
  const many = { ...here, per_page: 100 };

  async function all<T>(pages: AsyncIterable<{ readonly data: readonly T[] }>): Promise<readonly T[]> {
    const found: T[] = [];
    let read = 0;
    for await (const { data } of pages) {
      found.push(...list(data));
      read += 1;
      if (read === MOST_PAGES) break;
    }
    return found;
  }

  return {
    comments: (issue_number) =>
      ask('list the comments of a pull request', async () => {
        const pages = iterator(rest.issues.listComments, { ...many, issue_number });
        return (await all(pages)).map(({ id, user, body }) => post(id, user, body));
      }),
    writeComment: async (issue_number, body) => {
      await once('write a comment', () => rest.issues.createComment({ ...here, issue_number, body }));
    },
    changeComment: async (comment_id, body) => {
      await ask('change a comment', () => rest.issues.updateComment({ ...here, comment_id, body }));
    },
    openIssues: () =>
      ask('list the open issues', async () => {
        const pages = iterator(rest.issues.listForRepo, { ...many, state: 'open' });
        return (await all(pages))
          .filter((issue) => issue.pull_request === undefined)
          .map(({ number, user, body }) => post(number, user, body));
      }),
    openIssue: async (title, body) => {
      await once('open an issue', () => rest.issues.create({ ...here, title, body }));
    },
    changeIssue: async (issue_number, body) => {
      await ask('change an issue', () => rest.issues.update({ ...here, issue_number, body }));
    },
    closeIssue: async (issue_number) => {
      const state_reason = 'completed';
      await ask('close an issue', () =>
        rest.issues.update({ ...here, issue_number, state: 'closed', state_reason }),
      );
    },
    mergesOf: (commit_sha) =>
      ask('find the pull request of a commit', async () => {
        const { data } = await rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha });
        return list(data).flatMap(({ number, merged_at, merge_commit_sha, head, base }) =>
          merged_at === null || merge_commit_sha === null
            ? []
            : [{ number, reviewed: head.sha, commit: merge_commit_sha, base: base.ref }],
        );
      }),
    commitsOf: (path, sha) =>
      ask('list the commits of the manifest', async () => {
        const { data } = await rest.repos.listCommits({ ...here, sha, path, per_page: 30 });
        return list(data).map((commit) => commit.sha);
      }),
    commitFile: ({ path, branch, message, text }) =>
      ask('commit a file', async () => {
        // Looked at again before each try: a commit whose answer was lost is there.
        const { data } = await rest.repos
          .getContent({ ...here, path, ref: branch })
          .catch((error: unknown) =>
            isMissing(error) ? { data: undefined } : Promise.reject(error as Error),
          );
        const found = data === undefined || Array.isArray(data) ? undefined : data.sha;
        if (found === blobName(text)) return;
        await rest.repos.createOrUpdateFileContents({
          ...here,
          path,
          branch,
          message,
          content: Buffer.from(text).toString('base64'),
          ...(found === undefined ? {} : { sha: found }),
        });
      }),
    keptFile: (name, commit, file) =>
      ask('find the reviewed plan', async () => {
        const { data } = await rest.actions.listArtifactsForRepo({ ...many, name });
        const [newest] = list(data.artifacts)
          .filter(({ expired, workflow_run: run }) => !expired && run?.head_sha === commit && isOwn(run))
          .sort((a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '', 'en') || b.id - a.id);
        if (newest === undefined) return undefined;
        const archive_format = 'zip';
        const answer = await rest.actions.downloadArtifact({
          ...here,
          artifact_id: newest.id,
          archive_format,
          request: { parseSuccessResponseBody: false },
        });
        return unpack(await bounded(answer.data as AsyncIterable<Uint8Array>), file);
      }),
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 404;
}

/** How git names a file of this content. */
function blobName(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

/** Whatever is no list is no answer of GitHub's, and never an empty list. */
function list<T>(data: readonly T[]): readonly T[] {
  if (!Array.isArray(data)) throw new Failure('GitHub answered with something that is no list.');
  return data;
}

function post(id: number, user: { readonly login: string } | null, body: string | null | undefined): Post {
  return { id, author: user?.login ?? '', body: body ?? '' };
}

function isOwn(run: { readonly repository_id?: number; readonly head_repository_id?: number }): boolean {
  return run.repository_id !== undefined && run.repository_id === run.head_repository_id;
}

async function bounded(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) throw new Failure('The kept plan is far too large.');
  }
  return Buffer.concat(parts);
}

/** @returns `undefined` where the archive cannot be read, or has no such file of a size that a plan can have. */
function unpack(archive: Uint8Array, file: string): string | undefined {
  try {
    const files = unzipSync(archive, {
      filter: ({ name, originalSize }) => name === file && originalSize <= MOST_BYTES,
    });
    return files[file] === undefined ? undefined : new TextDecoder().decode(files[file]);
  } catch {
    return undefined;
  }
}

/** Seconds between tries, where GitHub itself names no other time. */
const PAUSES = [1, 4, 10];
const LONGEST_PAUSE = 60;

/** An answer of GitHub's that is none to the question, or no answer at all. */
export class Unanswered extends Failure {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly tries: number;

  constructor(what: string, status: number, tries: number) {
    const said = status === 0 ? 'GitHub could not be reached' : `GitHub answered ${status} when asked`;
    super(`${said} to ${what}${tries > 1 ? `, ${tries} times in a row` : ''}. ${advice(status)}`);
    this.status = status;
    this.tries = tries;
  }
}

function advice(status: number): string {
  return [401, 403, 404].includes(status)
    ? "Compare the job's permissions and token with the example in docs/ci.md."
    : 'That is trouble of GitHub, or of the way to it: run the job again later.';
}

/**
 * Asks until GitHub answers: again where it has trouble of its own (5xx), no time (429, or a denial that says when to
 * come back), or cannot be reached. The question must be one that may be asked twice.
 * @throws Unanswered with the last answer.
 */
export async function ask<T>(what: string, question: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await question();
    } catch (error) {
      const { status, wait } = troubleOf(error);
      const pause = PAUSES[tries - 1];
      const isPassing = status === 0 || status >= 500 || status === 429 || wait !== undefined;
      if (!isPassing || pause === undefined) throw new Unanswered(what, status, tries);
      await setTimeout(Math.min(wait ?? pause, LONGEST_PAUSE) * 1000);
    }
  }
}

/** Asks once: what creates something may have done so although the answer was lost. */
async function once<T>(what: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw new Unanswered(what, troubleOf(error).status, 1);
  }
}

/** @throws the error itself where it does not come from GitHub, or where asking again was tried already. */
function troubleOf(error: unknown): { readonly status: number; readonly wait?: number } {
  if (error instanceof Unanswered && error.tries === 1) return { status: error.status };
  if (!(error instanceof Error) || error instanceof Failure) throw error;
  // Octokit gives a failure of the network the status 500 as well, but no response.
  const { status, response } = error as Error & {
    readonly status?: number;
    readonly response?: { readonly headers: Readonly<Record<string, unknown>> };
  };
  if (status === undefined && error.name !== 'TimeoutError') throw error;
  if (status === undefined || response === undefined) return { status: 0 };
  const after = Number(response.headers['retry-after'] ?? Number.NaN);
  return after >= 0 ? { status, wait: after } : { status };
}
