import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import type { DesiredField, Manifest } from '../../src/model/manifest.ts';
import type { PlanEntry } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { refreshPlan } from '../../src/plan/stale.ts';
import { has, want } from '../support/field.ts';

const mapped = (field: DesiredField): DesiredField => ({ ...field, maps_from: 'Leads.Partner_ID' });
const manifest = (...modules: readonly (readonly [string, readonly DesiredField[]])[]): Manifest => ({
  path: 'fields.yaml',
  sha256: 'f'.repeat(64),
  modules: modules.map(([module, fields]) => ({ module, fields })),
});
const lead = (mapping: Json, type = 'text') =>
  has('Partner_ID', { label: 'Partner ID', type, convert_mapping: mapping });

function first(
  wish: Manifest,
  deals: readonly ReturnType<typeof has>[],
  leads: readonly ReturnType<typeof has>[],
) {
  const live = [
    { module: 'Deals', fields: deals },
    { module: 'Leads', fields: leads },
  ];
  const plan = makePlan(wish, live, {});
  const entry = plan.modules[0]?.entries[0];
  if (entry === undefined) throw new Error('no entry');
  return { plan, entry, live };
}

const told = ({ action, reasons, differences }: PlanEntry) => ({
  action,
  codes: reasons.map((reason) => reason.code),
  differences: differences.map(({ key, live }) => [key, live]),
});

describe('a field that is to be filled from a lead', () => {
  const wish = manifest(['Deals', [mapped(want('StrategicPartnerId', { label: 'Strategic Partner ID' }))]]);
  const there = has('StrategicPartnerId', { label: 'Strategic Partner ID' });

  it('is in sync where Zoho maps it', () => {
    const { entry } = first(wish, [there], [lead({ Deals: 'StrategicPartnerId', Contacts: null })]);
    expect(told(entry)).toEqual({ action: 'in_sync', codes: ['lead-mapped'], differences: [] });
  });

  it('differs where nothing is mapped, and says the exact place in Setup', () => {
    const { entry } = first(wish, [there], [lead({ Deals: null, Contacts: null, Accounts: null })]);
    expect(told(entry)).toEqual({
      action: 'drift',
      codes: ['lead-mapping-missing'],
      differences: [['maps_from', null]],
    });
    expect(entry.reasons[0]?.remedy).toMatch(
      /Setup > Customization > Modules and Fields > Leads > Module Settings > Lead Conversion Mapping.*"Partner ID".*"Strategic Partner ID".*Deals/u,
    );
  });

  it('differs where the lead goes to another field, and where another lead feeds it', () => {
    const other = has('Other', { convert_mapping: { Deals: 'StrategicPartnerId' } });
    const { entry } = first(wish, [there], [lead({ Deals: 'Elsewhere' }), other]);
    expect(told(entry)).toEqual({
      action: 'drift',
      codes: ['lead-mapping-differs'],
      differences: [['maps_from', 'Leads.Other']],
    });
    expect(entry.reasons[0]?.message).toContain('Deals.Elsewhere');
  });

  it('differs where the lead field is missing; one that this manifest creates is told so', () => {
    expect(told(first(wish, [there], []).entry)).toMatchObject({
      action: 'drift',
      codes: ['lead-field-missing'],
    });
    const both = manifest(['Deals', wish.modules[0]?.fields ?? []], ['Leads', [want('Partner_ID')]]);
    expect(first(both, [there], []).entry.reasons[0]?.message).toContain('this manifest declares it');
  });

  it('is created all the same, with a note on what remains to be done', () => {
    const { entry } = first(wish, [], [lead({ Deals: null }, 'picklist')]);
    expect(told(entry)).toEqual({ action: 'create', codes: ['lead-mapping-missing'], differences: [] });
    expect(entry.reasons[0]?.message).toContain('Leads.Partner_ID is picklist while this is text');
    expect(entry.reasons[0]?.remedy).toMatch(/^Once the field is created, map it/u);
  });

  it.each([null, undefined, 'odd', []] as const)('is not judged where Zoho does not tell (%j)', (mapping) => {
    const { entry } = first(wish, [there], [lead(mapping as Json)]);
    expect(told(entry)).toEqual({ action: 'in_sync', codes: ['lead-mapping-unknown'], differences: [] });
  });

  it('lets an admin map it between planning and applying', () => {
    const before = first(wish, [there], [lead({ Deals: null })]);
    const after = first(wish, [there], [lead({ Deals: 'StrategicPartnerId' })]);
    expect(after.plan.plan_id).toBe(before.plan.plan_id);
    expect(refreshPlan(before.plan, after.live, []).summary.in_sync).toBe(1);
    const created = first(wish, [], [lead({ Deals: null })]);
    expect(() => refreshPlan(created.plan, before.live, [])).not.toThrow();
  });
});
