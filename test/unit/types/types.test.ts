import { describe, expect, it } from 'vitest';
import { dataTypes } from '../../../src/model/data-types.ts';
import { types } from '../../../src/types/types.ts';
import { want } from '../../support/field.ts';
import { compile } from './compiler.ts';
import { manifestOf, options, portal, hostile } from './manifests.ts';

describe('the printed types', () => {
  it('look right for the portal', async () => {
    await expect(types(portal())).toMatchFileSnapshot('../../golden/types/portal.ts.txt');
  });

  it('look right for a manifest that wants to be more than text', async () => {
    await expect(types(hostile())).toMatchFileSnapshot('../../golden/types/hostile.ts.txt');
  });

  it('look right for every data type', async () => {
    const all = dataTypes.map(({ name }) => want(`A_${name}`, { type: name, create: false }));
    const picklist = want('Risk', { type: 'picklist', pick_list_values: options('Low', 'High') });
    const text = types(
      manifestOf({ Deals: [...all, picklist, want('Tag', { create: false })], Leads: [picklist] }),
    );
    await expect(text).toMatchFileSnapshot('../../golden/types/every-type.ts.txt');
  });

  it('know the value of every data type, but of the two that no source explains', () => {
    const unknown = dataTypes.filter(({ name }) =>
      types(manifestOf({ Deals: [want('A', { type: name, create: false })] })).includes('A: unknown;'),
    );
    expect(unknown.map(({ name }) => name)).toEqual(['address', 'consent']);
  });

  it.each([
    ['currency', 'number | null'],
    ['integer', 'number | null'],
    ['datetime', 'string | null'],
    ['boolean', 'boolean | null'],
    ['of the future', 'string | number | boolean | null'],
  ])('take from a formula that returns %s what it returns', (return_type, expected) => {
    for (const type of ['formula', 'rollup_summary']) {
      const text = types(manifestOf({ Deals: [want('A', { type, [type]: { return_type } })] }));
      expect(text).toContain(`  A: ${expected};\n`);
    }
  });

  it('are the same wherever the manifest lies, and whatever is said of the file', () => {
    const manifest = portal();
    expect(types({ ...manifest, path: 'C:\\x.yaml', sha256: 'f'.repeat(64) })).toBe(types(manifest));
    expect(types(manifest)).not.toContain('ann');
  });

  it('keep the names of what was there when a field is added at the end', () => {
    const risk = want('Risk', { type: 'picklist', pick_list_values: options('Low') });
    const before = types(manifestOf({ Deals: [risk] }));
    const after = types(manifestOf({ Deals: [risk, { ...risk, api_name: 'Risk_' }] }));
    expect(before).toContain("export type Deals_Risk = 'Low';");
    expect(after).toContain("export type Deals_Risk = 'Low';");
    expect(after).toContain("export type Deals_Risk_ = 'Low';");
  });

  it('break the build of a program that uses a field or an option that is gone', async () => {
    const risk = want('Risk', { type: 'picklist', pick_list_values: options('Low', 'High') });
    const program = (name: string): string => `
      import { Deals, type DealsRecord } from './${name}.ts';
      export const update: Partial<DealsRecord> = { [Deals.Partner_Id]: 'p', Risk: 'High' };
    `;
    const said = await compile(
      new Map([
        ['before.ts', types(manifestOf({ Deals: [want('Partner_Id'), risk] }))],
        ['field-gone.ts', types(manifestOf({ Deals: [risk] }))],
        [
          'option-gone.ts',
          types(
            manifestOf({
              Deals: [want('Partner_Id'), { ...risk, declared: { pick_list_values: options('Low') } }],
            }),
          ),
        ],
        ...['before', 'field-gone', 'option-gone'].map((name): [string, string] => [
          `use-${name}.ts`,
          program(name),
        ]),
      ]),
    );
    expect(said).not.toContain('use-before.ts');
    expect(said).toMatch(/use-field-gone\.ts.*TS2339.*'Partner_Id'/u);
    expect(said).toMatch(/use-option-gone\.ts.*TS2322.*"High"/u);
  });
});
