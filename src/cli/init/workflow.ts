import { VERSION } from '../../model/version.ts';

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
