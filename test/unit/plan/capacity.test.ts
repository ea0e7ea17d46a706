import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Room } from '../../../src/model/limits.ts';
import type { LiveField } from '../../../src/model/live-field.ts';
import type { DesiredField } from '../../../src/model/manifest.ts';
import type { ModulePlan } from '../../../src/model/plan.ts';
import { overflow } from '../../../src/plan/capacity.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';

function planOf(wishes: readonly DesiredField[], live: readonly LiveField[], room: Room = {}): ModulePlan {
  const [module] = makePlan(manifestOf(...wishes), [{ module: 'Deals', fields: live }], { room }).modules;
  if (module === undefined) throw new Error('nothing was planned');
  return module;
}

const wishes = (count: number) => Array.from({ length: count }, (_, index) => want(`New_${index + 1}`));
const fields = (count: number, fact = {}) =>
  Array.from({ length: count }, (_, index) => has(`Old_${index + 1}`, fact));
const custom = ({ capacity }: ModulePlan) => capacity.find(({ kind }) => kind === 'custom');
const verdicts = ({ entries }: ModulePlan) => entries.map(({ action }) => action);

describe('a module that gets full', () => {
  it('takes the first ones of the manifest and tells the others why there is no room for them', () => {
    const made = planOf(
      wishes(4),
      [...fields(152), ...[1, 2].map((n) => has(`Idle_${n}`, { used: false }))],
      {
        edition: 'professional',
      },
    );
    expect(verdicts(made)).toEqual(['create', 'conflict', 'conflict', 'conflict']);
    expect(made.entries[2]?.reasons).toEqual([
      {
        code: 'capacity',
        message:
          'No room is left: Deals has 154 custom fields (2 of them in no layout) and gets 1 before this one; in the edition professional a module can hold 155.',
        remedy:
          'Delete custom fields in Zoho that are not needed (those in no layout count too), get a larger edition, or declare fewer. If Deals can hold more, set ZOHO_CUSTOM_FIELD_LIMIT.',
      },
    ]);
    expect(custom(made)).toEqual({ kind: 'custom', used: 154, add: 4, limit: 155, source: 'edition' });
  });

  it('guesses nothing where no page names the limit of the edition', () => {
    for (const edition of ['free', 'zohoone', 'constructor', '', undefined]) {
      const made = planOf(wishes(3), fields(600), edition === undefined ? {} : { edition });
      expect(verdicts(made), edition).toEqual(['create', 'create', 'create']);
      expect(custom(made)).toEqual({ kind: 'custom', used: 600, add: 3, limit: null, source: null });
    }
  });

  it('holds what the user says it holds, whatever the edition', () => {
    const made = planOf(wishes(2), fields(4), { edition: 'standard', customFields: 5 });
    expect(verdicts(made)).toEqual(['create', 'conflict']);
    expect(made.entries[1]?.reasons[0]?.message).toContain(
      'ZOHO_CUSTOM_FIELD_LIMIT says that a module can hold 5.',
    );
    expect(custom(made)).toMatchObject({ limit: 5, source: 'setting' });
    expect(verdicts(planOf(wishes(2), fields(12), { edition: 'standard', customFields: 400 }))).toEqual([
      'create',
      'create',
    ]);
  });

  it("counts no field of Zoho's own", () => {
    expect(verdicts(planOf(wishes(1), fields(40, { custom: false }), { edition: 'standard' }))).toEqual([
      'create',
    ]);
  });

  it('keeps no place for a field that something else keeps from being created, and tells it of the room all the same', () => {
    const room = { customFields: 2 };
    const held = has('Holder', { label: 'New 1' });
    const made = planOf(wishes(2), [held], room);
    expect(verdicts(made)).toEqual(['conflict', 'create']);
    expect(custom(made)).toMatchObject({ used: 1, add: 1 });
    const full = planOf(wishes(1), [held, has('Other')], room);
    expect(full.entries[0]?.reasons.map(({ code }) => code)).toEqual(['label-taken', 'capacity']);
    expect(custom(full)).toMatchObject({ used: 2, add: 0 });
  });
});

describe('limits of every edition, and of kinds', () => {
  const unique = { unique: { case_sensitive: false } } as const;

  it('tells of unique fields and auto-numbers without knowing the edition', () => {
    const made = planOf([want('A', unique), want('B', unique)], [has('X', unique), has('Y')]);
    expect(verdicts(made)).toEqual(['create', 'conflict']);
    expect(made.entries[1]?.reasons).toEqual([
      {
        code: 'limit-unique',
        message:
          'No room is left: Deals has 1 unique field and gets 1 before this one; in every edition a module can hold 2.',
        remedy:
          'In Zoho allow a field of Deals to hold the same value twice again, or take "unique" out of the manifest.',
      },
    ]);
    const number = planOf([want('A', { type: 'autonumber' })], [has('X', { type: 'autonumber' })]);
    expect(number.entries[0]?.reasons.map(({ code }) => code)).toEqual(['limit-autonumber']);
    expect(verdicts(planOf([want('A')], [has('X', { type: 'autonumber' })]))).toEqual(['create']);
    const standard = has('X', { type: 'autonumber', custom: false });
    expect(verdicts(planOf([want('A', { type: 'autonumber' })], [standard]))).toEqual(['create']);
  });

  it('knows from which edition on there are multi-select lookups, and how many', () => {
    const links = [1, 2, 3].map((n) => want(`Link_${n}`, { type: 'multiselectlookup' }));
    const codes = (edition?: string) =>
      planOf(links, [], edition === undefined ? {} : { edition }).entries.map(
        ({ reasons }) => reasons[0]?.code,
      );
    expect(codes()).toEqual([undefined, undefined, undefined]);
    expect(codes('enterprise')).toEqual([undefined, undefined, 'limit-multiselectlookup']);
    expect(new Set(codes('standard'))).toEqual(new Set(['limit-multiselectlookup']));
  });

  it('lets a field that finds no place of one kind take none of the others', () => {
    const made = planOf([want('A', unique), want('B')], [has('X', unique), has('Y', unique)], {
      customFields: 3,
    });
    expect(verdicts(made)).toEqual(['conflict', 'create']);
    expect(custom(made)).toMatchObject({ used: 2, add: 1 });
  });
});

describe('the law of room', () => {
  it('as many fields are told that they do not fit as the numbers say, and they are the last ones', () => {
    const kind = fc.constantFrom({}, { unique: { case_sensitive: false } }, { type: 'autonumber' });
    fc.assert(
      fc.property(
        fc.array(kind, { maxLength: 8 }),
        fc.array(kind, { maxLength: 8 }),
        fc.integer({ min: 0, max: 12 }),
        (there, asked, customFields) => {
          const made = planOf(
            asked.map((wish, index) => want(`New_${index}`, wish)),
            there.map((fact, index) => has(`Old_${index}`, fact)),
            { customFields },
          );
          for (const one of made.capacity) {
            const code = one.kind === 'custom' ? 'capacity' : `limit-${one.kind}`;
            const told = made.entries.filter(({ reasons }) => reasons.some((reason) => reason.code === code));
            expect(told).toHaveLength(overflow(one));
          }
          const created = made.entries.filter(({ action }) => action === 'create').length;
          expect(created + there.length).toBeLessThanOrEqual(Math.max(customFields, there.length));
        },
      ),
    );
  });
});
