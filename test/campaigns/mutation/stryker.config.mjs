import { GROUPS } from './groups.mjs';

// Set by `run.mjs`.
const name = process.env.MUTATION_GROUP ?? '';
const group = GROUPS[name];
if (group === undefined) throw new Error(`no group "${name}"`);

export default {
  mutate: group.mutate,
  testRunner: 'vitest',
  vitest: { configFile: 'test/campaigns/mutation/vitest.config.mjs', related: false },
  plugins: ['@stryker-mutator/vitest-runner', './test/campaigns/mutation/message-ignorer.mjs'],
  ignorers: ['message'],
  // It would rewrite the paths in it with the API of an older TypeScript; ours stay inside the folder anyway.
  tsconfigFile: 'left-alone',
  concurrency: Number(process.env.MUTATION_WORKERS ?? 1),
  // A change of the tests' own speed is no finding, a mutant that never ends is.
  timeoutMS: 5000,
  timeoutFactor: 1,
  // Quicker, but new tests are not tried on mutants of what a file computes when it is loaded: for work in progress only.
  incremental: process.env.MUTATION_INCREMENTAL === '1',
  incrementalFile: `.mutation/${name}.incremental.json`,
  tempDirName: `.mutation/tmp-${name}`,
  ignorePatterns: ['/dist', '/coverage', '/.mutation', '/.github', '/test/campaigns/bench'],
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportScoreTable: true, reportMutants: true },
  jsonReporter: { fileName: `.mutation/${name}.json` },
  thresholds: { high: 95, low: 95, break: 95 },
};
