import { expect, test } from 'vitest';
import { gather } from './crowd.ts';
import { judgeCrowd, turnsOf } from './judge.ts';

test.each(['one', 'many'] as const)(
  'of applies that start at once, in folders: %s, one works at a time, and a dead one keeps nobody waiting',
  async (folders) => {
    const crowd = await gather({ processes: 6, killed: 1, folders });
    expect(judgeCrowd(crowd)).toEqual([]);
    expect(turnsOf(crowd).length).toBeGreaterThanOrEqual(5);
  },
  120_000,
);
