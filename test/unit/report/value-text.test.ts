import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import {
  declaredText,
  typeText,
  valueText,
  contrasted,
  contrastedTexts,
  look,
} from '../../../src/report/media/value-text.ts';
import { want, has } from '../../support/field.ts';
import { traitsOf } from '../../../src/audit/audit.ts';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `o${index}`);

describe('a value in words', () => {
  it.each([
    [null, 'nothing'],
    ['', '""'],
    ['a\u001b', 'a\\x1b'],
    [true, 'yes'],
    [false, 'no'],
    [7, '7'],
    [[], 'nothing'],
    [{}, 'nothing'],
    [['a', 'b'], 'a, b'],
    [[null, 1], 'nothing, 1'],
    [[{ display_value: 'Low', actual_value: 'Low' }], 'Low'],
    [[{ display_value: 'Low' }], 'Low'],
    [[{ display_value: 'Low', actual_value: 'l\u0007' }], 'Low (stored as l\\x07)'],
    [[{ display_value: 7, actual_value: 'x' }], 'display_value 7, actual_value x'],
    [[{ name: 'Standard', permission_type: 'read_only' }], 'Standard read_only'],
    [{ api_name: 'A\u001b', permission_type: 'hid\u001b' }, 'A\\x1b hid\\x1b'],
    [{ name: 'N', api_name: 'A', permission_type: 'p' }, 'N p'],
    [{ name: 'Standard', permission_type: 1 }, 'name Standard, permission_type 1'],
    [{ name: 1, permission_type: 'p' }, 'name 1, permission_type p'],
    [{ module: { api_name: 'A' }, 'k\u001b': [] }, 'module api_name A, k\\x1b nothing'],
  ] as readonly (readonly [Json, string])[])('is short and inert, example %#', (value, words) => {
    expect(valueText(value)).toBe(words);
  });

  it('is of a list the first twelve, and how many there are', () => {
    expect(valueText(names(12))).toBe(names(12).join(', '));
    expect(valueText(names(13))).toBe(`${names(12).join(', ')}, … (13 in all)`);
  });

  it('is short, each name more than the whole', () => {
    const long = 'x'.repeat(400);
    const short = (most: number): string => `${'x'.repeat(most - 1)}…`;
    expect(valueText(long)).toBe(short(300));
    expect(valueText([{ display_value: long, actual_value: long.slice(1) }])).toBe(
      `${short(60)} (stored as ${short(60)})`,
    );
    expect(valueText({ name: long, permission_type: long })).toBe(`${short(60)} ${short(20)}`);
  });

  it('is of a tooltip only what it says', () => {
    const tooltip = { name: 'info_icon', value: 'Why' };
    expect(declaredText('tooltip', tooltip)).toBe('Why');
    expect(declaredText('tooltip', { name: 'info_icon' })).toBe('name info_icon');
    expect(declaredText('tooltip', 'Why')).toBe('Why');
    expect(declaredText('other', tooltip)).toBe('name info_icon, value Why');
  });
});

describe('a type in words', () => {
  it.each([
    ['text', { length: 50 }, 'text, 50 characters'],
    ['integer', { length: 9 }, 'integer, 9 digits'],
    ['bigint', { length: 9 }, 'bigint, 9 digits'],
    ['double', { length: 9, decimal_place: 2 }, 'double, 9 digits, 2 decimals'],
    ['currency', { length: 9 }, 'currency, 9 digits'],
    ['percent', { length: 5 }, 'percent, 5 digits'],
    ['autonumber', { length: 5 }, 'autonumber, 5 digits'],
    ['fileupload', { length: 5 }, 'fileupload, 5 files'],
    ['imageupload', { length: 5 }, 'imageupload, 5 images'],
    ['textarea', { textarea: { type: 'large' } }, 'textarea, large'],
    ['textarea', { textarea: {} }, 'textarea, nothing'],
    ['textarea', { textarea: 'large' }, 'textarea'],
    ['text', { length: '50', decimal_place: '2' }, 'text'],
    ['te\u001bxt', {}, 'te\\x1bxt'],
  ])('has what matters most about it, example %#', (type, declared, words) => {
    expect(typeText(want('F', { type, ...declared }))).toBe(words);
  });
});

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
    const space = fc.constantFrom('x ', '\u00a0', '\u200d');
    fc.assert(
      fc.property(text, text, space, fc.nat(600), fc.nat(600), (one, other, gap, before, after) => {
        fc.pre(one !== other);
        const around = (middle: string): string => `${gap.repeat(before)}${middle}${' y'.repeat(after)}`;
        fc.pre(around(one) !== around(other));
        const [left, right] = contrastedTexts(around(one), around(other));
        expect(left).not.toBe(right);
        expect(look(left)).not.toBe(look(right));
        expect(Math.max(left.length, right.length)).toBeLessThan(300);
      }),
      { numRuns: 2000 },
    );
  });

  it('are told apart where only what is written out makes them long', () => {
    const [left, right] = contrastedTexts(`${'x '.repeat(137)}\u200d`, `${'x '.repeat(137)}\u200b`);
    expect(left).toMatch(/^….*\\u\{200d\}$/u);
    expect(right).toMatch(/^….*\\u\{200b\}$/u);
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

describe('one of a thing is not told in the plural', () => {
  it.for([
    ['percent', { decimal_place: 1 }, 'percent, 1 decimal'],
    ['percent', { decimal_place: 2 }, 'percent, 2 decimals'],
    ['fileupload', { length: 1 }, 'fileupload, 1 file'],
    ['imageupload', { length: 1 }, 'imageupload, 1 image'],
    ['imageupload', { length: 10 }, 'imageupload, 10 images'],
    ['integer', { length: 1 }, 'integer, 1 digit'],
    ['text', { length: 1 }, 'text, 1 character'],
    ['text', { length: 0 }, 'text, 0 characters'],
  ] as const)('a declared %s with %j', ([type, declared, words]) => {
    expect(typeText(want('F', { type, ...declared }))).toBe(words);
  });

  it.for([
    ['percent', { decimal_place: 1 }, '1 decimal'],
    ['picklist', { pick_list_values: [{ display_value: 'A', actual_value: 'A' }] as Json }, '1 option'],
  ] as const)('a live %s with %j', ([type, wire, words]) => {
    expect(traitsOf(has('F', { type, ...wire }))).toContain(words);
  });
});
