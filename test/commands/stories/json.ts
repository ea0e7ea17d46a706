import { expect } from 'vitest';
import { openChapter } from '../../support/shared-tests.ts';
import { missing, onlyDocument, text, type Story } from '../../support/story.ts';
import { expectCost, expectHonestCount } from '../../support/switch-expectations.ts';

const { chapter, describe, it } = openChapter('json');

export const jsonDocuments = chapter;

/** Ways to end up with a document, whatever happens (contract §7). */
const ENDINGS: readonly {
  readonly name: string;
  readonly words: readonly string[];
  readonly code: number;
  readonly kind: string;
  readonly arrange?: (story: Story) => void;
  readonly env?: Readonly<Record<string, string>>;
}[] = [
  { name: 'a plan', words: ['plan'], code: 0, kind: 'plan' },
  { name: 'a plan with changes', words: ['plan', '--detailed-exitcode'], code: 2, kind: 'plan' },
  { name: 'an apply', words: ['apply', '--yes'], code: 0, kind: 'apply' },
  {
    name: 'conflicts',
    words: ['apply', '--yes'],
    code: 3,
    kind: 'apply',
    arrange: (story) => story.declare({ Deals: [text('Amount')] }),
  },
  {
    name: 'a partial success',
    words: ['apply', '--yes'],
    code: 4,
    kind: 'apply',
    arrange: (story) => {
      story.declare({ Deals: missing(2) });
      story.zoho.faults = [
        {
          kind: 'run',
          effect: () =>
            story.zoho.fields('Deals').add({ api_name: 'Part_1', field_label: 'x', data_type: 'text' }),
          method: 'POST',
          path: '/settings/fields',
          times: 1,
        },
      ];
    },
  },
  { name: 'wrong usage', words: ['plan', '--nonsense'], code: 64, kind: 'error' },
  { name: 'an unknown command', words: ['plna'], code: 64, kind: 'error' },
  { name: 'no terminal', words: ['apply'], code: 64, kind: 'error' },
  {
    name: 'an invalid manifest',
    words: ['plan'],
    code: 65,
    kind: 'error',
    arrange: (story) => void story.folder.write('fields.yaml', 'module: Deals\nfields:\n  - api_nam: X\n'),
  },
  {
    name: 'an invalid manifest, validated',
    words: ['validate'],
    code: 65,
    kind: 'validate',
    arrange: (story) => void story.folder.write('fields.yaml', 'module: Deals\nfields:\n  - api_nam: X\n'),
  },
  { name: 'a valid manifest, validated', words: ['validate'], code: 0, kind: 'validate' },
  { name: 'a missing manifest', words: ['plan', '-f', 'no.yaml'], code: 66, kind: 'error' },
  {
    name: 'an unreachable Zoho',
    words: ['plan'],
    code: 69,
    kind: 'error',
    env: { ZOHO_ACCOUNTS_URL: 'http://127.0.0.1:9' },
  },
  {
    name: 'refused credentials',
    words: ['plan'],
    code: 77,
    kind: 'error',
    env: { ZOHO_CLIENT_ID: '1000.NOBODY' },
  },
  {
    name: 'missing settings',
    words: ['apply', '--yes'],
    code: 78,
    kind: 'error',
    env: { ZOHO_REFRESH_TOKEN: '' },
  },
  {
    name: 'a plan that is none',
    words: ['apply', 'deals.plan', '--yes'],
    code: 65,
    kind: 'error',
    arrange: (story) => void story.folder.write('deals.plan', '{}'),
  },
];

