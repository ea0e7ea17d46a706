import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../../src/apply/apply-plan.ts';
import type { WriteAnswer } from '../../../src/apply/ports.ts';
import type { JournalEntry } from '../../../src/model/journal.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import { duplicateWarnings } from '../../../src/plan/duplicates.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { labelAtCreation } from '../../../src/plan/creation-label.ts';
import { has, manifestOf, want } from '../../support/field.ts';
import { ScriptedZoho } from '../../support/scripted-zoho.ts';

const wish = want('RiskId', { label: 'Risk ID' });
const own = has('RiskId', { label: 'Risk ID', id: '1' });

function warned(
  wishes: readonly DesiredField[],
  fields: readonly LiveField[],
  journal: readonly JournalEntry[] = [],
): readonly string[] {
  const live = [{ module: 'Deals', fields }];
  const plan = makePlan(manifestOf(...wishes), live, {}, journal);
  return duplicateWarnings(plan, live, journal).map((one) => one.message);
}

const warnings = (...fields: readonly LiveField[]): readonly string[] => warned([wish], fields);

describe('a field that was created twice', () => {
  it('is named with both ids, whether the other one has its label or the one it was created under', () => {
    for (const label of ['Risk ID', 'risk id', 'RiskId']) {
      const [first, ...others] = warnings(own, has('RiskId1', { label, id: '2' }));
      expect(others).toEqual([]);
      expect(first).toBe(
        `Deals.RiskId: It may have been created twice: beside RiskId ("Risk ID", id 1) there is RiskId1 ("${label}", id 2).`,
      );
    }
  });

  it('is named with all of its duplicates in the order of their ids, and with the advice to look', () => {
    const other = (id: string) => has(`RiskId${id}`, { label: 'Risk ID', id });
    const live = [{ module: 'Deals', fields: [other('3'), own, other('2'), other('14')] }];
    const plan = makePlan(manifestOf(want('X'), wish), live, {});
    expect(duplicateWarnings(plan, live, [])).toEqual([
      {
        severity: 'warning',
        code: 'duplicate-detected',
        message:
          'Deals.RiskId: It may have been created 4 times: beside RiskId ("Risk ID", id 1) there are RiskId14 ("Risk ID", id 14) and RiskId2 ("Risk ID", id 2) and RiskId3 ("Risk ID", id 3).',
        remedy:
          'Look at them in Zoho: what they hold, and what uses them. Declare the other one too if it is there on purpose. This tool changes neither.',
      },
    ]);
  });

  it('is known where Zoho had to cut the name to make room for the number, and where the name ends in digits', () => {
    const long = `${'L'.repeat(48)}_x`;
    expect(
      warned([want(long)], [has(long), has(`${'L'.repeat(48)}1`, { label: `${'L'.repeat(48)} x` })]),
    ).toHaveLength(1);
    const line = want('Line2');
    expect(warned([line], [has('Line2'), has('Line21', { label: 'Line2' })])).toHaveLength(1);
    expect(warned([line], [has('Line2'), has('Line3', { label: 'Line2' })])).toEqual([]);
    expect(warned([line], [has('Line2'), has('Line', { label: 'Line2' })])).toEqual([]);
  });

  it('is known by the journal, whatever name and label the other one has by now', () => {
    const other = has('Quite_Another', { label: 'Other', id: '2' });
    const note = (id: string, module = 'Deals', api_name = 'RiskId'): JournalEntry => ({
      event: 'created',
      module,
      api_name,
      id,
    });
    expect(warned([wish], [own, other], [note('2'), note('1')])).toHaveLength(1);
    expect(warned([wish], [own, other], [note('1'), note('3')])).toEqual([]);
    expect(warned([wish], [own, other], [note('2', 'Leads')])).toEqual([]);
    expect(warned([wish], [own, other], [note('2', 'Deals', 'Other')])).toEqual([]);
  });

  it('is looked for in its own module only, and nowhere where nothing was read', () => {
    const modules = ['Deals', 'Contacts'].map((module) => ({ module, fields: [wish] }));
    const live = [
      { module: 'Deals', fields: [own] },
      { module: 'Contacts', fields: [has('RiskId', { label: 'Risk ID', id: '2' })] },
    ];
    const plan = makePlan({ ...manifestOf(), modules }, live, {});
    expect(duplicateWarnings(plan, live, [])).toEqual([]);
    expect(duplicateWarnings(plan, [], [])).toEqual([]);
    const other = has('RiskId1', { label: 'Risk ID', id: '3' });
    const now = live.map((one) =>
      one.module === 'Deals' ? one : { ...one, fields: [...one.fields, other] },
    );
    expect(duplicateWarnings(plan, now, []).map((one) => one.message)).toEqual([
      expect.stringMatching(/^Contacts\.RiskId: .*RiskId \("Risk ID", id 2\) there is RiskId1/),
    ]);
  });

  it('is told by the very apply that finds two fields where it made one', async () => {
    const zoho = new ScriptedZoho();
    // A Zoho that takes a label twice, and someone who applies at the same moment.
    zoho.onPost = [
      (self, bodies) => {
        self.fields.push(has('RiskId1', { label: 'RiskId', id: '77' }));
        return self.commit(bodies);
      },
    ];
    const live = [{ module: 'Deals', fields: [] }];
    const report = await applyPlan(makePlan(manifestOf(wish), live, {}), live, zoho.ports);
    expect(report.fields[0]).toMatchObject({
      outcome: 'created_differs',
      code: 'DUPLICATE_DETECTED',
      differences: [],
    });
    expect(report.fields[0]?.reasons[0]?.message).toContain('id 77');
  });

  it('is told by the apply whose first request took effect late, whatever Zoho named it', async () => {
    const zoho = new ScriptedZoho();
    const lost: WriteAnswer = { kind: 'lost', why: 'the time was up' };
    zoho.onPost = [
      () => lost,
      (self, bodies) => {
        self.fields.push(has('Field7', { label: 'RiskId', id: '78' }));
        return self.commit(bodies);
      },
    ];
    const live = [{ module: 'Deals', fields: [] }];
    const report = await applyPlan(makePlan(manifestOf(wish), live, {}), live, zoho.ports);
    expect(report.fields[0]).toMatchObject({ code: 'DUPLICATE_DETECTED' });
  });
});

