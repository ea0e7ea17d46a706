import { describe, expect, it } from 'vitest';
import {
  fold,
  labelAtCreation,
  labelWhileParked,
  needsLabelLater,
} from '../../../src/plan/creation-label.ts';
import { want } from '../../support/field.ts';

describe('the label that a field is created under', () => {
  it.each([
    ['Risk Level', 'Risk_Level'],
    ['A1 b_2 3c', 'A1_b_2_3c'],
    ['Risk', 'Risk'],
    ['r', 'r'],
  ])('is its own where Zoho certainly makes the API name of it: %j is %s', (label, name) => {
    const wish = want(name, { label });
    expect([labelAtCreation(wish), needsLabelLater(wish)]).toEqual([label, false]);
  });

  it.each([
    ['two blanks', 'Risk  Level', 'Risk__Level'],
    ['a blank before', ' Risk', '_Risk'],
    ['a blank behind', 'Risk ', 'Risk_'],
    ['a digit first', '1 Risk', '1_Risk'],
    ['another alphabet', 'Ä Risk', 'Ä_Risk'],
    ['another alphabet in its middle', 'Risk Ä', 'Risk_Ä'],
    ['another sign', 'Risk-x y', 'Risk-x_y'],
    ['another case', 'risk level', 'Risk_Level'],
    ['other words', 'Danger', 'Risk'],
  ])('is the API name where it is not certain what Zoho makes of a label: %s', (_, label, name) => {
    const wish = want(name, { label });
    expect([labelAtCreation(wish), needsLabelLater(wish)]).toEqual([name, true]);
  });

  it('is the API name where no label is declared', () => {
    expect(labelAtCreation(want('Risk_Level', { create: false }))).toBe('Risk_Level');
  });

  it('is short enough to be parked with a word behind it', () => {
    expect(labelWhileParked(want('Risk', { label: 'Danger' }))).toBe('Risk (renaming)');
    expect(labelWhileParked(want('R'.repeat(50), { label: 'x' }))).toBe(`${'R'.repeat(40)} (renaming)`);
  });
});

describe('names that Zoho may take for one', () => {
  it('differ in case, in blanks around them, or in how a letter is put together', () => {
    expect(fold(' Grösse\n')).toBe(fold('GRO\u0308SSE'));
    expect(fold('a b')).not.toBe(fold('ab'));
    expect(fold('Straße')).not.toBe(fold('Strasse'));
  });
});
