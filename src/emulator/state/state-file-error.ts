/** The state file cannot be used. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
  readonly what: string;
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(`${what} ${remedy}`);
    this.what = what;
    this.remedy = remedy;
  }
}

/** Whether an error is about the state file, or the disk that it is on; anything else is a bug. */
export function isStateError(error: unknown): error is Error {
  return error instanceof StateFileError || (error instanceof Error && 'code' in error);
}
