import type { EmulatorOptions } from '../../../src/emulator/start.ts';
import { type Switches, switchPositions, type SwitchPosition } from '../../../src/emulator/switches.ts';

/** A row of the matrix: every switch at its default, but for one. */
export interface Position {
  readonly name: string;
  /** Absent in the first row, which stands for the default position of every switch. */
  readonly moved?: SwitchPosition;
  readonly switches: Partial<Switches>;
  /** A whole organisation in the place of a switch. */
  readonly profile?: EmulatorOptions['profile'];
}

/** The row of all defaults. */
export const DEFAULTS: Position = { name: 'every default', switches: {} };

/** All rows but the defaults, in the order of the catalogue. */
export const POSITIONS: readonly Position[] = switchPositions()
  .filter(({ isDefault }) => !isDefault)
  .map((moved) => ({
    name: `${moved.name}=${String(moved.value)}`,
    moved,
    switches: { [moved.name]: moved.value } as Partial<Switches>,
  }));
