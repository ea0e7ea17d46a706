import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { problem, type Problem } from '../model/problem.ts';
import type { Io } from './io.ts';
import { MOST_BYTES } from './read-bytes.ts';

/** A file as one revision of git has it. */
export interface GitFile {
  /** Empty for what is staged. */
  readonly revision: string;
  readonly path: string;
}

/**
 * `REV:path` taken apart; `undefined` for anything else, such as a path.
 *
 * A colon inside `@{…}` belongs to the revision. A file whose own name has a colon can be written as `./a:b`.
 */
export function parseGitFile(text: string): GitFile | undefined {
  if (/^(\.{0,2}[/\\]|[A-Za-z]:[/\\])/u.test(text)) return undefined;
  const match = /^((?:[^:{]|\{[^}]*\})*):(.+)$/su.exec(text);
  const [, revision, path] = match ?? [];
  return revision === undefined || path === undefined ? undefined : { revision, path };
}

/**
 * The bytes of a file in a revision, at most `most` of them.
 *
 * The words reach git as a list and never through a shell, and none that starts with a dash is taken for a revision.
 * @returns `undefined` where the revision has no such file.
 * @throws Problem `not-found` where there is no repository, no such revision or no git.
 */
export async function readGitFile(file: GitFile, most: number, io: Io): Promise<Uint8Array | undefined> {
  const { revision, path } = file;
  if (revision.startsWith('-') || /[\0\n]/u.test(revision + path)) throw unknownRevision(revision);
  if (revision === '') return blob(`:${path}`, most, io);
  return blob(`${await commitNamed(revision, io)}:${path}`, most, io);
}

/**
 * The commit that is checked out where a file lies, if it holds the file with exactly these bytes.
 * @param sha256 the digest of the bytes, in lower-case hex.
 * @throws Problem `not-found` where git cannot say, as {@link readGitFile} does.
 */
export async function commitHolding(
  path: string,
  sha256: string,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<string | undefined> {
  const file = resolve(io.cwd, path);
  const folder = { env: io.env, cwd: dirname(file) };
  const commit = await commitNamed('HEAD', folder);
  const bytes = await blob(`${commit}:./${basename(file)}`, MOST_BYTES, folder);
  const isSame = bytes !== undefined && createHash('sha256').update(bytes).digest('hex') === sha256;
  return isSame ? commit : undefined;
}

/** The whole name of a commit. */
async function commitNamed(revision: string, io: Pick<Io, 'cwd' | 'env'>): Promise<string> {
  const commit = await run(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], 200, io);
  if (commit.code !== 0) throw noAccess(commit.errors) ?? unknownRevision(revision);
  return new TextDecoder().decode(commit.output).trim();
}

async function blob(
  name: string,
  most: number,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<Uint8Array | undefined> {
  const { code, output, errors } = await run(['cat-file', 'blob', name], most, io);
  if (code === 0) return output;
  const refused = noAccess(errors);
  if (refused !== undefined) throw refused;
  return undefined;
}

interface GitRun {
  readonly code: number;
  readonly output: Uint8Array;
  readonly errors: string;
}

function run(words: readonly string[], most: number, io: Pick<Io, 'cwd' | 'env'>): Promise<GitRun> {
  return new Promise((resolve, reject) => {
    const call = gitCall(words, io.env);
    const git = spawn('git', call.words, {
      cwd: io.cwd,
      env: call.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A disk that no longer answers must not keep the report of an apply from being told. The time-out of `spawn` itself
    // would keep this process alive for as long where git could not be started.
    AbortSignal.timeout(30_000).addEventListener('abort', () => git.kill());
    const chunks: Buffer[] = [];
    let length = 0;
    let errors = '';
    git.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= most) git.kill();
    });
    git.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 2000) errors += chunk.toString('utf8');
    });
    git.on('error', () => reject(noGit()));
    git.on('close', (code) => {
      const output = Buffer.concat(chunks).subarray(0, most);
      resolve({ code: length >= most ? 0 : (code ?? 1), output, errors });
    });
  });
}

function noGit(): Problem {
  return problem(
    'not-found',
    'git-not-found',
    'Git could not be started, so no revision can be read.',
    'Install git, or name two files instead of revisions.',
  );
}

