/** What a stream of output can do. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

/** Everything that a command touches of the world, given by argument; only `bin.ts` knows the real one. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: {
    readonly isTTY: boolean;
    /** All of it, up to `most` bytes; one byte more tells that there is more. */
    read(most: number): Promise<Uint8Array>;
    /** One line typed by a person; `undefined` when they closed the input or gave up. */
    readLine(question: string): Promise<string | undefined>;
    /** As `readLine`, without showing what is typed or pasted. */
    readHidden(question: string): Promise<string | undefined>;
  };
  readonly interrupt: Interrupt;
  readonly now: () => number;
  readonly random: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * A person's wish to stop. The first signal ends reading at once, and lets a write that is in flight finish; a second
 * one ends the process.
 */
export interface Interrupt {
  readonly requested: boolean;
  /** Aborted by the first signal, unless writing has begun. */
  readonly signal: AbortSignal;
  /** From now on a signal only asks: the command watches `requested`. */
  beginWriting(): void;
}

/** Colours where a person looks: `NO_COLOR`, then `FORCE_COLOR`, then the terminal itself decide. */
export function wantsColour(stream: Output, env: Io['env']): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '') return force !== '0' && force !== 'false';
  return stream.isTTY && env['TERM'] !== 'dumb';
}
