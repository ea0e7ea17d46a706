import type { EmulatorOptions } from '../../../src/emulator/start.ts';
import type { Switches } from '../../../src/emulator/switches.ts';
import { MOVED, type Moved } from '../../support/switch-expectations.ts';

/** A row of the matrix: every switch at its default, but for one. */
export interface Position {
  readonly name: string;
  /** Absent in the first row, which stands for the default position of every switch. */
  readonly moved?: Moved;
  readonly switches: Partial<Switches>;
  /** A whole organisation in the place of a switch. */
  readonly profile?: EmulatorOptions['profile'];
}

/** The row of all defaults. */
export const DEFAULTS: Position = { name: 'every default', switches: {} };

/** All rows but the defaults, in the order of the catalogue. */
export const POSITIONS: readonly Position[] = MOVED.map((moved) => ({
  name: `${moved.name}=${String(moved.value)}`,
  moved,
  switches: { [moved.name]: moved.value } as Partial<Switches>,
}));
