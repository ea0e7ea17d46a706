import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnNames } from '../../../src/cli/commands/matrix.ts';
import { exitForMatrix } from '../../../src/cli/exit-code.ts';
import { makeMatrix, sameOrganisation, type ReadColumn } from '../../../src/matrix/matrix.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import type { ProblemKind } from '../../../src/model/problem.ts';
import { planLive } from '../../../src/plan/plan-live.ts';
import { plainText } from '../../../src/report/media/document.ts';
import { promotionWords } from '../../../src/report/matrix/text.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { actionsOf, readAs, unread } from '../../support/matrices.ts';
import { liveReader, world } from '../snapshot/organisations.ts';

/** A field is declared once: `validate` sees to it. */
function withoutTwins(manifest: Manifest): Manifest {
  const modules = manifest.modules.map(({ fields, ...module }) => ({
    ...module,
    fields: fields.filter(
      (field, index) => index === fields.findIndex(({ api_name }) => api_name === field.api_name),
    ),
  }));
  return { ...manifest, modules };
}

const STOCK = (): readonly LiveField[] => [has('Deal_Name', { custom: false, length: 120 })];
const MANIFEST = manifestOf(
  want('Deal_Name', { create: false }),
  want('Region', { length: 40 }),
  want('Risk'),
  want('Code', { type: 'integer' }),
);

describe('a cell', { timeout: 120_000 }, () => {
  it('is that field’s row of the plan of that organisation, for hundreds of organisations', async () => {
    const actions = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(world, { minLength: 1, maxLength: 4 }), async ([first, ...others]) => {
        if (first === undefined) return;
        const manifest = withoutTwins(first.manifest);
        const plans = await Promise.all(
          [first, ...others].map((one) => planLive(manifest, liveReader(one), [])),
        );
        const columns = plans.map(({ plan, live }, index): ReadColumn => ({
          name: `column ${index}`,
          dataCentre: 'eu',
          apiHost: 'x',
          plan,
          live: live.modules,
        }));
        const { fields } = makeMatrix(manifest, columns);
        expect(fields).toHaveLength(manifest.modules.flatMap((module) => module.fields).length);
        for (const { module, api_name, cells } of fields)
          for (const { name, plan } of columns) {
            const row = plan?.modules
              .find((one) => one.module === module)
              ?.entries.find(({ field }) => field.api_name === api_name);
            const { action, differences, reasons } = row ?? {};
            expect(cells[name]).toEqual({ action, differences, reasons });
            actions.add(action ?? '');
          }
      }),
      { numRuns: 150 },
    );
    expect([...actions].toSorted()).toEqual(['conflict', 'create', 'drift', 'in_sync']);
  });

  it('is unknown, with the reason, where the organisation could not be read', () => {
    const matrix = makeMatrix(MANIFEST, [readAs('sandbox', MANIFEST, STOCK()), unread('production')]);
    expect(matrix.fields.map(({ cells }) => cells['production'])).toEqual(
      MANIFEST.modules[0]?.fields.map(() => ({
        action: 'unknown',
        differences: [],
        reasons: [{ code: 'unreachable', message: 'Zoho could not be reached.', remedy: 'Try again.' }],
      })),
    );
    expect(matrix.summary.columns['production']).toMatchObject({ unknown: 4, in_sync: 0 });
  });

  it('is found under any name that a file can have', () => {
    const names = ['__proto__', 'constructor', '2', 'toString', ''];
    const matrix = makeMatrix(
      MANIFEST,
      names.map((name) => readAs(name, MANIFEST, STOCK())),
    );
    expect(actionsOf(matrix)['Deal_Name']).toEqual(names.map(() => 'in_sync'));
    expect(Object.keys(matrix.summary.columns)).toHaveLength(names.length);
  });
});

describe('ready to promote', () => {
  const sandbox = readAs('sandbox', MANIFEST, [
    ...STOCK(),
    has('Region', { length: 40 }),
    has('Risk'),
    has('Code', { type: 'integer' }),
  ]);
  const sentence = (...columns: readonly ReadColumn[]): string =>
    plainText(promotionWords(makeMatrix(MANIFEST, columns)));

  it('is what is as declared somewhere, and only missing elsewhere', () => {
    const production = readAs('production', MANIFEST, [
      ...STOCK(),
      has('Region', { length: 10 }),
      has('Code', { type: 'text' }),
    ]);
    expect(sentence(sandbox, production)).toBe(
      'Ready to promote: 1 of 4; production lacks 1, differs in 1, has 1 conflict.',
    );
  });

  it('is nothing that no organisation has as declared', () => {
    const empty = readAs('empty', MANIFEST, STOCK());
    expect(sentence(empty, readAs('other', MANIFEST, STOCK()))).toBe(
      'Ready to promote: 0 of 4; empty lacks 3; other lacks 3.',
    );
  });

  it('does not wait for an organisation that could not be read', () => {
    const empty = readAs('empty', MANIFEST, STOCK());
    expect(sentence(sandbox, empty, unread('third'))).toBe(
      'Ready to promote: 3 of 4; empty lacks 3; third could not be read.',
    );
  });

  it('is no question where all are as declared, and one where one of them is not known', () => {
    expect(sentence(sandbox, { ...sandbox, name: 'production' })).toBe(
      'Nothing to promote: every organisation is as declared.',
    );
    expect(sentence(sandbox, unread('production'))).toBe(
      'Ready to promote: 0 of 4; production could not be read.',
    );
  });
});

