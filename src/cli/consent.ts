import type { Io } from '../machine/io.ts';

/** Piped input is never consent (contract §6): only a person at a terminal can be asked. */
export function canAsk(io: Io): boolean {
  return io.stdin.isTTY && io.stderr.isTTY;
}

/** Asks for a typed yes; whatever else is typed, or closing the input, is no. */
export async function saysYes(io: Io): Promise<boolean> {
  const answer = await io.stdin.ask({ message: 'Type yes to create, anything else to stop:' });
  return answer?.trim().toLowerCase() === 'yes';
}
