import { expect } from 'vitest';
import { SWITCH_NAMES, SWITCHES, type SwitchName, type Switches } from '../../src/emulator/switches.ts';
import type { Story } from './story.ts';
import type { Wire } from './wire.ts';

/** One switch in another position than its default. */
export interface Moved {
  readonly name: SwitchName;
  readonly value: string | number | boolean;
}

/** Every other position of every switch, in the order of the catalogue. */
export const MOVED: readonly Moved[] = SWITCH_NAMES.flatMap((name) =>
  SWITCHES[name].values.slice(1).map((value) => ({ name, value })),
);

/**
 * How many creations a Zoho wants to refuse before it takes one: once per run it is asked with `api_name`. Of a
 * user who may not write it reads no body at all.
 */
export function lessons({ apiNameInBody, userPermission }: Switches): number {
  return apiNameInBody === 'reject' && userPermission === 'granted' ? 1 : 0;
}

/** True where every request is answered at once, and reads show what was written: there costs are exact. */
export function isCalm({ throttleEvery, failEvery, failAfterCommit, readLag }: Switches): boolean {
  return throttleEvery === 0 && failEvery === 0 && failAfterCommit === 'none' && readLag === 0;
}

/** True where a POST of fields is carried out and never answered: no refusal is ever heard, and no id. */
export function isSilent({ failAfterCommit }: Switches): boolean {
  return failAfterCommit !== 'none';
}

/** True where Zoho turns some requests away unread, so that "the second request" may be the first one's repetition. */
export function turnsAway({ throttleEvery, failEvery }: Switches): boolean {
  return throttleEvery > 0 || failEvery > 0;
}

/** What a command costs where all goes well; kinds that are not named cost nothing. */
export type Cost = Partial<Record<keyof Wire, number>>;

/**
 * Checks what was sent since the page was turned: exactly the cost, with the lesson about `api_name` on top, which is a
 * creation and the look that comes before it is sent again. Where this Zoho spoils answers or shows writes late, no less
 * than that, and at most three requests more for each of these.
 */
export function expectCost({ zoho, wire }: Pick<Story, 'zoho' | 'wire'>, cost: Cost): void {
  const sent = wire();
  const lesson = (cost.posts ?? 0) > 0 ? lessons(zoho.switches) : 0;
  const least: Required<Cost> = {
    tokens: 0,
    singles: 0,
    patches: 0,
    others: 0,
    ...cost,
    posts: (cost.posts ?? 0) + lesson,
    lists: (cost.lists ?? 0) + lesson,
  };
  const counts = Object.fromEntries(Object.entries(sent).map(([kind, list]) => [kind, list.length]));
  if (isCalm(zoho.switches)) {
    expect(counts, 'requests').toEqual(least);
    return;
  }
  const all = Object.values(sent).flat();
  const spoilt = all.filter(({ status }) => status === null || status >= 429).length;
  const late = zoho.switches.readLag > 0 ? new Set(sent.posts.map((post) => post.query['module'])).size : 0;
  const most = total(least) + 3 * (spoilt + late);
  for (const [kind, count] of Object.entries(least))
    expect(counts[kind], `at least so many ${kind}`).toBeGreaterThanOrEqual(count);
  expect(total(counts), 'at most three more for each answer that was spoilt or late').toBeLessThanOrEqual(
    most,
  );
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Checks the count of requests that a report gives against what was really sent since the page was turned. */
export function expectHonestCount(
  { wire }: Pick<Story, 'wire'>,
  requests: { readonly read: number; readonly write: number },
): void {
  const { posts, patches, ...reads } = wire();
  expect(requests, 'what the report says it cost').toEqual({
    read: Object.values(reads).flat().length,
    write: posts.length + patches.length,
  });
}

/** The requests that create fields. */
export const CREATION = { method: 'POST', path: '/settings/fields' } as const;

/** Where a fault has to wait for the n-th creation that this Zoho would not refuse because of `api_name`. */
export function creation(
  { zoho }: Pick<Story, 'zoho'>,
  nth: number,
): typeof CREATION & { readonly nth: number } {
  return { ...CREATION, nth: nth + lessons(zoho.switches) };
}

/** The creations since the page was turned that Zoho neither turned away unread nor refused because of `api_name`. */
export function heeded({ zoho, wire }: Pick<Story, 'zoho' | 'wire'>): Wire['posts'] {
  const unread = turnsAway(zoho.switches) ? [429, 500] : [429];
  return wire()
    .posts.filter(({ status }) => status === null || !unread.includes(status))
    .slice(lessons(zoho.switches));
}

/** How many text fields Deals has room for, beside those of a fresh organisation. */
export function roomForText({ customFieldLimit, perTypeLimit }: Switches): number {
  return Math.min(customFieldLimit === 0 ? Infinity : customFieldLimit - 1, perTypeLimit || Infinity);
}
