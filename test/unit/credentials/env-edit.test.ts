import { isDeepStrictEqual } from 'node:util';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upsertEnv, type EnvEdit } from '../../../src/credentials/env-text.ts';

const NAME = 'ZOHO_REFRESH_TOKEN';

function edit(before: string | Uint8Array, change: Partial<EnvEdit> = {}): string | undefined {
  const bytes = typeof before === 'string' ? Buffer.from(before) : before;
  const after = upsertEnv(bytes, { name: NAME, value: '1000.new.token', ...change });
  return after === undefined ? undefined : Buffer.from(after).toString('utf8');
}

describe('editing an env file', () => {
  it.each([
    ['an empty file', '', `${NAME}=1000.new.token\n`],
    ['a file without it', 'A=1\n', `A=1\n${NAME}=1000.new.token\n`],
    ['a last line without an end', 'A=1', `A=1\n${NAME}=1000.new.token\n`],
    ['line ends of Windows', 'A=1\r\nB=2\r\n', `A=1\r\nB=2\r\n${NAME}=1000.new.token\r\n`],
    ['its line in the middle', `A=1\n${NAME}=old\nB=2\n`, `A=1\n${NAME}=1000.new.token\nB=2\n`],
    ['export and indent', `  export ${NAME}=old\n`, `  export ${NAME}=1000.new.token\n`],
    ['spaces and a comment', `${NAME} = old # mine\n`, `${NAME} = 1000.new.token # mine\n`],
    ['quotes', `${NAME}="old # not a comment" # mine\n`, `${NAME}=1000.new.token # mine\n`],
    ['a value over lines', `${NAME}='old\nA=2'\nB=2\n`, `${NAME}=1000.new.token\nB=2\n`],
    ['a commented line', `# ${NAME}=old\n`, `# ${NAME}=old\n${NAME}=1000.new.token\n`],
    ['an empty value', `${NAME}=\nB=2\n`, `${NAME}=1000.new.token\nB=2\n`],
    ['two lines, of which the last counts', `${NAME}=a\n${NAME}=b\n`, `${NAME}=a\n${NAME}=1000.new.token\n`],
    ['a name that only ends alike', `MY_${NAME}=a\n`, `MY_${NAME}=a\n${NAME}=1000.new.token\n`],
    [
      'its name inside the value of another',
      `NOTE="see\n${NAME}=old\nthere"\n`,
      `NOTE="see\n${NAME}=old\nthere"\n${NAME}=1000.new.token\n`,
    ],
    ['a byte order mark', `\ufeff${NAME}=old\n`, `\ufeff${NAME}=1000.new.token\n`],
  ])('replaces or adds one line in %s', (_, before, after) => {
    expect(edit(before)).toBe(after);
  });

  it('keeps the old value in a comment only when asked', () => {
    expect(edit(`A=1\r\n${NAME}=old\r\n`, { keepOld: true })).toBe(
      `A=1\r\n# ${NAME}=old\r\n${NAME}=1000.new.token\r\n`,
    );
    expect(edit('A=1\n', { keepOld: true })).toBe(`A=1\n${NAME}=1000.new.token\n`);
  });

  it('quotes what needs it, and says no where nothing reads back', () => {
    expect(edit('', { value: 'a #b' })).toBe(`${NAME}='a #b'\n`);
    expect(edit('', { value: "it's" })).toBe(`${NAME}="it's"\n`);
    expect(edit('', { value: `all three: ' " \`` })).toBeUndefined();
  });

  it('finds its way through a gap of a hundred thousand lines', () => {
    const gap = '\n'.repeat(100_000);
    expect(edit(`A=1${gap}${NAME}=old${gap}B=2\n`)).toBe(`A=1${gap}${NAME}=1000.new.token${gap}B=2\n`);
  });

  it('finds its way past a text of ten thousand lines that look like it', () => {
    const note = `NOTE="${`\n${NAME}=old`.repeat(10_000)}\n"\n`;
    expect(edit(note)).toBe(`${note}${NAME}=1000.new.token\n`);
  });

  it('leaves bytes alone that are no text', () => {
    const before = Buffer.from([0x23, 0xff, 0xa0, 0x0a, 0x41, 0x3d, 0x31, 0x0a]);
    const after = upsertEnv(before, { name: NAME, value: 'v' });
    expect(Buffer.from(after ?? []).subarray(0, before.length)).toEqual(before);
  });
});

const piece = fc.constantFrom(
  'A=1',
  '# a comment',
  '',
  `${NAME}=old`,
  `export ${NAME}='old one'`,
  `${NAME}="old`,
  'B="two',
  'lines"',
  "C='x' # y",
  'D: yaml',
  'ä=ö',
  'E=`a\'b"c`',
  '  F = g  ',
  '=',
  "'",
);
const file = fc
  .array(fc.tuple(fc.oneof(piece, fc.string({ maxLength: 12 })), fc.constantFrom('\n', '\r\n')), {
    maxLength: 12,
  })
  .map((lines) => lines.flat().join(''));
const value = fc.oneof(
  fc.stringMatching(/^1000\.[0-9a-f]{8}\.[0-9a-f]{8}$/),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }),
);

describe('the laws of editing', () => {
  it('reads back the value, leaves every other variable and every other line as it was', () => {
    const found = fc.check(
      fc.property(file, value, (before, wanted) => {
        const after = edit(before, { value: wanted });
        return after === undefined || broken({ before, after, wanted }) === undefined;
      }),
      { numRuns: 3000 },
    );
    expect(found.counterexample).toBeNull();
  });

  it('changes nothing a second time', () => {
    const found = fc.check(
      fc.property(file, value, (before, wanted) => {
        const once = edit(before, { value: wanted });
        return once === undefined || edit(once, { value: wanted }) === once;
      }),
      { numRuns: 500 },
    );
    expect(found.counterexample).toBeNull();
  });

  it('always finds a way for a token in a file of plain lines', () => {
    const plain = fc
      .array(fc.stringMatching(/^[A-Z]{1,5}=[a-z0-9.]{0,9}( # [a-z]+)?$/))
      .map((all) => all.join('\n'));
    const found = fc.check(fc.property(plain, (before) => edit(before) !== undefined));
    expect(found.counterexample).toBeNull();
  });
});

/** Which law an edit breaks. */
function broken({
  before,
  after,
  wanted,
}: {
  before: string;
  after: string;
  wanted: string;
}): string | undefined {
  const old = parse(before);
  const now = parse(after);
  if (now[NAME] !== wanted) return 'the value does not read back';
  if (!isDeepStrictEqual({ ...now, [NAME]: '' }, { ...old, [NAME]: '' })) return 'another variable changed';
  const { start, end } = changedPart(before, after);
  const removed = before.slice(start, end);
  if (/[\r\n]/.test(removed) && !(old[NAME] ?? '').includes('\n'))
    return 'more than one line went, although the value was on one';
  if (!linesOutside(before, start, end).every((line) => after.includes(line))) return 'another line changed';
  return undefined;
}

/** Where two texts differ: the part of the first that is not in the second as it was. */
function changedPart(before: string, after: string): { readonly start: number; readonly end: number } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < before.length - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, end: before.length - tail };
}

function linesOutside(text: string, start: number, end: number): readonly string[] {
  const head = text
    .slice(0, start)
    .split(/\r\n|\n/)
    .slice(0, -1);
  const tail = text
    .slice(end)
    .split(/\r\n|\n/)
    .slice(1);
  return [...head, ...tail];
}
