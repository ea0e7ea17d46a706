import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import type { DesiredField, Manifest } from '../../../src/model/manifest.ts';
import type { PlanEntry } from '../../../src/model/plan.ts';
import { leavingMappingAside, needsLeads } from '../../../src/plan/lead-mapping.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { refreshPlan } from '../../../src/plan/refresh.ts';
import { has, want } from '../../support/field.ts';

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

  it('is told in whole sentences what Zoho does with the lead', () => {
    const place = (start: string): string =>
      `${start} it in Zoho, which has no API for it: Setup > Customization > Modules and Fields > Leads > Module Settings > Lead Conversion Mapping. In the row "Partner ID" choose "Strategic Partner ID" below Deals, and save.`;
    const reasons = (mapping: Json, type = 'text', fields = [there]) =>
      first(wish, fields, [lead(mapping, type)]).entry.reasons;
    const notice = true;
    expect(reasons({ Deals: 'StrategicPartnerId' })).toStrictEqual([
      {
        code: 'lead-mapped',
        notice,
        message: 'When a lead is converted, Zoho fills it from Leads.Partner_ID.',
      },
    ]);
    expect(reasons(null)).toStrictEqual([
      {
        code: 'lead-mapping-unknown',
        notice,
        message: 'Zoho does not tell where Leads.Partner_ID goes.',
        remedy: place('Map'),
      },
    ]);
    expect(reasons({ Deals: 'Other' }, 'picklist')).toStrictEqual([
      {
        code: 'lead-mapping-differs',
        notice,
        message:
          'When a lead is converted, Leads.Partner_ID goes to Deals.Other, not here. Zoho offers only fields of one type for a mapping, and Leads.Partner_ID is picklist while this is text.',
        remedy: place('Map'),
      },
    ]);
    expect(reasons({ Deals: null })).toStrictEqual([
      {
        code: 'lead-mapping-missing',
        notice,
        message: 'When a lead is converted, nothing carries Leads.Partner_ID over to this field.',
        remedy: place('Map'),
      },
    ]);
    expect(reasons({ Deals: null }, 'text', [])[0]?.remedy).toBe(place('Once the field is created, map'));
  });

  it('is told what to do where the lead field is missing', () => {
    const reasonWith = (...leads: readonly DesiredField[]) =>
      first(manifest(['Deals', wish.modules[0]?.fields ?? []], ['Leads', leads]), [there], []).entry
        .reasons[0];
    expect(reasonWith(want('Partner_ID'))).toStrictEqual({
      code: 'lead-field-missing',
      notice: true,
      message: 'Leads.Partner_ID does not exist yet; this manifest declares it.',
      remedy: expect.stringMatching(
        /^Once both fields are there, map it in Zoho.* In the row "Partner_ID" choose /u,
      ) as string,
    });
    for (const others of [[], [want('Other')], [want('Partner_ID', { create: false })]])
      expect(reasonWith(...others)).toStrictEqual({
        code: 'lead-field-missing',
        notice: true,
        message: 'Leads.Partner_ID does not exist, so nothing can be mapped from it.',
        remedy: 'Declare it in a document "module: Leads" of this manifest, or correct "maps_from".',
      });
  });

  it('is called by its API name where it has no label', () => {
    const { field_label: _label, ...unlabelled } = mapped(want('StrategicPartnerId'));
    const { entry } = first(manifest(['Deals', [unlabelled]]), [there], [lead({ Deals: null })]);
    expect(entry.reasons[0]?.remedy).toContain('choose "StrategicPartnerId" below');
  });

  it('shows the wish and what feeds it as a difference that anyone can correct', () => {
    const { entry } = first(wish, [there], [lead({ Deals: null })]);
    expect(entry.differences).toEqual([
      { key: 'maps_from', want: 'Leads.Partner_ID', live: null, permanent: false },
    ]);
  });

  it('keeps what else differs, and what else there is to say', () => {
    const long = mapped(want('StrategicPartnerId', { label: 'Strategic Partner ID', length: 50 }));
    const short = has('StrategicPartnerId', { label: 'Strategic Partner ID', length: 40 });
    const { entry, plan } = first(manifest(['Deals', [long]]), [short], [lead({ Deals: null })]);
    expect(told(entry).differences).toEqual([
      ['length', 40],
      ['maps_from', null],
    ]);
    const after = first(manifest(['Deals', [long]]), [short], [lead({ Deals: 'StrategicPartnerId' })]);
    expect(told(after.entry)).toMatchObject({ action: 'drift', differences: [['length', 40]] });
    expect(after.plan.plan_id).toBe(plan.plan_id);
    const alike = has('StrategicPartnerID1', { label: 'Strategic Partner IDs' });
    expect(told(first(wish, [alike], [lead({ Deals: null })]).entry).codes).toEqual([
      'lookalike',
      'lead-mapping-missing',
    ]);
  });

  it('is left alone where it is in conflict, or where nothing of a mapping is declared', () => {
    const conflict = has('StrategicPartnerId', { label: 'Strategic Partner ID', type: 'email' });
    expect(told(first(wish, [conflict], [lead({ Deals: null })]).entry)).toMatchObject({
      action: 'conflict',
      codes: ['data-type-differs'],
      differences: [['data_type', 'email']],
    });
    const plain = manifest(['Deals', [want('StrategicPartnerId', { label: 'Strategic Partner ID' })]]);
    expect(told(first(plain, [there], [lead({ Deals: null })]).entry)).toMatchObject({
      action: 'in_sync',
      codes: [],
    });
  });

  it.each<[Json, string]>([
    [{ Deals: { api_name: 'StrategicPartnerId', id: '7' } }, 'lead-mapped'],
    [{ Deals: { id: '7' } }, 'lead-mapping-missing'],
    [{ Deals: '' }, 'lead-mapping-missing'],
    [{ Deals: 7 }, 'lead-mapping-missing'],
    [{ Contacts: 'StrategicPartnerId' }, 'lead-mapping-missing'],
    [{}, 'lead-mapping-missing'],
  ])('with the mapping %j is told as %s', (mapping, code) => {
    expect(told(first(wish, [there], [lead(mapping)]).entry).codes).toEqual([code]);
  });

  it('names a field of leads whose own name begins like the module', () => {
    const odd = manifest([
      'Deals',
      [
        {
          ...want('StrategicPartnerId', { label: 'Strategic Partner ID' }),
          maps_from: 'Leads.Leads.Partner_ID',
        },
      ],
    ]);
    expect(first(odd, [there], [lead({ Deals: null })]).entry.reasons[0]?.message).toContain(
      'Leads.Leads.Partner_ID does not exist',
    );
    const own = has('My_Leads.x', { convert_mapping: { Deals: 'StrategicPartnerId' } });
    const inside = manifest([
      'Deals',
      [{ ...want('StrategicPartnerId', { label: 'Strategic Partner ID' }), maps_from: 'Leads.My_Leads.x' }],
    ]);
    expect(told(first(inside, [there], [own]).entry).codes).toEqual(['lead-mapped']);
  });

  it('asks for the fields of leads only where a field of the manifest is filled from one', () => {
    const plain = want('A');
    expect(needsLeads(manifest(['Deals', [plain]], ['Contacts', []]))).toBe(false);
    expect(needsLeads(manifest(['Deals', [plain]], ['Contacts', [plain, mapped(plain)]]))).toBe(true);
  });
});

