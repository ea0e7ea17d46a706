import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, rm } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { getInput } from '@actions/core';
import { visible } from '../model/visible.ts';

/** What the workflow asked for, checked once; `action.yml` hands every input over as a variable of this process. */
export interface Settings {
  readonly manifest: string;
  /** Where the snapshot lies in the repository; empty where none is kept. */
  readonly snapshot: string;
  /** Whether a snapshot leaves options and tooltips out. */
  readonly namesOnly: boolean;
  /** Tells organisations apart; empty where there is only one. */
  readonly name: string;
  /** Whose comments and issues are this action's own. */
  readonly author: string;
  readonly token: string;
  /** The folder of the reports, which a later step keeps as an artifact. */
  readonly report: string;
  /** The folder of what nobody needs afterwards. */
  readonly work: string;
}

/** Longer paths are cut in the hidden marker of a comment, where two of them could then be taken for one. */
const LONGEST_PATH = 200;

/**
 * Reads the inputs, and makes the two folders, empty.
 * @throws Failure for a value that could be taken for an option, for two values, or for another file.
 */
export async function readSettings(): Promise<Settings> {
  const temp = process.env['RUNNER_TEMP'] ?? '';
  if (temp === '') throw new Failure('RUNNER_TEMP is not set: this runs on a runner of GitHub only.', 64);
  const manifest = pathOf('manifest');
  await stayInside(manifest);
  const name = getInput('name');
  if (!/^[\w.-]{0,40}$/u.test(name)) {
    throw new Failure(
      'The name may have letters, digits, dots, dashes and underscores only, 40 at most.',
      64,
    );
  }
  const token = getInput('github_token');
  if (!/^[\w.-]+$/u.test(token)) throw new Failure('There is no usable token for GitHub.', 78);
  const settings = {
    manifest,
    snapshot: getInput('snapshot') === '' ? '' : pathOf('snapshot'),
    namesOnly: getInput('names_only') === 'true',
    name,
    author: getInput('author'),
    token,
    report: join(temp, 'zoho-fields-report'),
    work: join(temp, 'zoho-fields-work'),
  };
  for (const folder of [settings.report, settings.work]) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    await chmod(folder, 0o700);
  }
  return settings;
}

/**
 * A file by its path from the top of the repository. One file has one name, by which its comments, issues and artifacts are
 * found again.
 */
function pathOf(input: 'manifest' | 'snapshot'): string {
  const path = posix.normalize(getInput(input));
  if (/^(?:-|\/|\.\.?(?:\/|$))|\p{Cc}/u.test(path)) {
    throw new Failure(`The ${input} is named by its path from the top of the repository.`, 64);
  }
  if (path.length > LONGEST_PATH) {
    throw new Failure(`The path of the ${input} is longer than ${LONGEST_PATH} characters.`, 64);
  }
  return path;
}

/** A pull request can make the manifest a link to any file of the runner, and reports show lines of the manifest. */
async function stayInside(manifest: string): Promise<void> {
  const [checkout, file] = await Promise.all([realpath('.'), realpath(manifest).catch(() => undefined)]);
  if (file !== undefined && !file.startsWith(checkout + sep)) {
    throw new Failure('The manifest is, or leads to, a file outside the checkout.', 65);
  }
}

/**
 * The artifact that holds the plan of a pull request. A readable part, and the whole digest of what the plan is of: names
 * that differ only in a character that an artifact cannot have are different artifacts.
 */
export function artifactName(pull: number, { manifest, name }: Settings): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([manifest, name]))
    .digest('hex');
  const readable = `${manifest}${name === '' ? '' : `-${name}`}`.replace(/[^\w.-]/gu, '-').slice(-60);
  return `zoho-fields-plan-${pull}-${readable}-${digest}`;
}

/** What ends the job in words: no bug, but something that an admin can do something about. */
export class Failure extends Error {
  readonly code: number;

  /** @param code the exit code of the job (contract §6). */
  constructor(message: string, code = 1) {
    super(visible(message));
    this.code = code;
  }
}
