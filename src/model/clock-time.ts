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
