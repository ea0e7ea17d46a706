import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openSpot, type Spot } from '../spot.ts';

/** Its POST takes effect so long after the run that sent it was killed. */
const LATE_MS = 1200;
const SETTLE = { ZOHO_SETTLE_MS: '3000' };

/** Kills a run whose POST is on its way, and gives its journal. */
async function killedMeanwhile(): Promise<{ readonly spot: Spot; readonly journal: string }> {
  const spot = await openSpot();
  onTestFinished(() => spot.close());
  spot.declare({ Part_1: 'Part 1' });
  await spot.kill(['apply', '--yes'], { method: 'POST', commit: { afterMs: LATE_MS } });
  return { spot, journal: join(spot.state, 'journal.jsonl') };
}

describe('a field on its way to Zoho is waited for, and not created twice, where the journal', () => {
  it.each<readonly [string, (journal: string) => void]>([
    ['was opened to others', (journal) => chmodSync(journal, 0o666)],
    [
      'was cut off in the line that tells of it',
      (journal) => writeFileSync(journal, readFileSync(journal, 'utf8').slice(0, 60)),
    ],
  ])('%s', async (_, change) => {
    const { spot, journal } = await killedMeanwhile();
    change(journal);
    const run = await spot.run(['apply', '--yes'], SETTLE);
    expect(run.code, run.stderr).toBe(0);
    expect(spot.made()).toEqual(['Part_1: Part 1']);
    expect(run.stderr).toMatch(/It is not known whether an earlier run finished; waiting 3 s/);
  });
});
