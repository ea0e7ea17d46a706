import { lstat, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { diskCode, diskRemedy } from '../../machine/disk.ts';
import { replaceFile } from '../../machine/replace-file.ts';
import type { Io } from '../../machine/io.ts';
import { above } from '../../machine/manifest-file.ts';
import { OWN_FOLDER } from '../../machine/user-folders.ts';
import { problem, type Problem } from '../../model/problem.ts';
import { schemaLine } from '../../import/write-stanza.ts';
import { VERSION } from '../../model/version.ts';

/** The top of the repository that a folder is in, or the folder itself: workflows count only there. */
export function repositoryTop(folder: string): string {
  return above(folder, '.git') ?? folder;
}

/** What git is to leave alone: secrets, and the state of the built-in Zoho. */
const IGNORED: readonly string[] = ['.env', `${OWN_FOLDER}/`];

/** Room enough for any list of rules; what is larger is something else. */
const MOST_BYTES = 1024 * 1024;

/** A `.gitignore` as it is to be; the same as before where nothing is missing. */
export interface IgnoreFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly missing: readonly string[];
  readonly mode: number | undefined;
}

/**
 * Looks which rules a `.gitignore` lacks.
 * @throws Problem `usage` for a link, which git does not follow either, and for whatever else is no plain file of text.
 */
export async function readIgnoreFile(io: Pick<Io, 'cwd'>): Promise<IgnoreFile> {
  const path = resolve(io.cwd, '.gitignore');
  const stat = await lstat(path).catch(() => undefined);
  if (stat === undefined) return { path, before: undefined, missing: IGNORED, mode: undefined };
  if (!stat.isFile() || stat.size > MOST_BYTES) throw noPlainFile(path);
  const before = await readFile(path, 'latin1').catch((error: unknown) => {
    throw notWritten(path, diskCode(error));
  });
  const rules = new Set(before.split(/\r?\n/).map((line) => bare(line)));
  return { path, before, missing: IGNORED.filter((rule) => !rules.has(bare(rule))), mode: stat.mode & 0o777 };
}

/** Rules that name the same thing here. */
const bare = (rule: string): string => rule.trim().replace(/^\//, '').replace(/\/$/, '');

/** Adds what is missing at the end, in the file's own line breaks; every byte that was there stays. */
export async function extendIgnoreFile({ path, before = '', missing, mode }: IgnoreFile): Promise<void> {
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const joint = before === '' || before.endsWith('\n') ? '' : end;
  const after = `${before}${joint}${missing.map((rule) => `${rule}${end}`).join('')}`;
  try {
    await replaceFile(path, Buffer.from(after, 'latin1'), mode);
  } catch (error) {
    throw notWritten(path, diskCode(error));
  }
}

/** True where anything stands at a path. */
export async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** True for a plain file with exactly this text. */
export async function isThereWith(path: string, text: string): Promise<boolean> {
  const stat = await lstat(path).catch(() => undefined);
  if (stat?.isFile() !== true || stat.size > MOST_BYTES) return false;
  return (await readFile(path, 'utf8').catch(() => undefined)) === text;
}

/** @throws Problem `usage` for a folder on the way that is a link, since it leads elsewhere. */
export async function refuseLinks(folder: string, path: string): Promise<void> {
  for (let here = dirname(path); here !== folder && here !== dirname(here); here = dirname(here)) {
    const stat = await lstat(here).catch(() => undefined);
    if (stat?.isSymbolicLink() === true) throw leadsElsewhere(here);
  }
}

function noPlainFile(path: string): Problem {
  return problem(
    'usage',
    'output-in-the-way',
    `${path} is no plain file of rules, so nothing is added to it, and nothing else was written.`,
    `Put a plain file in its place, or remove it; it needs the lines ${IGNORED.join(' and ')}.`,
  );
}

function leadsElsewhere(path: string): Problem {
  return problem(
    'usage',
    'output-in-the-way',
    `${path} is a link to somewhere else, so nothing is written there.`,
    'Put a folder in its place, or leave --workflow out.',
  );
}

function notWritten(path: string, code: string): Problem {
  return problem(
    'failed',
    'ignore-file-not-written',
    `${path} could not be written (${code}).`,
    diskRemedy(code, 'Run the command in a folder that you may write in.'),
  );
}

/** A manifest to begin with: what every module of records can have, in the three ways in which a field is declared. */
export function exampleManifest(module: string, schema: string): string {
  return `${schemaLine(schema)}
#
# An example to change: put in what you need, take out what you do not. "plan" shows what differs from Zoho and writes
# nothing; "apply" creates what is missing, after a question, and changes nothing else.
module: ${module}
fields:
  # Created where it is missing. Its API name and data type can never be changed afterwards.
  - api_name: Partner_Reference
    field_label: Partner Reference
    data_type: text
    length: 50
    tooltip: The number that the partner knows this by

  - api_name: Risk_Level
    field_label: Risk Level
    data_type: picklist
    pick_list_values: [Low, Medium, High]

  # Must be there already, and is never created or changed.
  - api_name: Owner
    data_type: ownerlookup
    create: false
`;
}

/** Where GitHub looks for it, from the top of the repository. */
export const WORKFLOW_PATH = '.github/workflows/zoho-fields.yml';

/** A manifest's path that means the same to YAML, to GitHub's expressions and to a shell. */
export const PLAIN_PATH = /^[\w.][\w./-]*$/;

/**
 * A workflow of GitHub that reads only: changes of the manifest are checked without any secret, and on weekdays it is held
 * against Zoho. This tool is installed at exactly this version, outside the checkout and before there is a secret, and the
 * settings come from the environment alone: an .env of the checkout would be a stranger's.
 * @param manifest its path from the top of the repository.
 */
export function workflowText(manifest: string): string {
  return `# Checks ${manifest} in pull requests, and on weekdays compares it with Zoho. Nothing is written to Zoho.
# Secrets of this repository: ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN; a variable: ZOHO_DC, such as eu.
name: zoho-fields
on:
  pull_request:
    paths: ['${manifest}']
  schedule:
    - cron: '17 5 * * 1-5'
  workflow_dispatch:

permissions:
  contents: read

env:
  MANIFEST: ${manifest}

jobs:
  validate:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
${PREPARE}
      - run: '"$RUNNER_TEMP/zoho-fields/node_modules/.bin/zoho-fields" validate -f "$MANIFEST" --format github'

  plan:
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
${PREPARE}
      # Fails when a field is missing or differs (2), or cannot be had as declared (3).
      - run: '"$RUNNER_TEMP/zoho-fields/node_modules/.bin/zoho-fields" plan -f "$MANIFEST" --settings /dev/null --detailed-exitcode'
        env:
          ZOHO_CLIENT_ID: \${{ secrets.ZOHO_CLIENT_ID }}
          ZOHO_CLIENT_SECRET: \${{ secrets.ZOHO_CLIENT_SECRET }}
          ZOHO_REFRESH_TOKEN: \${{ secrets.ZOHO_REFRESH_TOKEN }}
          ZOHO_DC: \${{ vars.ZOHO_DC }}
`;
}

/** One exact version, without its scripts, away from the settings of npm that a checkout may hold. */
const PREPARE = `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
      - run: cd -- "$RUNNER_TEMP" && npm install --no-save --ignore-scripts --no-audit --no-fund --prefix "$RUNNER_TEMP/zoho-fields" zoho-fields@${VERSION}`;
