import { makeStyle, usableWidth, type Look } from '../report/media/layout.ts';

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
  /** How this program was started, as it can be typed again: `zoho-fields`, `npx zoho-fields`. */
  readonly command: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: {
    readonly isTTY: boolean;
    /** All of it, up to `most` bytes; one byte more tells that there is more. */
    read(most: number): Promise<Uint8Array>;
    /** What a person types; `undefined` when they closed the input or gave up. */
    ask(question: Question): Promise<string | undefined>;
    /** Which of several a person chooses; `undefined` as with `ask`. */
    choose<Value>(question: Choice<Value>): Promise<Value | undefined>;
  };
  readonly interrupt: Interrupt;
  /**
   * Tells a person on a terminal what is waited for, once it takes long; nothing of it stays.
   * @returns what to call when it is over.
   */
  readonly busy: (what: string) => () => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** A question that a person answers by typing. */
export interface Question {
  readonly message: string;
  /** What is typed or pasted is not shown. */
  readonly secret?: boolean;
  /** What Enter alone keeps, as it may be shown. */
  readonly keep?: string;
  /** What is wrong with an answer, which then is asked for again; it comes without blanks around it. */
  readonly validate?: (answer: string) => string | undefined;
}

/** A question that a person answers by choosing. */
export interface Choice<Value> {
  readonly message: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** What Enter alone takes. */
  readonly initial: Value | undefined;
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
function wantsColour(stream: Output, env: Io['env']): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const force = env['FORCE_COLOR'] ?? '';
  if (force !== '') return force !== '0' && force !== 'false';
  return stream.isTTY && env['TERM'] !== 'dumb';
}

/** An interrupt, and the hand that asks for it. */
export interface RequestedInterrupt extends Interrupt {
  request(): void;
}

/**
 * What signals do: the first one ends reading at once, or asks a writing command to stop; the second one means it.
 * @param say tells a person that their wish was heard.
 * @param leave ends the process; what is in flight is left to the next run, which reads what became of it.
 */
export function makeInterrupt(say: (text: string) => void, leave: () => void): RequestedInterrupt {
  const controller = new AbortController();
  let requested = false;
  let writing = false;
  return {
    get requested() {
      return requested;
    },
    signal: controller.signal,
    beginWriting: () => {
      writing = true;
    },
    request: () => {
      if (requested) leave();
      requested = true;
      if (writing)
        say('\nStopping after the request that is under way. Press Ctrl-C again to stop at once.\n');
      else controller.abort();
    },
  };
}

/** How text for a stream should look. */
export function lookOf(stream: Output, io: Pick<Io, 'env' | 'command'>): Look {
  return { style: makeStyle(wantsColour(stream, io.env), io.command), width: usableWidth(stream.columns) };
}
