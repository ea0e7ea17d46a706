import type { Random } from './random.ts';

/** What a target can be found to do wrong; slowness is measured from outside. */
export type FlawKind = 'crash' | 'position' | 'law';

/** One broken law, in a sentence. */
export interface Flaw {
  readonly kind: FlawKind;
  readonly what: string;
}

/** What came of one input. */
export interface Verdict {
  readonly flaws: readonly Flaw[];
  /** What the input turned out to be, such as `valid` or the codes it was refused with; counted. */
  readonly kinds: readonly string[];
  /** What a process of its own needed; absent where the work was done in this one. */
  readonly used?: { readonly cpuMs: number; readonly peakMiB: number };
}

/** One input, ready to be tried as often as one likes. */
export interface Trial {
  /** The input itself, for people. */
  readonly shown: string | Uint8Array;
  judge(): Verdict | Promise<Verdict>;
  /** Simpler inputs that may fail in the same way, the boldest first. */
  smaller(): Iterable<Trial>;
}

/** Something that takes input from strangers. */
export interface Target {
  readonly name: string;
  trial(random: Random): Trial;
  /** Puts away what was needed on the way. */
  close?(): void;
}

/** What was thrown, with the place that threw it. */
export function crash(error: unknown): Flaw {
  if (!(error instanceof Error)) return { kind: 'crash', what: `threw ${String(error)}` };
  const place = /\/((?:src|test|node_modules)\/[^\s)]+)/u.exec(error.stack ?? '')?.[1] ?? '';
  return { kind: 'crash', what: `${error.name}: ${error.message.slice(0, 200)} (${place})` };
}

export function law(what: string): Flaw {
  return { kind: 'law', what };
}

/** Traces of a stack in what people read. */
export function stackTraces(text: string): Flaw[] {
  const trace = /\n\s+at [^\n]*\.[cm]?[jt]s:\d+:\d+|node:internal|\bat (?:Object|Module|async) ?\./u.exec(
    text,
  );
  return trace === null ? [] : [law(`a stack trace: ${trace[0].trim().slice(0, 120)}`)];
}
