import { GROUPS } from './groups.mjs';

// Set by `run.mjs`.
const name = process.env.MUTATION_GROUP ?? '';
const group = GROUPS[name];
if (group === undefined) throw new Error(`no group "${name}"`);

export default {
  mutate: group.mutate,
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.mjs', related: false },
  plugins: ['@stryker-mutator/vitest-runner', './test/mutation/message-ignorer.mjs'],
  ignorers: ['message'],
  // It would rewrite the paths in it with the API of an older TypeScript; ours stay inside the folder anyway.
  tsconfigFile: 'left-alone',
  concurrency: Number(process.env.MUTATION_WORKERS ?? 1),
  // A change of the tests' own speed is no finding, a mutant that never ends is.
  timeoutMS: 10_000,
  timeoutFactor: 3,
  incremental: true,
  incrementalFile: `.mutation/${name}.incremental.json`,
  tempDirName: '.mutation/tmp',
  ignorePatterns: ['/dist', '/coverage', '/.mutation', '/.github', '/test/bench'],
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportScoreTable: true, reportMutants: true },
  jsonReporter: { fileName: `.mutation/${name}.json` },
  thresholds: { high: 95, low: 95, break: 95 },
};
