import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longer than a person waits: campaigns, laws over thousands of cases, and what real processes attack or break.
 * `npm test` leaves it out (`--mode quick`), and `npm run check:all` runs it (`--mode long`); without a mode all are run.
 */
export const LONG = [
  'test/campaigns/**',
  'test/action/**',
  'test/commands/{hostile,machine,secrets}/**',
  'test/supply-chain/package.test.ts',
  'test/commands/{foreign-plans,host-trust,hosts,lost-answers,meddling,output-paths,stale-plans,worlds}.test.ts',
  'test/commands/{incomplete-lists,wrong-answers,credentials/canary}.test.ts',
  'test/unit/{scopes,room,apply/least-requests,import/import-laws,probe/only-ours,snapshot/same-plan,types/any-manifest,report/{hostile,hostile-reports}}.test.ts',
  'test/unit/manifest/{any-bytes,hostile-lengths,what-zoho-creates}.test.ts',
];
/** Told by `npm test` inside one process, and once more, with real processes, where it takes long. */
const STORIES = [
  'test/commands/{actions,data-types,exit-codes,interrupts,json,output-safety}.test.ts',
  'test/commands/{plan,refusals,saved-plans,token-errors}.test.ts',
];
/** Those of them that take minutes: begun last, one of them would keep one core busy while the others wait. */
const LONGEST = ['/switch-matrix/', '/test/action/', '/report/hostile.test'];
const ALL = ['test/**/*.test.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONGEST.findIndex((part) => moduleId.includes(part));
      return index === -1 ? LONGEST.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include:
      mode === 'long' ? [...LONG, ...STORIES].map((glob) => glob.replace(/\*\*$/u, '**/*.test.ts')) : ALL,
    exclude: mode === 'quick' ? [...configDefaults.exclude, ...LONG] : configDefaults.exclude,
    // CI adds up what both modes tell.
    reporters: ['default', ['json', { outputFile: `test-results/${mode}.json` }]],
    sequence: { sequencer: LongestFirst },
    // The built command is what users run, so the tests of the contract run it too: it is built once, first.
    globalSetup: ['test/support/build-once.ts', 'test/support/wire-summary.ts'],
    // A process for each file would cost more than many of the files; their modules are apart all the same.
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
    // Whatever a test is about: what the client sends meanwhile is held against the rules of the wire.
    setupFiles: ['test/support/fresh-modules.ts', 'test/support/wire-watch.ts'],
    // A busy machine is slow, not broken: this bounds what hangs, and nothing that passes waits for it.
    testTimeout: 60_000,
    // Most of the time goes into waiting for commands: one worker more than there are cores keeps them busy.
    maxWorkers: availableParallelism() + 1,
    // Nothing of the developer's own settings may reach a test.
    env: {
      ZOHO_CLIENT_ID: '',
      ZOHO_CLIENT_SECRET: '',
      ZOHO_REFRESH_TOKEN: '',
      ZOHO_DC: '',
      NO_COLOR: '',
      FORCE_COLOR: '',
      STORIES: mode === 'quick' ? 'inside' : 'processes',
      // Nor may anything of a test reach the journal of the person who runs it; commands have a home of their own besides.
      XDG_STATE_HOME: join(tmpdir(), `zoho-fields-state-${process.pid}`),
      XDG_CACHE_HOME: join(tmpdir(), `zoho-fields-cache-${process.pid}`),
    },
    coverage: {
      provider: 'v8',
      include: ['src/{model,manifest,plan,apply,diff,report}/**/*.ts'],
      exclude: ['**/*.gen.js', '**/*.d.ts'],
      reporter: ['text-summary', 'html'],
      // The pure core decides what is written into someone's CRM; of the edges, real processes tell more than a count.
      thresholds: { 'src/{model,plan,apply}/**/*.ts': { branches: 95, lines: 97 } },
    },
  },
}));
