// What is mutated together, and by which tests it has to be noticed. Only tests that stay in one process are fast enough
// to be asked thousands of times; what real processes find on top of them is not counted.
export const GROUPS = {
  differ: {
    mutate: ['src/plan/compare.ts', 'src/plan/live-values.ts', 'src/plan/agreement.ts', 'src/diff/*.ts'],
    tests: ['test/plan/*.test.ts', 'test/diff/*.test.ts', '!test/diff/diff-command.test.ts'],
  },
  escaping: {
    mutate: ['src/report/escape*.ts', 'src/report/{html,markdown,github,sarif,value-text}.ts'],
    tests: ['test/report/{escape,github,goldens,hostile,markdown,sarif,value-text}.test.ts'],
  },
  plan: {
    mutate: ['src/plan/*.ts', '!src/plan/{compare,live-values,agreement}.ts'],
    tests: ['test/plan/**/*.test.ts', 'test/apply/*.test.ts'],
  },
  apply: {
    mutate: ['src/apply/*.ts'],
    tests: ['test/apply/*.test.ts', 'test/properties/laws.test.ts'],
  },
  redaction: {
    mutate: ['src/zoho/secret.ts', 'src/cli/bug-report.ts'],
    tests: ['test/cli/bug.test.ts'],
  },
};
