import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../../src/manifest/load.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { parsePlan, serialisePlan } from '../../../src/plan/saved-plan.ts';
import { refreshPlan } from '../../../src/plan/refresh.ts';
import { has, manifestOf, want } from '../../support/field.ts';

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
  const reasonsOf = (wish: DesiredField, ...fields: readonly LiveField[]) =>
    planOf([wish], fields).modules[0]?.entries[0]?.reasons ?? [];

  it('is told with what it is, and with the line that adopts it', () => {
    expect(
      reasonsOf(want('Renewal_Date'), has('Renewal_Date1', { label: 'Renewal dates', type: 'date' })),
    ).toEqual([
      {
        code: 'lookalike',
        notice: true,
        message: 'It looks like existing `Renewal_Date1` (custom field "Renewal dates", date).',
        remedy: 'If that is the field you mean, declare it instead of a new one.',
        stanza: '- {api_name: Renewal_Date1, field_label: Renewal dates, data_type: date, create: false}',
      },
    ]);
  });

  it('that is in no layout is told as such, and a standard field as one of those', () => {
    const [reason] = reasonsOf(
      want('Renewal_Date'),
      has('RenewalDate', { label: 'When', custom: false, used: false }),
    );
    expect(reason).toMatchObject({
      message: 'It looks like existing `RenewalDate` (standard field "When", text, unused: in no layout).',
      remedy:
        'If that is the field you mean, drag it back into a layout in Zoho (Setup > Modules and Fields), and declare it instead of a new one.',
    });
  });

  it.each([
    ['Renewal dates', 'field_label: Renewal dates, '],
    [' Renewal dates ', 'field_label: Renewal dates, '],
    ['2nd renewal', 'field_label: "2nd renewal", '],
    ['R', 'field_label: "R", '],
    ['Re', 'field_label: Re, '],
    ['a  b', 'field_label: "a  b", '],
    ['ab c d_1', 'field_label: ab c d_1, '],
    ['a-b', 'field_label: "a-b", '],
    ['Größe', 'field_label: "Größe", '],
    ['yes', 'field_label: "yes", '],
    ['No', 'field_label: "No", '],
    ['NULL', 'field_label: "NULL", '],
    ['yesterday', 'field_label: yesterday, '],
    ['oh no', 'field_label: oh no, '],
    ['', ''],
    ['   ', ''],
    ['a: "b"', ''],
  ])('labelled %j is adopted by a line that nothing can misread', (label, words) => {
    const [reason] = reasonsOf(want('Renewal_Date'), has('Renewal_Date1', { label: 'x', display: label }));
    expect(reason?.stanza).toBe(`- {api_name: Renewal_Date1, ${words}data_type: text, create: false}`);
  });

  it('is found by the label that it has in either language, or by its name', () => {
    for (const fact of [{ label: 'Renewal dates' }, { label: 'x', display: 'Renewal dates' }])
      expect(alike(want('Renewal_Date'), has('Other', fact))).toEqual(['Other']);
    const { field_label: _label, ...unlabelled } = want('Renewal_Date');
    expect(alike(unlabelled, has('RenewalDate', { label: 'x' }))).toEqual(['RenewalDate']);
  });

  it('is none because of names that have no letter at all', () => {
    expect(alike(want('A', { label: '?!' }), has('B', { label: '-' }))).toEqual([]);
  });

  it('is as near as the nearest of its names, and of equal ones the first by name comes first', () => {
    const near = has('Zeta', { label: 'Renewal Datex', display: 'renewal-date' });
    const far = has('Alpha', { label: 'Renewal Datex' });
    expect(alike(want('Renewal_Date'), far, near)).toEqual(['Zeta', 'Alpha']);
    expect(alike(want('Renewal_Date'), near, far)).toEqual(['Zeta', 'Alpha']);
    const turned = has('Zeta', { label: 'renewal-date', display: 'Renewal Datex' });
    expect(alike(want('Renewal_Date'), far, turned)).toEqual(['Zeta', 'Alpha']);
    const same = ['C', 'A', 'B'].map((name) => has(name, { label: 'Renewal Date?' }));
    expect(alike(want('Renewal_Date', { label: 'Renewal Date.' }), ...same)).toEqual(['A', 'B', 'C']);
  });

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
});
