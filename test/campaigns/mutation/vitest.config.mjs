import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { GROUPS } from './groups.mjs';

const group = GROUPS[process.env.MUTATION_GROUP];
const tests = group?.tests ?? [];

export default defineConfig({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  test: {
    include: tests.filter((pattern) => !pattern.startsWith('!')),
    exclude: tests.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
    setupFiles: group?.examples === true ? ['test/campaigns/mutation/same-examples.ts'] : [],
    testTimeout: 60_000,
  },
});
