// `npm run campaign -- mutation [group…] [options of Stryker]`: breaks the code on purpose, one small change at a time, and counts
// what the tests notice.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { GROUPS } from './groups.mjs';

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('-'));
const asked = firstOption === -1 ? words : words.slice(0, firstOption);
const options = words.slice(asked.length);
const names = asked.length > 0 ? asked : Object.keys(GROUPS);
const unknown = names.filter((name) => !(name in GROUPS));
if (unknown.length > 0) {
  console.error(`no group ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}`);
  process.exit(64);
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
// By its path: where it is not installed, npx would offer to fetch another package of that name.
const stryker = 'node_modules/@stryker-mutator/core/bin/stryker.js';
let failed = false;
for (const name of names) {
  console.log(`\n${name}`);
  const { status } = spawnSync(
    process.execPath,
    [stryker, 'run', 'test/campaigns/mutation/stryker.config.mjs', ...options],
    {
      cwd: root,
      env: { ...process.env, MUTATION_GROUP: name },
      stdio: 'inherit',
    },
  );
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
