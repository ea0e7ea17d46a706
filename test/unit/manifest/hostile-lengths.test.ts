import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load } from './support.ts';

/** Files of one thing over and over: nobody may keep a check busy by repeating what is cheap to write. */

const LENGTH = 100_000;

/** What YAML takes for the beginning of something, and what only looks so. */
const PIECES = [
  '"',
  "'",
  '`',
  '@',
  '%',
  '#',
  '&a',
  '*a',
  '!t',
  '|',
  '>',
  '?',
  ':',
  '-',
  ',',
  '[',
  ']',
  '{',
  '}',
  'a',
  '<<',
  '\\',
  '\t',
  ' ',
  '\n',
  '\r\n',
  '---',
  '...',
  '\u200b',
  '\u00a0',
  'e\u0301',
  '1',
  '~',
  '\\"',
] as const;

const HEADS = ['', 'module: Deals\nfields:\n'] as const;

/** Seconds of the processor, not of the clock: tests run beside others. */
function secondsToRefuse(head: string, piece: string): number {
  const text = (head + piece.repeat(Math.ceil(LENGTH / piece.length))).slice(0, LENGTH);
  const started = process.cpuUsage();
  const { manifest, diagnostics } = load(text);
  const { user, system } = process.cpuUsage(started);
  expect(manifest).toBeUndefined();
  expect(diagnostics.length).toBeLessThan(102);
  return (user + system) / 1e6;
}

/** A quiet machine takes half of one; what is quadratic takes a dozen. */
const PATIENCE = 5;

describe('a file of 100 KB', () => {
  it.each([
    '- "',
    '-',
    '- [',
    '- {',
    '- |',
    '- a: "',
    '- *a',
    '- &a',
    '? ',
    ':',
    '%',
    'x',
    '- - -',
    '"a": "',
  ])('of lines with %j is refused at once', (line) => {
    for (const indent of ['', '  ']) {
      expect(secondsToRefuse(HEADS[1], `${indent}${line}\n`)).toBeLessThan(PATIENCE);
    }
  });

  it('of anything else that is repeated is refused at once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...HEADS),
        fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }),
        (head, pieces) => {
          expect(secondsToRefuse(head, pieces.join(''))).toBeLessThan(PATIENCE);
        },
      ),
      { numRuns: 40 },
    );
  });
});
