import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { visible } from '../../../src/model/visible.ts';
import { loadManifest } from '../../../src/manifest/load.ts';
import { load, place } from './support.ts';

const good = 'module: Deals\nfields:\n  - { api_name: Risk, field_label: Größe, data_type: text }\n';
const ofBytes = (bytes: Uint8Array) => loadManifest({ path: '-', bytes });
const codes = (bytes: Uint8Array) => ofBytes(bytes).diagnostics.map((one) => one.code);

describe('bytes', () => {
  it('may begin with a byte order mark, which moves nothing', () => {
    expect(load(`\ufeff${good}`).diagnostics).toEqual([]);
    expect(load(`\ufeffmodul: x\nfields: []\n`).diagnostics.map(place)).toEqual([
      'unknown-key@1:1',
      'empty-value@2:9',
    ]);
  });

  it('in UTF-16 or UTF-32 are explained', () => {
    const utf16 = Buffer.from(`\ufeff${good}`, 'utf16le');
    const withoutMark = Buffer.from(good, 'utf16le');
    const bigEndian = Buffer.from(withoutMark).swap16();
    const utf32 = Uint8Array.from([0xff, 0xfe, 0, 0, 0x6d, 0, 0, 0]);
    for (const bytes of [utf16, withoutMark, bigEndian, utf32]) {
      const { diagnostics } = ofBytes(bytes);
      expect(diagnostics.map((one) => one.code)).toEqual(['not-utf8']);
      expect(diagnostics[0]?.message).toMatch(/UTF-(16|32)/u);
    }
  });

  it('of Windows are explained at the first wrong one, and the rest is still checked', () => {
    const bytes = Buffer.from(good.replace('data_type', 'datatype'), 'latin1');
    const { diagnostics } = ofBytes(bytes);
    expect(diagnostics.map((one) => one.code)).toContain('not-utf8');
    expect(diagnostics.map((one) => one.code)).toContain('unknown-key');
    expect(diagnostics.find((one) => one.code === 'not-utf8')).toMatchObject({ line: 3, column: 38 });
    expect(diagnostics.find((one) => one.code === 'not-utf8')?.message).toContain('F6');
  });

  it('cut off in the middle of a character are not UTF-8', () => {
    expect(codes(Buffer.from('module: Größe').subarray(0, 11))).toContain('not-utf8');
  });

  it('beyond one mebibyte are not read', () => {
    expect(codes(new Uint8Array(1024 * 1024 + 1))).toEqual(['too-large']);
    const padding = `# ${'x'.repeat(1024 * 1024 - good.length - 6)}\n`;
    expect(codes(Buffer.from(good + padding))).toEqual([]);
  });
});

describe('a frame', () => {
  const frameOf = (text: string): string | undefined => load(text).diagnostics[0]?.frame;

  it('shows the line, the one before, and a marker', () => {
    expect(frameOf('module: Deals\nfields: []\n')).toBe(
      '  1 | module: Deals\n> 2 | fields: []\n    |         ^^',
    );
  });

  it('aligns line numbers of different widths', () => {
    const text = `module: Deals\nfields:\n${'  # line\n'.repeat(6)}  - { api_name: a, data_type: text }\n  - { api_name: b, data_typ: text }\n`;
    expect(load(text).diagnostics.at(-1)?.frame).toBe(
      '   9 |   - { api_name: a, data_type: text }\n> 10 |   - { api_name: b, data_typ: text }\n     |                    ^^^^^^^^',
    );
  });

  it('stands under wide characters', () => {
    expect(frameOf('module: Deals # 商談\nfields: []\n商談: 1\n')).toContain('^^');
    expect(
      load('module: Deals\nfields: [{ api_name: 商談, field_label: 商談, data_type: text }]\n')
        .diagnostics[0]?.frame?.split('\n')
        .at(-1),
    ).toBe(`    | ${' '.repeat(21)}^^^^`);
  });

  it('marks what is displayed, whatever stands before it', () => {
    for (const label of ['✅⭐🟠 ok', 'e\u0301e\u0301e\u0301', '👩‍👩‍👧‍👦', '商談形態', '##[x', 'plain']) {
      const text = `module: Deals\nfields:\n  - { api_name: A, data_type: text, field_label: "${label}", nonsens: 1 }\n`;
      const { frame } = load(text).diagnostics.find((one) => one.code === 'unknown-key') ?? {};
      const [, line = '', marker = ''] = (frame ?? '').split('\n').map((row) => visible(row));
      expect(stringWidth(line.slice(0, line.indexOf('nonsens'))), label).toBe(marker.indexOf('^'));
      expect(marker.match(/\^+$/u)?.[0]).toHaveLength('nonsens'.length);
    }
  });

  it('stays narrow in a line of any length', () => {
    const text = `module: Deals\nfields: [{ api_name: a, data_type: text, create: false, description: '${'x'.repeat(50_000)}', nonsense: 1 }]\n`;
    const frame = frameOf(text) ?? '';
    expect(Math.max(...frame.split('\n').map((line) => line.length))).toBeLessThan(120);
    expect(frame).toContain('nonsense');
    expect(frame).toContain('…');
  });
});
