import { visible } from '../model/visible.ts';

/** What ends the job in words: no bug, but something that an admin can do something about. */
export class Failure extends Error {
  readonly code: number;

  /** @param code the exit code of the job (contract §6). */
  constructor(message: string, code = 1) {
    super(visible(message));
    this.code = code;
  }
}
