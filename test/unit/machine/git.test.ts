import { expect, it } from 'vitest';
import { commitHolding } from '../../../src/machine/git.ts';

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

it('a folder that is gone is told at once, and no timer keeps the command from ending', async () => {
  const before = timers();
  const path = '/no/such/folder/fields.yaml';
  await expect(commitHolding(path, '', { cwd: '/', env: process.env })).rejects.toMatchObject({
    kind: 'not-found',
  });
  expect(timers()).toBe(before);
});
