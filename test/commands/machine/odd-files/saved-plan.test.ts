import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSpot, type Spot } from '../spot.ts';

let spot: Spot;
let saved: string;
beforeAll(async () => {
  spot = await openSpot();
  spot.declare({ Part_1: 'Part 1' });
  await spot.run(['plan', '--out', 'deals.plan']);
  saved = readFileSync(file(), 'utf8');
}, 60_000);
afterAll(() => spot.close());

const file = (): string => spot.at('deals.plan');
const apply = (): ReturnType<Spot['run']> => spot.run(['apply', 'deals.plan', '--yes']);

describe('a saved plan that', () => {
  it.each<readonly [string, (text: string) => string]>([
    ['lacks its last byte', (text) => text.slice(0, -1)],
    ['lacks its last line', (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)],
    ['came by a mail that changed its line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['has an option more, and the digest of before', (text) => text.replace('"length": 50', '"length": 51')],
  ])('%s is refused before anything is asked of Zoho: 65, and what to do', async (_, change) => {
    writeFileSync(file(), change(saved));
    spot.wire();
    const run = await apply();
    expect(run.code, run.stdout + run.stderr).toBe(65);
    expect(run.stderr).toMatch(/do: .*[Pp]lan/);
    expect(spot.wire()).toEqual({ tokens: [], lists: [], singles: [], posts: [], patches: [], others: [] });
  });

  it.each<readonly [string, () => void]>([
    ['is a link to nowhere', () => symlinkSync('nowhere', file())],
    ['is a link to itself', () => symlinkSync('deals.plan', file())],
    ['lies behind a file', () => writeFileSync(file(), saved)],
  ])('%s is not found: 66', async (name, change) => {
    rmSync(file(), { force: true });
    change();
    const words = name.includes('behind') ? 'deals.plan/deals.plan' : 'deals.plan';
    const run = await spot.run(['apply', words, '--yes']);
    expect(run.code, run.stderr).toBe(66);
    expect(run.stderr).toMatch(/cannot be read: .*do: Make a plan first/s);
  });

  it('can be read by everybody, behind a link, is the plan that it is: it holds no secret', async () => {
    rmSync(file(), { force: true });
    writeFileSync(spot.at('kept.plan'), saved);
    chmodSync(spot.at('kept.plan'), 0o644);
    symlinkSync('kept.plan', file());
    const run = await apply();
    expect(run.code, run.stderr).toBe(0);
    expect(spot.made()).toEqual(['Part_1: Part 1']);
  });

  it('was made for another organisation is refused: 75', async () => {
    const other = await openSpot(undefined, { organisation: { idPrefix: '7770001' } });
    try {
      writeFileSync(other.at('deals.plan'), saved);
      const run = await other.run(['apply', 'deals.plan', '--yes']);
      expect(run.code, run.stderr).toBe(75);
      expect(run.stderr).toMatch(/another organisation/);
      expect(other.made()).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
