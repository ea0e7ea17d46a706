// What is mutated together, and by which tests it has to be noticed. Only tests that stay in one process are fast enough
// to be asked thousands of times; what real processes find on top of them is not counted.
export const GROUPS = {
  differ: {
    // Its laws take examples by chance: the same ones each time, so that no mutant is found by luck.
    examples: true,
    mutate: ['src/plan/{compare,option-values}.ts', 'src/diff/*.ts', 'src/report/diff/patch.ts'],
    tests: ['test/unit/plan/*.test.ts', 'test/unit/diff/*.test.ts', 'test/unit/report/patch.test.ts'],
  },
  escaping: {
    mutate: ['src/model/visible.ts', 'src/report/media/{escape,github,sarif,value-text}.ts'],
    tests: ['test/unit/report/{escape,github,goldens,sarif,value-text}.test.ts'],
  },
  pages: {
    mutate: ['src/report/media/{html,markdown}.ts'],
    // Not the parsers that read a cut comment: they take seconds.
    tests: ['test/unit/report/{comment-text,goldens,html}.test.ts'],
  },
  plan: {
    examples: true,
    mutate: ['src/plan/*.ts', '!src/plan/{compare,lead-mapping,lookalikes,option-values}.ts'],
    tests: ['test/unit/plan/*.test.ts', 'test/unit/apply/{apply-plan,find-ours,unfinished}.test.ts'],
  },
  lookalikes: {
    mutate: ['src/plan/{lead-mapping,lookalikes}.ts'],
    tests: ['test/unit/plan/{lead-mapping,lookalikes,similar-names}.test.ts'],
  },
  apply: {
    mutate: ['src/apply/*.ts'],
    // Not the applies of up to 500 fields: they take seconds.
    tests: ['test/unit/apply/*.test.ts', '!test/unit/apply/least-requests.test.ts'],
  },
  redaction: {
    examples: true,
    mutate: ['src/zoho/redact.ts', 'src/run/secret-free-io.ts', 'src/cli/bug-report.ts'],
    tests: [
      'test/commands/bug.test.ts',
      'test/unit/zoho/{redact,find-pieces,holds-secret}.test.ts',
      'test/unit/credentials/pure.test.ts',
    ],
  },
  wire: {
    mutate: ['src/zoho/{session,writer,field-errors}.ts', 'src/zoho/http/retry.ts'],
    tests: ['test/unit/zoho/{session,retry,writer,field-errors}.test.ts'],
  },
};
