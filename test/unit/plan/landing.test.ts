import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';

const layout = (id: string, name: string, api_name?: string): Json => ({
  id,
  name,
  ...(api_name === undefined ? {} : { api_name }),
});
const inLayouts = (name: string, ...layout_associations: readonly Json[]) =>
  has(name, { layout_associations });
const landing = (...fields: ReturnType<typeof has>[]) =>
  makePlan(manifestOf(want('New')), [{ module: 'Deals', fields }], {}).modules[0]?.landing;

const STANDARD = layout('91023', 'Vertrieb', 'Standard__s');
const RENEWAL = layout('91040', 'Renewal', 'Renewal__c');
const ENTERPRISE = layout('91030', 'Enterprise Deal', 'Enterprise_Deal__c');

describe('where new fields appear', () => {
  it('is the standard layout, whatever it is called, and none of the others', () => {
    expect(landing(inLayouts('A', RENEWAL, STANDARD), inLayouts('B', ENTERPRISE, STANDARD))).toEqual({
      layout: 'Vertrieb',
      others: ['Enterprise Deal', 'Renewal'],
    });
  });

  it('goes without saying in a module of one layout, or where Zoho tells of none', () => {
    expect(landing(inLayouts('A', STANDARD), inLayouts('B', STANDARD))).toBeUndefined();
    expect(landing(has('A'), has('B', { layout_associations: null }), inLayouts('C', 7, {}))).toBeUndefined();
  });

  it('is told where there is something new only', () => {
    const live = [{ module: 'Deals', fields: [inLayouts('A', STANDARD, RENEWAL)] }];
    expect(makePlan(manifestOf(want('A')), live, {}).modules[0]?.landing).toBeUndefined();
  });

  it('is known by its name in answers without API names, and unknown where that is another one', () => {
    expect(landing(inLayouts('A', layout('2', 'Standard'), layout('1', 'Other')))).toEqual({
      layout: 'Standard',
      others: ['Other'],
    });
    expect(landing(inLayouts('A', layout('2', 'Main'), layout('1', 'Other')))).toEqual({
      others: ['Other', 'Main'],
    });
  });
});
