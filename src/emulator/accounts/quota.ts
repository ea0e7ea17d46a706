/** Counts events per key in a sliding window; kept in memory, so a restart forgives (sheet §1.4, §6). */
export interface Quota {
  /** Takes one of `limit`, or says no. A limit of 0 is none. */
  take(key: string, limit: number): boolean;
  /** How many were taken within the window. */
  used(key: string): number;
}

export function openQuota(windowMs: number, clock: () => number): Quota {
  const moments = new Map<string, number[]>();
  const recent = (key: string): number[] => {
    const list = moments.get(key) ?? [];
    const outdated = list.findIndex((moment) => moment > clock() - windowMs);
    list.splice(0, outdated === -1 ? list.length : outdated);
    moments.set(key, list);
    return list;
  };
  return {
    take: (key, limit) => {
      const list = recent(key);
      if (limit !== 0 && list.length >= limit) return false;
      list.push(clock());
      return true;
    },
    used: (key) => recent(key).length,
  };
}

export const TEN_MINUTES = 10 * 60 * 1000;
export const ONE_DAY = 24 * 60 * 60 * 1000;
