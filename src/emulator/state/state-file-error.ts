/** The state file cannot be used; the message says why and what to do. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

/** Whether an error is about the state file, or the disk that it is on; anything else is a bug. */
export function isStateError(error: unknown): error is Error {
  return error instanceof StateFileError || (error instanceof Error && 'code' in error);
}
