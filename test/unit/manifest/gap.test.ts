import { describe, expect, it } from 'vitest';
import { Gap } from '../../../src/manifest/tokens.ts';
import { load, markedPlaces } from './support.ts';

describe('what stands between two words', () => {
  it('keeps its length, the last line break and the indentation after it', () => {
    const gap = new Gap();
    gap.addBlank('  ');
    gap.addLineBreak('\n');
    gap.addBlank('\t');
    gap.addLineBreak('\r\n');
    gap.addBlank('   ');
    expect(gap.take()).toEqual(['    ', '\r\n', '   ']);
    expect(gap.take()).toEqual([]);
  });

  it('may be any number of comments and blank lines, and moves nothing', () => {
    const noise = '\n# comment\n   \n\t# comment\n\n';
    const text = `${noise}module: Deals # a\n${noise}fields: # b\n${noise}  - api_name: A # c\n${noise}    data_type: text\n${noise}    field_label: A\n    tooltip: |\n\n      Help\n\n      # no comment\n${noise}    nonsense: 1\n`;
    expect(markedPlaces(text)).toEqual([
      `unknown-key@${text.split('\n').findIndex((line) => line.includes('nonsense')) + 1}:5 nonsense`,
    ]);
    const field = load(text.replace('nonsense: 1', '')).manifest?.modules[0]?.fields[0];
    expect(field?.declared['tooltip']).toEqual({ name: 'info_icon', value: '\nHelp\n\n# no comment\n' });
  });
});
