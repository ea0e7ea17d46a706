// What is mutated together, and by which tests it has to be noticed. Only tests that stay in one process are fast enough
// to be asked thousands of times; what real processes find on top of them is not counted.
export const GROUPS = {
  differ: {
    // Its laws take examples by chance: the same ones each time, so that no mutant is found by luck.
    examples: true,
    mutate: ['src/plan/compare.ts', 'src/plan/live-values.ts', 'src/plan/compare.ts', 'src/diff/*.ts'],
    tests: ['test/plan/*.test.ts', 'test/diff/*.test.ts', '!test/commands/diff.test.ts'],
  },
  escaping: {
    mutate: ['src/report/escape*.ts', 'src/report/{github,sarif,value-text}.ts'],
    tests: ['test/report/{escape,github,sarif,value-text}.test.ts'],
  },
  pages: {
    mutate: ['src/report/{html,markdown}.ts'],
    // Not the parsers that read a cut comment: they take seconds.
    tests: ['test/report/{comment-text,goldens,html}.test.ts'],
  },
  plan: {
    examples: true,
    mutate: [
      'src/plan/*.ts',
      '!src/plan/{agreement,compare,conversion,live-values,lookalikes,similar-names}.ts',
    ],
    tests: [
      'test/plan/*.test.ts',
      'test/apply/{apply-plan,find-ours,unfinished}.test.ts',
      'test/unit/plan/lead-mapping.test.ts',
    ],
  },
  lookalikes: {
    mutate: ['src/plan/{conversion,lookalikes,similar-names}.ts'],
    tests: ['test/adopting/{conversion,lookalikes,similar-names}.test.ts'],
  },
  apply: {
    mutate: ['src/apply/*.ts'],
    tests: ['test/apply/*.test.ts', '!test/unit/machine/lock.test.ts'],
  },
  redaction: {
    examples: true,
    mutate: [
      'src/zoho/{secret,redact,echo,find-pieces}.ts',
      'src/cli/{bug-report,hide-settings,secret-free-io}.ts',
    ],
    tests: [
      'test/commands/bug.test.ts',
      'test/unit/zoho/redact.test.ts',
      'test/unit/zoho/find-pieces.test.ts',
      'test/unit/credentials/pure.test.ts',
    ],
  },
  wire: {
    mutate: ['src/zoho/{session,retry,writer,refusal}.ts'],
    tests: ['test/zoho/{session,retry,writer,refusal}.test.ts'],
  },
};
