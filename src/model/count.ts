/** `1 field`, `2 fields`: a number with its noun, which is the same everywhere but for 1. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
