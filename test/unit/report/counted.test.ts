import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/model/json.ts';
import { typeText } from '../../../src/report/media/value-text.ts';
import { has, want } from '../../support/field.ts';
import { traitsOf } from '../../../src/audit/audit.ts';

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