describe('an entry without its mapping', () => {
  const field = want('A');
  const difference = { key: 'maps_from', want: 'Leads.A', live: null, permanent: false };
  const entry: PlanEntry = {
    module: 'Deals',
    action: 'drift',
    field,
    differences: [difference],
    reasons: [],
  };

  it('is in sync where it had drifted only by that', () => {
    expect(leavingMappingAside(entry)).toEqual({ ...entry, action: 'in_sync', differences: [] });
  });

  it('keeps its action where there is more to it', () => {
    const other = { ...difference, key: 'length' };
    const more = { ...entry, differences: [difference, other] };
    expect(leavingMappingAside(more)).toEqual({ ...more, differences: [other] });
    const bare = { ...entry, differences: [] };
    expect(leavingMappingAside(bare)).toEqual(bare);
    const conflict = { ...entry, action: 'conflict' } as const;
    expect(leavingMappingAside(conflict)).toEqual({ ...conflict, differences: [] });
  });

  it('loses its notices and keeps every other reason', () => {
    const [reason, notice] = [
      { code: 'unfinished', message: 'x' },
      { code: 'lookalike', message: 'y', notice: true },
    ] as const;
    expect(leavingMappingAside({ ...entry, reasons: [reason, notice] }).reasons).toEqual([reason]);
  });
});
