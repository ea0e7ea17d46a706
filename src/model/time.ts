import { count } from './count.ts';

/**
 * A time of day as the clock on the wall shows it, with its distance from UTC: a log of another machine has another
 * wall.
 * @param at milliseconds since the epoch.
 */
export function clockTime(at: number): string {
  const date = new Date(at);
  const offset = -date.getTimezoneOffset();
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const zone =
    offset === 0
      ? 'UTC'
      : `UTC${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  return `${two(date.getHours())}:${two(date.getMinutes())} (${zone})`;
}

/** Days after which a snapshot is too old to rely on, unless `--max-age` says otherwise. */
export const MAX_AGE_DAYS = 7;

/** How old a snapshot is, in whole seconds; below zero where its machine's clock goes ahead of this one's. */
export function ageInSeconds(takenAt: string, now: number): number {
  return Math.floor((now - Date.parse(takenAt)) / 1000);
}

const UNITS: readonly (readonly [string, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** `6 days`, `1 hour`: as precise as anyone wants to know it. */
export function ageWords(seconds: number): string {
  const [name, length] = UNITS.find(([, size]) => seconds >= size) ?? ['', 0];
  if (length === 0) return 'less than a minute';
  return count(Math.floor(seconds / length), name);
}
