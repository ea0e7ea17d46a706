import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { declaredText, typeText, valueText } from '../../../src/report/media/value-text.ts';
import { want } from '../../support/field.ts';

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
