import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    // The built command is what users run, so the tests of the contract run it too: it is built once, first.
    globalSetup: ['test/support/build-once.ts', 'test/support/wire-summary.ts'],
    // Whatever a test is about: what the client sends meanwhile is held against the rules of the wire.
    setupFiles: ['test/support/wire-watch.ts'],
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
      // Nor may anything of a test reach the journal of whoever runs it; commands have a home of their own besides.
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
});
