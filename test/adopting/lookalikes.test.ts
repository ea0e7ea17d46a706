import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../src/manifest/load.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import type { DesiredField } from '../../src/model/manifest.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import { parsePlan, serialisePlan } from '../../src/plan/saved-plan.ts';
import { refreshPlan } from '../../src/plan/stale.ts';
import { has, manifestOf, want } from '../support/field.ts';

const planOf = (wishes: readonly DesiredField[], live: readonly LiveField[]) =>
  makePlan(manifestOf(...wishes), [{ module: 'Deals', fields: live }], {});

/** API names of the lookalikes of the first field. */
function alike(wish: DesiredField, ...live: readonly LiveField[]): readonly string[] {
  const [entry] = planOf([wish], live).modules[0]?.entries ?? [];
  expect(entry?.action).toBe('create');
  return (entry?.reasons ?? []).map((reason) => {
    expect(reason.code).toBe('lookalike');
    return /looks like existing `([^`]+)`/u.exec(reason.message)?.[1] ?? '';
  });
}

describe('a field about to be created', () => {
  it.each([
    ['the digit that Zoho appends', 'Renewal_Date', 'Renewal Date', 'Renewal_Date1', 'Date of renewal'],
    ['a digit behind an underscore', 'Renewal_Date', 'Renewal Date', 'Renewal_Date_1', 'When'],
    ['case and underscores', 'RenewalDate', 'Renewal date', 'Renewal_Date', 'When'],
    ['accents', 'Pays_d_origine', "Pays d'origine", 'Origin', "Pays d'Örigine"],
    ['singular and plural', 'Partner_Companies', 'Partner Companies', 'X1', 'Partner Company'],
    ['a slip of typing', 'Adress_Country', 'Adress Country', 'Address_Country', 'Land'],
    ['its label only', 'Something_Else', 'Renewal Dates', 'Other', 'Renewal date'],
  ])('is compared with what exists: %s', (_, name, label, liveName, liveLabel) => {
    expect(alike(want(name, { label }), has(liveName, { label: liveLabel }))).toEqual([liveName]);
  });

  it.each([
    ['numbers that count something', 'Address_Line_2', 'Address Line 2', 'Address_Line_1', 'Address Line 1'],
    ['numbers in the middle', 'Q1_Revenue_Goal', 'Q1 Revenue Goal', 'Q2_Revenue_Goal', 'Q2 Revenue Goal'],
    ['two words of one shape', 'Billing_Street', 'Billing Street', 'Mailing_Street', 'Mailing Street'],
    ['short names', 'Risk', 'Risk', 'Disk', 'Disk'],
    ['status and state', 'Status', 'Status', 'Stage', 'Stage'],
    ['other scripts', 'A_1', '商談', 'B_2', '要約'],
  ])('is not mistaken for another: %s', (_, name, label, liveName, liveLabel) => {
    expect(alike(want(name, { label }), has(liveName, { label: liveLabel }))).toEqual([]);
  });

  it('is not held against fields that the manifest names itself', () => {
    const plan = planOf([want('Phone_2'), want('Phone')], [has('Phone')]);
    expect(plan.modules[0]?.entries.map((entry) => entry.reasons.length)).toEqual([0, 0]);
  });

  it('shows the nearest first, and three at most', () => {
    const live = ['Renewal_Dates_X', 'Renewal_Date2', 'Renewal_Datee', 'RenewalDate', 'Renewal_Date9'];
    expect(alike(want('Renewal_Date'), ...live.map((name) => has(name, { label: `${name}?` })))).toEqual([
      'RenewalDate',
      'Renewal_Date2',
      'Renewal_Date9',
    ]);
  });

  it('is offered a stanza that adopts the existing field, valid and in sync', () => {
    for (const label of ['Renewal: "date" #1', 'Renewal Dates', '"', 'yes', ' Renewal dates ', '商談']) {
      const live = has('Renewal_Date1', { label, type: 'date' });
      const [entry] = planOf([want('Renewal_Date')], [live]).modules[0]?.entries ?? [];
      const stanza = entry?.reasons[0]?.stanza ?? '';
      const text = `module: Deals\nfields:\n  ${stanza}\n`;
      const { manifest, diagnostics } = loadManifest({ path: 'f', bytes: new TextEncoder().encode(text) });
      expect(diagnostics).toEqual([]);
      if (manifest === undefined) throw new Error('not valid');
      const plan = makePlan(manifest, [{ module: 'Deals', fields: [live] }], {});
      expect(plan.summary).toMatchObject({ in_sync: 1, create: 0, drift: 0, conflict: 0 });
    }
  });
});

describe('a lookalike', () => {
  const live = [has('Owner', { custom: false })];
  const twin = has('Renewal_Date1', { label: 'When' });

  it('changes neither the id of a plan nor whether it fits', () => {
    const before = planOf([want('Renewal_Date')], live);
    const after = planOf([want('Renewal_Date')], [...live, twin]);
    expect(after.modules[0]?.entries[0]?.reasons).toHaveLength(1);
    expect(after.plan_id).toBe(before.plan_id);
    for (const [saved, now] of [
      [before, [...live, twin]],
      [after, live],
    ] as const) {
      const read = parsePlan(serialisePlan(saved), 'deals.plan');
      expect(() => refreshPlan(read, [{ module: 'Deals', fields: now }], [])).not.toThrow();
    }
  });

  it('costs a large plan next to nothing', () => {
    const words = [
      'Renewal',
      'Billing',
      'Partner',
      'Region',
      'Contract',
      'Margin',
      'Target',
      'Owner',
      'Deal',
      'Lead',
    ];
    const name = (index: number, salt: number): string =>
      [index, index * 7 + salt, index * 13 + salt]
        .map((one) => words[one % words.length] ?? '')
        .join('_')
        .concat(`_x${String.fromCodePoint(97 + (index % 26))}${salt}`);
    const many = Array.from({ length: 500 }, (_, index) =>
      has(name(index, 1), { label: `${name(index, 3)} ${index}` }),
    );
    const wishes = Array.from({ length: 50 }, (_, index) => want(`New_${name(index, 2)}`));
    planOf(wishes, many);
    const start = performance.now();
    planOf(wishes, many);
    // 50 ms on a quiet machine; tests run beside others.
    expect(performance.now() - start).toBeLessThan(200);
  });
});
