import type { Origin } from '../diff/origin.ts';

const WORDS: Readonly<Record<Origin, string>> = {
  this_change: 'this change',
  already_waiting: 'already waiting',
  changed_in_zoho: 'changed in Zoho',
};

/** Whose doing a row is, in words. */
export function originWords(origin: Origin): string {
  return WORDS[origin];
}
