import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEFT, openInterrupted, WISHED, type Interrupted } from './interrupted.ts';

let left: Interrupted;
beforeAll(async () => {
  left = await openInterrupted();
});
afterAll(() => left.close());

/** The n-th line that was noted: where it begins and ends. */
function lineOf(event: string): { readonly from: number; readonly to: number } {
  const from = left.noted.indexOf('{', left.noted.lastIndexOf('\n', left.noted.indexOf(`"${event}"`)));
  return { from, to: left.noted.indexOf('\n', from) };
}

const HALF = (event: string) => (): number => Math.floor((lineOf(event).from + lineOf(event).to) / 2);

describe('a journal that was cut off', () => {
  it.each([
    ['before its first line', () => 0],
    ['after one letter of the intent', () => lineOf('intent').from + 1],
    ['in the middle of the intent', HALF('intent')],
    ['one letter before the end of the intent', () => lineOf('intent').to - 1],
  ])('%s proves nothing: the label is left alone, and nothing is created', async (_, cut) => {
    left.rewind();
    left.write(left.noted.slice(0, cut()));
    const run = await left.run(['apply', '--yes', '--json']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(left.made()).toEqual([`${LEFT}: ${LEFT}`]);
    expect(JSON.parse(run.stdout)).toMatchObject({ summary: { created: 0, not_attempted: 1 } });
    expect(left.wire()).toMatchObject({ posts: [], patches: [] });
  });

  it.each([
    ['at the very end of the intent', () => lineOf('intent').to],
    ['in the middle of the line that tells the id', HALF('created')],
    ['in the middle of the last line', HALF('labelling')],
  ])('%s proves that the field is ours: its label is set, and the journal forgotten', async (_, cut) => {
    left.rewind();
    left.write(left.noted.slice(0, cut()));
    const run = await left.run(['apply', '--yes', '--json']);
    expect(run.code, run.stdout + run.stderr).toBe(0);
    expect(left.made()).toEqual([`${LEFT}: ${WISHED}`]);
    expect(left.wire().posts).toEqual([]);
    expect(existsSync(left.journal)).toBe(false);
  });
});