describe('--json is exactly one document on standard output, whatever happens (contract §7)', () => {
  it.for(ENDINGS)('$name', async ({ words, code, kind, arrange, env }, { open }) => {
    const story = await open();
    story.declare({ Deals: missing(1) });
    arrange?.(story);
    const run = await story.json(words, env === undefined ? {} : { env });
    expect(run.code, run.stdout + run.stderr).toBe(code);
    expect(run.report.kind).toBe(kind);
    expect(run.report.format_version).toBe('1.0');
    if (kind === 'error' || (kind === 'validate' && code !== 0)) {
      expect(run.report.diagnostics.length).toBeGreaterThan(0);
      for (const told of run.report.diagnostics) {
        expect(told).toMatchObject({
          severity: expect.stringMatching(/^(error|warning)$/),
          code: expect.stringMatching(/^[a-z][a-z0-9-]*$/),
          message: expect.any(String),
        });
      }
    }
    expect(run.stderr).not.toMatch(/^\s*[{[]/);
  });

  it.for([['--format', 'json'], ['--format=json'], ['--json']])(
    'asked for by %s',
    async (words, { open }) => {
      const story = await open();
      story.declare({ Deals: missing(1) });
      const good = await story.run(['plan', ...words]);
      expect(onlyDocument(good).kind).toBe('plan');
      const bad = await story.run(['plan', ...words, '--nonsense']);
      expect(onlyDocument(bad).kind).toBe('error');
    },
  );

  it(
    'a document larger than any pipe arrives whole',
    async ({ open }) => {
      const story = await open();
      story.declare({ Deals: Array.from({ length: 900 }, (_, index) => text(`Part_${index}`)) });
      const plan = await story.json(['plan']);
      expect(plan.stdout.length).toBeGreaterThan(200_000);
      expect(plan.report.fields).toHaveLength(900);
    },
    { process: 'it is about a pipe between two processes' },
  );
});

describe('the keys that scripts rely on, and their types (contract §7)', () => {
  it('of a plan', async ({ open }) => {
    const story = await open();
    story.zoho
      .fields('Deals')
      .add({ api_name: 'Short', field_label: 'Short', data_type: 'text', length: 40 });
    story.declare({
      Deals: [
        text('Part_1'),
        text('Short'),
        text('Amount', { field_label: 'Amount' }),
        { api_name: 'Stage', data_type: 'picklist', create: false },
      ],
    });

    const { report, code } = await story.json(['plan', '--detailed-exitcode']);
    expect(code).toBe(3);
    expect(report).toMatchObject({
      format_version: '1.0',
      kind: 'plan',
      plan_id: expect.stringMatching(/^\S+$/),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      manifest: { path: 'fields.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      summary: { create: 1, in_sync: 1, drift: 1, conflict: 1, unmanaged: 1 },
      requests: { read: 2, write: 0 },
    });
    expect(Object.keys(report.summary).sort()).toEqual([
      'conflict',
      'create',
      'drift',
      'in_sync',
      'unmanaged',
    ]);
    expect(report.fields.map(({ api_name, action, line }) => [api_name, action, line])).toEqual([
      ['Part_1', 'create', 3],
      ['Short', 'drift', 4],
      ['Amount', 'conflict', 5],
      ['Stage', 'in_sync', 6],
    ]);
    for (const field of report.fields) {
      expect(field.module).toBe('Deals');
      expect(Array.isArray(field.differences)).toBe(true);
      expect(Array.isArray(field.reasons)).toBe(true);
    }
    expect(report.fields[1]?.differences).toMatchObject([{ key: 'length', want: 50, live: 40 }]);
    expect(report.fields[2]?.reasons[0]).toMatchObject({
      code: expect.any(String),
      message: expect.any(String),
      remedy: expect.any(String),
    });
  });

  it('of an apply: an outcome per field, the new id, and the counts add up', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [text('Part_1'), { api_name: 'Stage', data_type: 'picklist', create: false }] });

    const { report } = await story.json(['apply', '--yes']);
    expect(Object.keys(report.summary).sort()).toEqual([
      'created',
      'failed',
      'finished',
      'in_sync',
      'not_attempted',
    ]);
    expect(report.summary).toEqual({ created: 1, finished: 0, failed: 0, not_attempted: 0, in_sync: 1 });
    expect(report.fields[0]).toMatchObject({
      module: 'Deals',
      api_name: 'Part_1',
      action: 'create',
      outcome: 'created',
      id: story.zoho.fields('Deals').find('Part_1')?.id,
    });
    expect(report.fields[1]).toMatchObject({ outcome: 'in_sync', id: expect.any(String) });
    expectCost(story, { tokens: 1, lists: 2, posts: 1 });
    expectHonestCount(story, report.requests);
  });

  it('of an apply that conflicts stopped: everything not attempted', async ({ open }) => {
    const story = await open();
    story.declare({
      Deals: [text('Part_1'), text('Amount'), { api_name: 'Stage', data_type: 'picklist', create: false }],
    });
    const { report, code } = await story.json(['apply', '--yes']);
    expect(code).toBe(3);
    expect(report.kind).toBe('apply');
    expect(report.summary).toEqual({ created: 0, finished: 0, failed: 0, not_attempted: 3, in_sync: 0 });
  });

  it('of a diagnostic of the manifest: file, line, column, and a frame', async ({ open }) => {
    const story = await open();
    story.folder.write('fields.yaml', 'module: Deals\nfields:\n  - api_name: Part_1\n    data_typ: text\n');
    const { report } = await story.json(['validate']);
    const told = report.diagnostics.find((one) => one.message.includes('data_typ'));
    expect(told).toMatchObject({ severity: 'error', file: 'fields.yaml', line: 4, column: 5 });
    expect(`${told?.frame} ${told?.remedy} ${told?.message}`).toMatch(/data_type/);
  });

  it('warnings are diagnostics of a plan too, and change no exit code', async ({ open }) => {
    const story = await open();
    story.declare({ Deals: [text('Part_1', { field_label: 'A label of more than twenty-five' })] });
    const { report, code } = await story.json(['plan']);
    expect(code).toBe(0);
    expect(report.diagnostics).toMatchObject([{ severity: 'warning', file: 'fields.yaml', line: 3 }]);
  });
});
