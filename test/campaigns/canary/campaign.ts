import { COMMANDS, TROUBLES, VIEWS } from './matrix.ts';
import type { Trial } from './trial.ts';
import { randomNumbers } from '../../../src/emulator/faults/fault.ts';

/** How much of the matrix to run. */
export interface Wish {
  readonly runs: number;
  readonly seed: number;
  /** One run in so many is a process of its own. */
  readonly processEvery: number;
}

/**
 * Picks runs out of the whole matrix, in an order that the seed decides: every pair of a command and a trouble once
 * before any comes again, each time with another view.
 */
export function pickTrials({ runs, seed, processEvery }: Wish): readonly Trial[] {
  const random = randomNumbers(seed);
  const pairs = COMMANDS.flatMap((command) =>
    TROUBLES.map((trouble) => ({ command, trouble, rank: random() })),
  );
  pairs.sort((one, other) => one.rank - other.rank);
  return Array.from({ length: runs }, (_, index) => {
    const { command, trouble } = pairs[index % pairs.length] ?? {
      command: COMMANDS[0]!,
      trouble: TROUBLES[0]!,
    };
    const round = Math.floor(index / pairs.length);
    return {
      command,
      trouble,
      view: VIEWS[(index + round) % VIEWS.length] ?? {},
      seed: `${seed}-${index}`,
      isProcess: index % processEvery === 0,
    };
  });
}