describe('no field is called a duplicate', () => {
  it('because its label is the API name of another, which both are as declared', () => {
    const region = want('Region', { label: 'Sales Region' });
    const regionName = want('Region_Name', { label: 'Region' });
    const live = [has('Region', { label: 'Sales Region' }), has('Region_Name', { label: 'Region' })];
    expect(warned([region, regionName], live)).toEqual([]);
    expect(warned([region], live)).toEqual([]);
    expect(warned([regionName], live)).toEqual([]);
  });

  it.each([
    ['the field itself', own],
    [
      'the label that it was created under, in a field of another name',
      has('My_RiskId', { label: 'RiskId' }),
    ],
    ['its very label in a field of another name', has('Other', { label: 'Risk ID' })],
    ['a name that begins alike', has('RiskIdOfOurs', { label: 'RiskId' })],
    ['a numbered name under a label of its own', has('RiskId2', { label: 'Second risk' })],
    ['a numbered name of another type', has('RiskId1', { label: 'Risk ID', type: 'picklist' })],
    ['one of the standard fields', has('RiskId1', { label: 'Risk ID', custom: false })],
  ])('for %s', (_, other) => {
    expect(warnings(own, other)).toEqual([]);
  });

  it('beside a field that this tool did not create, or that is not there', () => {
    const other = has('RiskId1', { label: 'Risk ID' });
    expect(warnings({ ...own, custom: false }, other)).toEqual([]);
    expect(warned([{ ...wish, create: false }], [own, other])).toEqual([]);
    expect(warnings(other)).toEqual([]);
  });

  it('where two fields of one run exchange their labels', async () => {
    const zoho = new ScriptedZoho();
    const live = [{ module: 'Deals', fields: [] }];
    const manifest = manifestOf(want('Alpha', { label: 'Beta' }), want('Beta', { label: 'Alpha' }));
    const report = await applyPlan(makePlan(manifest, live, {}), live, zoho.ports);
    expect(report.fields.map((field) => field.outcome)).toEqual(['created', 'created']);
  });
});

/** Names so few that they collide all the time: with a number, with each other's labels, with case. */
const name = fc
  .tuple(fc.constantFrom('Region', 'region', 'Region_Name', 'Line'), fc.constantFrom('', '1', '2', '12'))
  .map((parts) => parts.join(''));
const label = fc.oneof(name, fc.constantFrom('Sales Region', 'Region Name'));
const type = fc.constantFrom('text', 'picklist');

const liveFields = fc
  .uniqueArray(fc.record({ name, label, display: label, type, custom: fc.boolean() }), {
    selector: (one) => one.name,
    maxLength: 8,
  })
  .map((list) => list.map(({ name: api, ...fact }, index) => has(api, { ...fact, id: `id${index}.` })));

const wishes = fc
  .uniqueArray(fc.record({ name, label, type, create: fc.boolean() }), {
    selector: (one) => one.name,
    maxLength: 8,
  })
  .map((list) => list.map(({ name: api, ...rest }) => want(api, rest)));

const journals = fc.array(
  fc.record({
    event: fc.constantFrom('intent' as const, 'created' as const, 'labelled' as const),
    module: fc.constantFrom('Deals', 'Leads'),
    api_name: name,
    id: fc.nat(8).map((index) => `id${index}.`),
  }),
  { maxLength: 6 },
);

describe('in any organisation', () => {
  it('what is called a duplicate is not declared, is of the same type, and is made or numbered by this tool and Zoho', () => {
    fc.assert(
      fc.property(wishes, liveFields, journals, (wanted, there, journal) => {
        const declared = new Set(wanted.map((one) => one.api_name));
        for (const message of warned(wanted, there, journal)) {
          const [first, ...named] = there.filter((field) => message.includes(`id ${field.id})`));
          const subject = there.find((field) => message.startsWith(`Deals.${field.api_name}: `));
          const others = [first, ...named].filter((field) => field !== subject);
          expect(others.length).toBeGreaterThan(0);
          for (const other of others) {
            expect(declared).not.toContain(other?.api_name);
            expect(other).toMatchObject({ custom: true, data_type: subject?.data_type });
            const isMade = journal.some(
              (one) => one.module === 'Deals' && one.id === other?.id && one.api_name === subject?.api_name,
            );
            const suffix = other?.api_name.replace(subject?.api_name ?? '', '') ?? '';
            expect(isMade || /^\d+$/u.test(suffix)).toBe(true);
          }
        }
      }),
      { numRuns: 600 },
    );
  });

  it('a second field that Zoho made of the same request is told, whatever else is there', () => {
    fc.assert(
      fc.property(wishes, liveFields, (wanted, there) => {
        const declared = new Set(wanted.map((one) => one.api_name));
        for (const one of wanted) {
          const first = there.find((field) => field.api_name === one.api_name);
          const second = `${one.api_name}7`;
          if (first?.custom !== true || !one.create || declared.has(second)) continue;
          const twice = has(second, { label: labelAtCreation(one), type: first.data_type, id: 'late' });
          expect(warned(wanted, [...there, twice]).join('\n')).toContain(`${second} (`);
        }
      }),
      { numRuns: 300 },
    );
  });
});
