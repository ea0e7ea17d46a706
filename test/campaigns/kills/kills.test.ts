import { expect, test } from 'vitest';
import { runCampaign } from './campaign.ts';

test('whenever a run is killed, the next one creates what is missing, and nothing twice', async () => {
  const { kills, histories, failures } = await runCampaign({ seed: 1, from: 0, kills: 24, jobs: 4 });
  expect(failures).toEqual([]);
  expect(kills).toBeGreaterThanOrEqual(24);
  expect(histories).toBeGreaterThan(5);
}, 120_000);
