import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { loadManifest } from '../../../src/manifest/load.ts';
import { diagnosticsText, cropFrame } from '../../../src/report/media/diagnostics.ts';
import { fitLines, makeStyle } from '../../../src/report/media/layout.ts';
import { visible } from '../../../src/model/visible.ts';
import { narrowFaults, NARROW } from '../../support/narrow.ts';
import { SCENARIOS, textAt } from './scenarios.ts';

describe('on 40 columns', () => {
  // Its text is a file's: what stops a command on a screen is tested with the error screens.
  const reports = Object.entries(SCENARIOS).filter(([name]) => name !== 'stale-plan');

  it.each(reports)('%s breaks no word, and no line is wider', (_, scenario) => {
    expect(narrowFaults((width) => textAt(width, scenario))).toEqual([]);
  });

  it('a remark of one line is broken at blanks, and keeps its indent', () => {
    expect(fitLines(`  ${'word '.repeat(9).trim()}\nfive\n`, NARROW)).toBe(
      '  word word word word word word word\n  word word\nfive\n',
    );
  });
});

describe('a line of the manifest', () => {
  const problems = (line: string): string => {
    const bytes = new TextEncoder().encode(`module: Deals\nfields:\n  - ${line}\n`);
    const { diagnostics } = loadManifest({ path: 'fields.yaml', bytes });
    return diagnosticsText(diagnostics, { style: makeStyle(false), width: NARROW });
  };

  it('is cut around the marked place, which stays in sight', () => {
    const text = problems(
      `{api_name: Partner_Code, field_label: A label, data_type: text, lenght: 20, tooltip: Where it is}`,
    );
    const rows = text.split('\n').filter((line) => line.includes('|'));
    expect(rows.every((row) => row.length <= NARROW)).toBe(true);
    const [line = '', marker = ''] = rows.slice(-2);
    expect(line).toMatch(/\| ….*lenght: 20.*…$/u);
    expect(line.slice(marker.indexOf('^'), marker.lastIndexOf('^') + 1)).toBe('lenght');
  });

  it('keeps the marker below wide signs, and is left alone where it fits', () => {
    const frame = `> 3 | ${'商談'.repeat(12)} bad ${'商談'.repeat(12)}\n    | ${' '.repeat(49)}^^^`;
    const [line = '', marker = ''] = cropFrame(visible, frame, NARROW);
    const before = line.slice(0, line.indexOf('bad'));
    expect(stringWidth(before)).toBe(marker.indexOf('^'));
    expect(cropFrame(visible, frame, 200).join('\n')).toBe(frame);
  });
});
