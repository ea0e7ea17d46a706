import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { contrasted, contrastedTexts, look } from '../../../src/report/media/contrast.ts';

describe('two texts that differ', () => {
  it.each([
    ['Gold', 'Gold ', 'Gold', 'Gold\\x20'],
    ['', ' ', '""', '\\x20'],
    ['A B', 'A\u00a0B', 'A\\x20B', 'A\\xa0B'],
    ['A B', 'A  B', 'A B', 'A \\x20B'],
    ['Caf\u00e9', 'Cafe\u0301', 'Caf\\xe9', 'Cafe\\u{301}'],
    ['\u00c5', '\u212b', '\\xc5', '\\u{212b}'],
    ['Partner', 'Part\u200bner', 'Partner', 'Part\\u{200b}ner'],
    ['Partner', 'P\u0430rtner', 'Partner', 'P\\u{430}rtner'],
    ['Low', 'High', 'Low', 'High'],
    ['商談', '商談　', '商談', '商談\\u{3000}'],
    ['resume', 'résumé', 'resume', 'résumé'],
  ])('%j and %j are seen to', (one, other, shown, others) => {
    expect(contrastedTexts(one, other)).toEqual([shown, others]);
    expect(contrastedTexts(other, one)).toEqual([others, shown]);
  });

  it('are never shown alike, nor cut before the difference', () => {
    const piece = fc.constantFrom(
      ' ',
      '\u00a0',
      '\u3000',
      'e',
      '\u0301',
      'é',
      '\u200b',
      '\u200d',
      'a',
      '\u0430',
      'ﬁ',
      'fi',
      '\n',
      '\t',
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, fc.nat(600), fc.nat(600), (one, other, before, after) => {
        fc.pre(one !== other);
        const around = (middle: string): string => `${'x '.repeat(before)}${middle}${' y'.repeat(after)}`;
        fc.pre(around(one) !== around(other));
        const [left, right] = contrastedTexts(around(one), around(other));
        expect(left).not.toBe(right);
        expect(look(left)).not.toBe(look(right));
        expect(Math.max(left.length, right.length)).toBeLessThan(300);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('two values that differ', () => {
  it.each([
    ['tooltip', { name: 'info_icon', value: 'A' }, { name: 'info_icon', value: 'B' }, 'A', 'B'],
    [
      'tooltip',
      { name: 'info_icon', value: 'A' },
      { name: 'static_text', value: 'A' },
      'name info_icon',
      'name static_text',
    ],
    ['tooltip', { name: 'info_icon', value: 'A' }, null, 'A', 'nothing'],
    ['length', 50, 40, '50', '40'],
    [
      'lookup',
      { module: { api_name: 'A' }, display_label: 'x' },
      { module: { api_name: 'B' }, display_label: 'x' },
      'module api_name A',
      'module api_name B',
    ],
    [
      'currency',
      { rounding_option: 'normal' },
      { rounding_option: 'normal', precision: 2 },
      'rounding_option normal',
      'rounding_option normal, precision 2',
    ],
    [
      'profiles',
      [
        { name: 'A', permission_type: 'hidden' },
        { name: 'B', permission_type: 'hidden' },
      ],
      [
        { name: 'A', permission_type: 'hidden' },
        { name: 'B', permission_type: null },
      ],
      'B hidden',
      'name B, permission_type nothing',
    ],
    ['unique', { case_sensitive: false }, null, 'case_sensitive no', 'nothing'],
  ] as readonly (readonly [string, Json, Json, string, string])[])(
    'in %s are told by what differs',
    (key, one, other, shown, others) => {
      expect(contrasted(key, one, other)).toEqual([shown, others]);
    },
  );
});
