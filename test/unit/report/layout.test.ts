import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { padColumns, wrap, wrapColumns } from '../../../src/report/media/layout.ts';
import { visible } from '../../../src/model/visible.ts';

const scripts = [
  'a',
  'é',
  'e\u0301',
  ' ',
  ':',
  '::',
  '商',
  '談',
  '한',
  'ひ',
  '✅',
  '⭐',
  '🟠',
  '👩‍👩‍👧',
  'ß',
  '-',
];
const texts = fc
  .array(fc.constantFrom(...scripts), { maxLength: 200 })
  .map((parts) => visible(parts.join('')));

describe('lines on a terminal', () => {
  it('of scripts without blanks fit the width, and nothing of them is lost', () => {
    const text = '商談形態'.repeat(30);
    const lines = wrap(text, 60, 10);
    expect(lines.every((line) => stringWidth(line) <= 50)).toBe(true);
    expect(lines.join('')).toBe(text);
  });

  it('keep a long word whole, which may have to be copied', () => {
    const command = `zoho-fields/${'x'.repeat(100)}`;
    expect(wrap(`run ${command} now`, 60, 0)).toEqual(['run', command, 'now']);
  });

  it('are never wider than the column they stand in, whatever the text is made of', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 40 }), (text, columns) => {
        for (const line of wrapColumns(text, columns)) {
          const room = line.startsWith('\\x3a') ? columns + 3 : columns;
          expect(stringWidth(line)).toBeLessThanOrEqual(room);
        }
      }),
    );
  });

  it('never begin like a command to a GitHub runner', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 4, max: 40 }), (text, columns) => {
        const lines = [...wrapColumns(text, columns), ...wrap(text, columns, 0)];
        expect(lines.filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
      }),
    );
  });

  it('are filled up to a column by what is seen', () => {
    for (const text of ['✅', 'e\u0301', '👩‍👩‍👧', '商談', 'plain'])
      expect(stringWidth(padColumns(text, 12))).toBe(12);
  });
});