/** Why git reads nothing here at all: what it says, our code, our words, and what to do. */
const NO_ACCESS: readonly (readonly [says: RegExp, code: string, why: string, remedy: string])[] = [
  [
    /not a git repository/iu,
    'no-repository',
    'This folder is in no git repository, so it has no revisions.',
    'Run the command inside the repository, or name a file instead of a revision.',
  ],
  [
    /cannot use bare repository/iu,
    'repository-not-trusted',
    'This folder looks like a bare repository. Git reads nothing in it, because a checkout can hold such a folder.',
    'Run the command in a working tree; if you mean the bare repository, name it: GIT_DIR="$PWD"',
  ],
  [
    /dubious ownership/iu,
    'repository-not-trusted',
    'Git reads nothing in this folder, because it belongs to another user.',
    'If that is intended, as in a container: git config --global --add safe.directory "$PWD"',
  ],
];

/** `undefined` where it is only this revision or this file. */
function noAccess(errors: string): Problem | undefined {
  const [, code, why, remedy] = NO_ACCESS.find(([says]) => says.test(errors)) ?? [];
  return code === undefined || why === undefined ? undefined : problem('not-found', code, why, remedy);
}

function unknownRevision(revision: string): Problem {
  return problem(
    'not-found',
    'unknown-revision',
    `Git knows no commit "${revision}" here.`,
    'Check the name; in a shallow clone fetch the commit first: git fetch origin REV. A file is named by its path alone.',
  );
}

/** What git does with a file; `unknown` where there is no git or no repository. */
export type GitWatch = 'tracked' | 'ignored' | 'not-ignored' | 'unknown';

/** Asks git itself: nothing else knows all the places that rules can be in. */
export function watchedByGit(path: string): GitWatch {
  if (git(path, ['ls-files', '--error-unmatch', '--', basename(path)]) === 0) return 'tracked';
  const ignored = git(path, ['check-ignore', '--quiet', '--', basename(path)]);
  if (ignored === undefined || ignored > 1) return 'unknown';
  return ignored === 0 ? 'ignored' : 'not-ignored';
}

/** The exit code, or `undefined` where git could not be run. */
function git(path: string, words: readonly string[]): number | undefined {
  const call = gitCall(words, process.env);
  const run = spawnSync('git', call.words, {
    cwd: dirname(path),
    env: call.env,
    stdio: 'ignore',
    timeout: 5000,
  });
  return run.error === undefined ? (run.status ?? undefined) : undefined;
}

/**
 * How git is called: it reads, and runs nothing that the folder it reads in asks for.
 *
 * A folder that came from a stranger, with its `.git` or as a bare repository inside a checkout, has a configuration that
 * names programs. Options of the command line go before it.
 */
export interface GitCall {
  readonly words: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** What a repository's configuration could make git run while it reads, each switched off. */
const NOTHING_RUNS: readonly string[] = [
  // Asked for what changed whenever the index is read.
  'core.fsmonitor=false',
  // Hooks such as post-index-change.
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'diff.external=',
  // All that belongs to reaching another machine; where an object is missing, a partial clone would fetch it.
  'protocol.allow=never',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.askPass=',
  'credential.helper=',
  // A folder of a checkout that is made like a repository is none: its configuration is a stranger's.
  'safe.bareRepository=explicit',
];

/**
 * The words and the environment of a call. Filters and text conversions need no option: the commands in use read objects
 * as they are stored, and submodules and other object stores are only read.
 * @param env this process's: all of it but this tool's settings and proxies reaches git. It asks no network here, and a
 * child's environment is seen in more places than ours, such as Node's own log of it.
 */
export function gitCall(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): GitCall {
  const own = Object.entries(env).filter(([name]) => !/^ZOHO_|_proxy$/i.test(name));
  return {
    words: ['--no-pager', ...NOTHING_RUNS.flatMap((setting) => ['-c', setting]), ...words],
    env: {
      ...Object.fromEntries(own),
      // English, so that the messages that matter can be told from the others.
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      // Goes before a `protocol.NAME.allow`, which would go before the option above.
      GIT_ALLOW_PROTOCOL: 'none',
    },
  };
}
