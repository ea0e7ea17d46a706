import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/*
 * `npm run campaign -- NAME [options]`: what runs for longer than a check, each under its name. Options go to the campaign.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const tsx = (file: string, ...rest: readonly string[]): readonly string[] => [
  ...rest,
  '--import',
  'tsx',
  `test/campaigns/${file}`,
];
const vitest = (folder: string): readonly string[] => [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/vitest.config.ts',
  `test/campaigns/${folder}`,
];

/** The command lines of a campaign, one after the other. */
const CAMPAIGNS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  simulate: [tsx('simulation/run.ts')],
  kills: [tsx('kills/main.ts')],
  endurance: [
    [...tsx('simulation/run.ts'), '--singles', '--histories', '10000'],
    [...tsx('simulation/run.ts'), '--histories', '100000', '--seed', '100001'],
    [...tsx('kills/main.ts'), '--kills', '200', '--seed', '1'],
  ],
  crowd: [tsx('crowd/main.ts')],
  fuzz: [tsx('fuzz/main.ts')],
  canary: [tsx('canary/run.ts')],
  switches: [vitest('switch-matrix')],
  determinism: [vitest('determinism')],
  mutation: [['test/campaigns/mutation/run.mjs']],
  bench: [['test/campaigns/bench/run.mjs']],
  faults: [tsx('bench/faults/run.ts')],
  hostile: [tsx('bench/hostile/run.ts')],
  soak: [tsx('bench/soak/run.ts', '--expose-gc')],
};

const [name = '', ...options] = process.argv.slice(2);
const lines = Object.hasOwn(CAMPAIGNS, name) ? CAMPAIGNS[name] : undefined;
if (lines === undefined) {
  process.stderr.write(`campaign NAME [options]; NAME is one of ${Object.keys(CAMPAIGNS).join(', ')}\n`);
  process.exit(64);
}
for (const line of lines) {
  const { status } = spawnSync(process.execPath, [...line, ...options], {
    cwd: ROOT,
    stdio: 'inherit',
    // By hand every story is told in every position, also where its Zoho never asks about the switch.
    env: name === 'switches' ? { ...process.env, ZOHO_FIELDS_MATRIX: 'all' } : process.env,
  });
  if (status !== 0) process.exit(status ?? 1);
}
