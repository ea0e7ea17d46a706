import { constants } from 'node:fs';
import { access, lstat, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { upsertEnv, type EnvEdit } from '../credentials/env-text.ts';
import type { Diagnostic } from '../model/problem.ts';
import { Problem, problem } from '../model/problem.ts';
import { diskCode } from './disk.ts';
import { watchedByGit } from './git.ts';
import { replaceFile } from './replace-file.ts';

/** An env file is a handful of lines; what is larger is something else. */
const MOST_BYTES = 1024 * 1024;

/**
 * Makes sure that secrets may be written to a file, before anyone spends a code on it.
 * @returns a warning where git does not ignore the file.
 * @throws Problem `configuration` for a link, for anything but a file of settings, for a file that git tracks, and where
 * nothing can be written.
 */
export async function guardEnvFile(path: string): Promise<readonly Diagnostic[]> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat?.isSymbolicLink() === true)
    throw refused(
      path,
      'env-file-link',
      'is a link to somewhere else, so no secret is written through it',
      'Name the file itself behind --settings.',
    );
  if (stat !== undefined && !stat.isFile())
    throw refused(path, 'env-file-not-a-file', 'is not a file', 'Name a file behind --settings.');
  if (stat !== undefined && stat.size > MOST_BYTES)
    throw refused(
      path,
      'env-file-too-large',
      'is far too large for a file of settings',
      'Name another file behind --settings.',
    );
  if (stat !== undefined && !holdsSettings(await readFile(path, 'utf8').catch(() => '')))
    throw refused(
      path,
      'env-file-not-settings',
      'holds something else than settings, so no secret is written into it',
      'Name another file behind --settings.',
    );
  await access(dirname(path), constants.W_OK).catch(() => {
    throw refused(
      path,
      'env-file-unwritable',
      'cannot be written: its folder is missing or closed to you',
      'Make the folder writable, or name another file behind --settings.',
    );
  });
  const watch = watchedByGit(path);
  if (watch === 'tracked')
    throw refused(
      path,
      'env-file-tracked',
      'is tracked by git, so secrets in it would be committed and stay in the history',
      'Take it out of git with "git rm --cached", ignore it with a line in .gitignore, commit both, then try again; if it ever held secrets, make new ones.',
    );
  if (watch !== 'not-ignored') return [];
  return [
    {
      severity: 'warning',
      code: 'env-file-not-ignored',
      message: `Git does not ignore ${path}: the next "git add ." would take the secrets along.`,
      remedy: 'Add a line with the name of the file to .gitignore.',
    },
  ];
}

/** True for a text that sets something, or says nothing at all. */
function holdsSettings(text: string): boolean {
  const said = text.split(/[\r\n]+/).filter((line) => !/^\s*(?:#|$)/.test(line));
  return said.length === 0 || said.some((line) => /^\s*(?:export\s+)?[A-Za-z_]\w*\s*=/.test(line));
}

/**
 * Writes values into an env file: whole or not at all, readable by its owner alone, all other lines as they were.
 *
 * The file is read at the last moment, since minutes pass while a person is asked.
 * @throws Problem `configuration` as {@link guardEnvFile}, `failed` where it cannot be written.
 */
export async function editEnvFile(path: string, edits: readonly EnvEdit[]): Promise<void> {
  await guardEnvFile(path);
  try {
    let bytes: Uint8Array = await readFile(path).catch((error: unknown) => {
      if (diskCode(error) === 'ENOENT') return new Uint8Array();
      throw error;
    });
    for (const edit of edits) bytes = upsertEnv(bytes, edit) ?? unwritable(path, edit.name);
    await replaceFile(path, bytes, 0o600);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw problem(
      'failed',
      'env-file-not-written',
      `The file ${path} could not be written (${diskCode(error)}); it is as it was.`,
      'Remove the cause, or name another file behind --settings, and log in again with a new code.',
    );
  }
}

function unwritable(path: string, name: string): never {
  throw problem(
    'failed',
    'env-file-not-understood',
    `No way was found to put ${name} into ${path} without changing what else is in it; the file is as it was.`,
    'Look for quotes that are opened and not closed, or name another file behind --settings.',
  );
}

function refused(path: string, code: string, why: string, remedy: string): Problem {
  return problem('configuration', code, `${path} ${why}.`, remedy);
}
