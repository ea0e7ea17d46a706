import { describe, expect, it } from 'vitest';
import { wishesFor } from '../../../src/probe/wishes.ts';
import { has } from '../../support/field.ts';
import { narrowFaults } from '../../support/narrow.ts';
import { announcement, leftBehind } from '../../../src/report/probe/text.ts';

/* What a person reads on standard error before they answer the question of `probe --create`. */

const WISHES = wishesFor('Deals', 'Xq1w2e');
const LEFT = [
  has('ZF_Probe_Xa1b2c_Named', { id: '5725767000000009201', label: 'ZF Probe Xa1b2c A' }),
  has('ZF_Probe_Xa1b2c_B', { id: '5725767000000009202', label: 'ZF-Probe Xa1b2c (B)' }),
];
const SCREENS = {
  announcement: (width: number) => announcement(WISHES, 'Acme GmbH (sandbox, data centre eu)', width),
  'left-behind': (width: number) => leftBehind(LEFT, 'Deals', width),
};

describe.each(Object.entries(SCREENS))('the %s', (name, screen) => {
  it('looks right', async () => {
    await expect(screen(80)).toMatchFileSnapshot(`../../golden/probe-create/${name}.txt`);
  });

  it('breaks no word on 40 columns, and no line is wider', () => {
    expect(narrowFaults(screen)).toEqual([]);
  });
});

it('everything that is sent is announced: each label, each name, and the label of the PATCH', () => {
  const words = announcement(WISHES, 'Acme', 110).replaceAll(/\s+/gu, ' ');
  for (const { label, name = '' } of WISHES.fields) {
    expect(words).toContain(label.slice(0, 39));
    expect(words).toContain(name);
  }
  expect(words).toContain(WISHES.renamed);
  expect(words).toContain('one POST, a second one only where the first comes to nothing, and one PATCH');
});
