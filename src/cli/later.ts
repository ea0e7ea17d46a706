/** A promise that is awaited later: until then its failure does not count as unhandled. */
export function later<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
