import { asText, isObject, type Json } from './json.ts';
import { SWITCHES, type SwitchName, type Switches } from './switches.ts';

/** The names of all switches, for flags and for the matrix of positions. */
export const SWITCH_NAMES = Object.keys(SWITCHES).filter(isSwitchName);

/** All switches at the sheet's best-supported reading. */
export function defaultSwitches(): Switches {
  const entries = SWITCH_NAMES.map((name) => [name, SWITCHES[name].default]);
  return Object.fromEntries(entries) as Switches;
}

/** One switch in one position, for tests that must hold in every world. */
export interface SwitchPosition {
  readonly name: SwitchName;
  readonly value: string | number | boolean;
  readonly isDefault: boolean;
}

/** Every position of every switch. */
export function switchPositions(): readonly SwitchPosition[] {
  return SWITCH_NAMES.flatMap((name) => {
    const { values, default: initial } = SWITCHES[name];
    return values.map((value) => ({ name, value, isDefault: value === initial }));
  });
}

export function isSwitchName(name: string): name is SwitchName {
  return Object.hasOwn(SWITCHES, name);
}

/**
 * Checks values that come from outside the type system (a flag, the control endpoint).
 * Text is read as a flag would be: `true`, `5`, `ignore`. Throws a RangeError that names what is allowed.
 */
export function parseSwitches(values: Json): Partial<Switches> {
  if (!isObject(values)) throw new RangeError('switches must be an object of name and value');
  const parsed = Object.entries(values).map(([name, value]) => [name, parseSwitch(name, value)]);
  return Object.fromEntries(parsed) as Partial<Switches>;
}

/** One switch value; see {@link parseSwitches}. */
export function parseSwitch(name: string, value: Json): string | number | boolean {
  if (!isSwitchName(name)) throw new RangeError(`no switch "${name}"; there are: ${SWITCH_NAMES.join(', ')}`);
  const entry = SWITCHES[name];
  if (entry.kind === 'choice') {
    const found = entry.values.find((allowed) => String(allowed) === asText(value));
    if (found === undefined) throw new RangeError(`${name} is one of: ${entry.values.join(', ')}`);
    return found;
  }
  if (entry.kind === 'number') {
    const number = Number(value);
    if (value === '' || !Number.isFinite(number) || number < 0)
      throw new RangeError(`${name} is a number from 0`);
    return number;
  }
  return asText(value);
}

/** Switches as this Zoho reads them, and the memory of which it read. */
export interface WatchedSwitches {
  readonly switches: Switches;
  readonly asked: ReadonlySet<SwitchName>;
}

/**
 * Remembers which switches were asked about. A Zoho that never asked about a switch would have given the same answers in
 * each of its positions, so a test knows which positions are worth its time.
 * @param switches stays what it is; what reads it directly is not watched.
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