describe('what only some have', () => {
  it('is listed where the manifest does not name it, and not where it is Zoho’s own elsewhere', () => {
    const columns = [
      readAs('a', MANIFEST, [...STOCK(), has('Everywhere'), has('Mine'), has('Theirs'), has('Risk')]),
      readAs('b', MANIFEST, [...STOCK(), has('Everywhere'), has('Theirs', { custom: false })]),
      unread('c'),
    ];
    expect(makeMatrix(MANIFEST, columns).only_some).toEqual([
      {
        module: 'Deals',
        api_name: 'Mine',
        data_type: 'text',
        field_label: 'Mine',
        in: ['a'],
        missing_from: ['b'],
      },
    ]);
  });
});

describe('the exit code', () => {
  const failing = (kind: ProblemKind): ReadColumn => {
    const column = unread(kind);
    return { ...column, failure: { kind, diagnostics: column.failure?.diagnostics ?? [] } };
  };
  const read = readAs('sandbox', MANIFEST, STOCK());
  const codeOf = (detailed: boolean, ...columns: readonly ReadColumn[]): number =>
    exitForMatrix(makeMatrix(MANIFEST, columns), detailed);

  it('is the worst of the columns that could not be read', () => {
    expect(codeOf(true, read, failing('unreachable'))).toBe(69);
    expect(codeOf(true, read, failing('unreachable'), failing('credentials'))).toBe(77);
    expect(codeOf(false, failing('credentials'), failing('unreachable'), read)).toBe(77);
    expect(codeOf(false, read, failing('failed'))).toBe(1);
    expect(codeOf(false, failing('failed'), failing('unreachable'))).toBe(69);
  });

  it('is 2 for whatever is not as declared, where that was asked about', () => {
    const complete = readAs('production', MANIFEST, [
      ...STOCK(),
      has('Region', { length: 40 }),
      has('Risk'),
      has('Code', { type: 'integer' }),
    ]);
    expect(codeOf(false, read, complete)).toBe(0);
    expect(codeOf(true, complete, read)).toBe(2);
    expect(codeOf(true, complete, { ...complete, name: 'other' })).toBe(0);
  });
});

describe('one organisation under two names', () => {
  const organisation = { id: '1', name: 'Acme', type: 'production' };
  const fields = STOCK();
  const one = readAs('one', MANIFEST, fields);

  it('is known by the ids of its fields, or by its own where they are told', () => {
    expect(sameOrganisation([one, readAs('two', MANIFEST, STOCK())])).toBeUndefined();
    expect(sameOrganisation([one, unread('x'), readAs('two', MANIFEST, fields)])).toEqual(['one', 'two']);
    expect(sameOrganisation([one, readAs('two', MANIFEST, fields, { organisation })])).toEqual([
      'one',
      'two',
    ]);
    expect(
      sameOrganisation([
        readAs('one', MANIFEST, STOCK(), { organisation }),
        readAs('two', MANIFEST, STOCK(), { organisation }),
      ]),
    ).toEqual(['one', 'two']);
    expect(
      sameOrganisation([
        readAs('one', MANIFEST, fields, { organisation }),
        readAs('two', MANIFEST, fields, { organisation: { ...organisation, id: '2' } }),
      ]),
      'a copy whose fields kept their ids',
    ).toBeUndefined();
  });
});

describe('the name of a column', () => {
  it.each([
    [
      ['sandbox.env', 'x/production.env'],
      ['sandbox', 'production'],
    ],
    [
      ['.env', '.env.sandbox', 'settings'],
      ['.env', 'sandbox', 'settings'],
    ],
    [
      ['a/prod.env', 'b/prod.env', 'test.env'],
      ['a/prod.env', 'b/prod.env', 'test'],
    ],
    [
      ['a.b', 'x/a.c', 'a.b.env'],
      ['a.b', 'x/a.c', 'a.b.env'],
    ],
  ])('of %j is %j', (files, names) => {
    expect(columnNames(files)).toEqual(names);
  });
});
