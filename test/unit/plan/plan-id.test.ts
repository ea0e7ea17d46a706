import { describe, expect, it } from 'vitest';
import type { Difference, ModulePlan, PlanEntry } from '../../../src/model/plan.ts';
import { canonicalJson } from '../../../src/model/json.ts';
import { planDigest, planId } from '../../../src/plan/make-plan.ts';
import { want } from '../../support/field.ts';

const difference: Difference = { key: 'length', want: 50, live: 40, permanent: false };
const entry: PlanEntry = {
  module: 'Deals',
  action: 'drift',
  id: '7',
  field: want('Risk', { label: 'Risk', length: 50 }),
  differences: [difference],
  reasons: [{ code: 'unfinished', message: 'Words.' }],
};
const module: ModulePlan = {
  module: 'Deals',
  anchors: ['1', '2'],
  entries: [entry],
  unmanaged: [],
  capacity: [],
};
const idOf = (changes: Partial<PlanEntry>): string =>
  planDigest([{ ...module, entries: [{ ...entry, ...changes }] }]);

describe('the digest of a plan', () => {
  it('is the same in every version: saved plans and reviews are known by it', () => {
    expect(planDigest([module])).toBe('481fe2d1b445ce3d026a21667ead7d6a1c1915309f775d9162bf370dd0fb3357');
  });

  it('has a short name for people, of its first 64 bits', () => {
    const digest = planDigest([module]);
    expect(planId(digest)).toBe('E3JZ-2BW3');
    expect(planId(`${digest.slice(0, 16)}${'0'.repeat(48)}`)).toBe('E3JZ-2BW3');
    expect(planId(`${digest.slice(0, 15)}0${digest.slice(16)}`)).not.toBe('E3JZ-2BW3');
  });

  const field = entry.field;
  it.each<[string, Partial<PlanEntry>]>([
    ['another action', { action: 'conflict' }],
    ['another field in Zoho', { id: '8' }],
    ['another API name', { field: { ...field, api_name: 'Risk2' } }],
    ['another type', { field: { ...field, data_type: 'email' } }],
    ['a field that someone else creates', { field: { ...field, create: false } }],
    ['another label', { field: { ...field, field_label: 'Danger' } }],
    ['another declared value', { field: { ...field, declared: { length: 51 } } }],
    ['another key that differs', { differences: [{ ...difference, key: 'width' }] }],
    ['another wish', { differences: [{ ...difference, want: 51 }] }],
    ['another value in Zoho', { differences: [{ ...difference, live: 41 }] }],
    ['no difference', { differences: [] }],
    ['another reason', { reasons: [{ code: 'unused', message: 'Words.' }] }],
  ])('is another one with %s', (_, changes) => {
    expect(idOf(changes)).not.toBe(planDigest([module]));
  });

  it('is another one for another module or organisation', () => {
    expect(planDigest([{ ...module, module: 'Leads' }])).not.toBe(planDigest([module]));
    expect(planDigest([{ ...module, anchors: ['1', '3'] }])).not.toBe(planDigest([module]));
    expect(planDigest([module, module])).not.toBe(planDigest([module]));
  });

  it.each<[string, Partial<PlanEntry>]>([
    ['line', { field: { ...field, line: 99, column: 9 } }],
    ['description', { field: { ...field, description: 'For people.' } }],
    ['wording', { reasons: [{ code: 'unfinished', message: 'Other words.', remedy: 'Do.' }] }],
    ['notices', { reasons: [...entry.reasons, { code: 'lookalike', notice: true, message: 'Words.' }] }],
    ['how final a difference is', { differences: [{ ...difference, permanent: true }] }],
  ])('stays the same whatever the %s', (_, changes) => {
    expect(idOf(changes)).toBe(planDigest([module]));
  });

  it('does not ask who sees the fields that nobody declared', () => {
    const unmanaged = [{ id: '9', api_name: 'X', field_label: 'X', data_type: 'text', used: true }];
    expect(planDigest([{ ...module, unmanaged }])).toBe(planDigest([module]));
  });
});

describe('JSON with sorted keys', () => {
  it('is one text for one value', () => {
    const value = { b: [1, 'x', null, { d: true, c: 'ä"' }], a: {}, '': [] };
    expect(canonicalJson(value)).toBe('{"":[],"a":{},"b":[1,"x",null,{"c":"ä\\"","d":true}]}');
  });

  it('has null where a key has no value', () => {
    expect(canonicalJson({ a: undefined } as never)).toBe('{"a":null}');
  });
});
