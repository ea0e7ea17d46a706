import { expect } from 'vitest';
import { StoryEnds, type Stage } from '../../support/story.ts';

/**
 * Where the user of the token may not customise Zoho, every story goes as always up to the first write. That one has to be
 * told as what it is, with 77, and nothing may have been created.
 */
export const mayNotWrite: NonNullable<Stage['seen']> = (run, since, zoho, before) => {
  const writes = since.filter((one) => one.method !== 'GET' && one.path !== '/oauth/v2/token');
  if (writes.length === 0) return;
  const told = run.stdout + run.stderr;
  const ids = zoho
    .fields('Deals')
    .all()
    .map(({ id }) => id);
  const claimed = ids.filter((id) => !before.has(id) && told.includes(id));
  if (claimed.length > 0 && zoho.faults.some((fault) => fault.kind === 'run'))
    throw new StoryEnds('what someone else made in that very moment passes for what a denied request did');
  expect(claimed, 'fields that this run could not create').toEqual([]);
  // A fault of the story may spoil the refusal on its way; then it is told as whatever arrived.
  if (zoho.faults.length === 0) {
    expect(run.code, told).toBe(77);
    // A scope that is missing is refused before.
    if (writes.some(({ status }) => status === 403)) expect(told).toMatch(/Customize Zoho CRM/);
  }
  expect(run.code).not.toBe(0);
  throw new StoryEnds('the user may not write: told with 77, and nothing was created');
};
