import { expect, it } from 'vitest';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { has, manifestOf, want } from '../../support/field.ts';

// By itself, so that no mutant is ever found by how busy a machine is.
it('a search for lookalikes costs a large plan next to nothing', () => {
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
  const planOf = () => makePlan(manifestOf(...wishes), [{ module: 'Deals', fields: many }], {});
  planOf();
  const before = process.cpuUsage();
  planOf();
  const { user, system } = process.cpuUsage(before);
  // 50 ms of a processor; its time, not the clock's: tests run beside others.
  expect((user + system) / 1000).toBeLessThan(200);
});
