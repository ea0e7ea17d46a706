/** What to do about an error of the disk; the system's code alone says nothing to whoever has to mend it. */
export function diskRemedy(code: string, otherwise: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full: make room on it, then run the command again.';
    case 'EFBIG':
      return 'A limit on the size of files is in force (see "ulimit -f"): lift it, then run the command again.';
    case 'EROFS':
      return `The disk can only be read. ${otherwise}`;
    case 'EACCES':
    case 'EPERM':
      return `You may not write there. ${otherwise}`;
    default:
      return otherwise;
  }
}

/** The system's code of an error, such as `ENOSPC`. */
export function diskCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
