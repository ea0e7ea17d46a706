import { isSwitchName } from './switch-values.ts';
import type { SwitchName, Switches } from './switches.ts';

/** Switches as this Zoho reads them, and the memory of which it read. */
export interface WatchedSwitches {
  readonly switches: Switches;
  readonly asked: ReadonlySet<SwitchName>;
}

/**
 * Remembers which switches were asked about. A Zoho that never asked about a switch would have given the same answers in
 * each of its positions, so a test knows which positions are worth its time.
 * @param switches stays what it is; whoever reads it directly is not watched.
 */
export function watchSwitches(switches: Switches): WatchedSwitches {
  const asked = new Set<SwitchName>();
  const watched = new Proxy(switches, {
    get: (target, name, receiver) => {
      if (typeof name === 'string' && isSwitchName(name)) asked.add(name);
      return Reflect.get(target, name, receiver);
    },
  });
  return { switches: watched, asked };
}
