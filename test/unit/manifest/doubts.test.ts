import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { isToBeCreated } from '../../../src/plan/remarks.ts';
import { has } from '../../support/field.ts';
import { load, manifestOf } from './support.ts';

/** What a manifest says that Zoho might not take of a new field, and that it may long have. */

const long = (api_name: string) => ({
  api_name,
  field_label: `A label of thirty letters: ${api_name}`.replace(':', ''),
  data_type: 'text',
});

const longOnes = (count: number) => Array.from({ length: count }, (_, index) => long(`Old_${index}`));

describe('a doubt about creating fields', () => {
  it('is told with its line where there is one of its kind', () => {
    const [doubt, ...more] = load(manifestOf(...longOnes(1))).diagnostics;
    expect(more).toEqual([]);
    expect(doubt).toMatchObject({ severity: 'warning', code: 'label-long', line: 1 });
    expect(doubt?.frame).toContain('Old_0');
  });

  it('is one line a kind where there are many', () => {
    const { diagnostics } = load(
      manifestOf(...longOnes(300), {
        api_name: 'Tier',
        field_label: 'Two  blanks',
        data_type: 'picklist',
        pick_list_values: ['A ', ' B'],
      }),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(['label-long', 'label-blanks', 'option-blanks']);
    const [sum] = diagnostics;
    expect(sum?.message).toMatch(/There are 299 more of this kind \(Old_0, Old_1, Old_2, Old_3, Old_4, …\)/u);
    expect(sum?.remedy).toMatch(/only for fields that Zoho does not have yet/u);
    expect(sum?.frame).toBeUndefined();
  });

  it('never hides an error, nor is hidden by a hundred others', () => {
    const wrong = { api_name: 'Wrong', field_label: 'Wrong', data_type: 'text', length: 999 };
    const { diagnostics } = load(manifestOf(...longOnes(300), wrong));
    expect(diagnostics.map(({ code }) => code)).toEqual(['label-long', 'length-out-of-range']);
  });

  it('is told of the fields that Zoho does not have, and of no other', () => {
    const loaded = load(manifestOf(...longOnes(300), long('New_One')));
    const { manifest } = loaded;
    if (manifest === undefined) throw new Error('not valid');
    const fields = longOnes(300).map(({ api_name, field_label }) => has(api_name, { label: field_label }));
    const plan = makePlan(manifest, [{ module: 'Deals', fields }], {});
    const told = loaded.doubts(isToBeCreated(plan));
    expect(told.map(({ frame }) => frame?.includes('New_One'))).toEqual([true]);
    const synced = makePlan(manifest, [{ module: 'Deals', fields: [...fields, has('New_One')] }], {});
    expect(loaded.doubts(isToBeCreated(synced))).toEqual([]);
  });

  it('is told of a field that cannot be created yet, and not of one that is there twice', () => {
    const loaded = load(manifestOf(long('Blocked'), long('Twice')));
    const { manifest } = loaded;
    if (manifest === undefined) throw new Error('not valid');
    const holder = has('Other', { label: long('Blocked').field_label });
    const plan = makePlan(manifest, [{ module: 'Deals', fields: [holder, has('Twice'), has('Twice')] }], {});
    expect(plan.summary.conflict).toBe(2);
    const told = loaded.doubts(isToBeCreated(plan));
    expect(told.map(({ code, frame }) => [code, frame?.includes('Blocked')])).toEqual([['label-long', true]]);
  });
});
