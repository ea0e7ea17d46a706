import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { gitCall } from './git-call.ts';

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
