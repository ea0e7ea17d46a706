import { attempt } from './attempt.ts';
import { Random } from './random.ts';
import { shrink } from './shrink.ts';
import type { Flaw, Target, Verdict } from './trial.ts';

/** How much to try. */
export interface Effort {
  readonly seed: number;
  /** The first input; with a count of one it replays a failure. */
  readonly from: number;
  readonly count: number;
  /** No further input is begun after so many seconds. */
  readonly seconds: number;
  /** True once someone has seen enough; what was found so far is told. */
  readonly isEnough?: () => boolean;
  /** R5: nothing takes longer. */
  readonly hangMs?: number;
  /** Ends after so many sorts of failure; more than a handful nobody reads. */
  readonly mostFailures?: number;
}

/** An input that broke a law. */
export interface Failure {
  readonly index: number;
  readonly flaws: readonly Flaw[];
  /** The input, made smaller as far as that was cheap. */
  readonly shown: string | Uint8Array;
}

/** What a campaign found. */
export interface Findings {
  readonly target: string;
  readonly seed: number;
  readonly inputs: number;
  readonly crashes: number;
  readonly hangs: number;
  readonly withoutPosition: number;
  readonly brokenLaws: number;
  readonly slowest: { readonly milliseconds: number; readonly index: number };
  readonly peakMiB: number;
  readonly seconds: number;
  /** How many inputs were of which kind. */
  readonly kinds: ReadonlyMap<string, number>;
  /** The first of each sort; a bug found a thousand times is one bug. */
  readonly failures: readonly Failure[];
}

/** Tries one input after the other, and counts. */
export async function runCampaign(
  target: Target,
  effort: Effort,
  progress: (inputs: number) => void = () => undefined,
): Promise<Findings> {
  try {
    return await tryAll(target, effort, progress);
  } finally {
    target.close?.();
  }
}

async function tryAll(target: Target, effort: Effort, progress: (inputs: number) => void): Promise<Findings> {
  const { hangMs = 1000, mostFailures = 20 } = effort;
  const kinds = new Map<string, number>();
  const failures = new Map<string, Failure>();
  const counts = { crash: 0, position: 0, law: 0, hangs: 0 };
  let slowest = { milliseconds: 0, index: effort.from };
  let peak = 0;
  let inputs = 0;
  const started = performance.now();
  const isTime = (): boolean =>
    performance.now() - started < effort.seconds * 1000 && effort.isEnough?.() !== true;
  while (inputs < effort.count && failures.size < mostFailures && isTime()) {
    const index = effort.from + inputs;
    const trial = target.trial(new Random(effort.seed, index));
    const { verdict, milliseconds } = await attempt(trial, hangMs);
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index };
    if (milliseconds > hangMs) counts.hangs += 1;
    for (const kind of verdict.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    for (const { kind } of verdict.flaws) counts[kind] += 1;
    const sort = milliseconds > hangMs ? `slow ${Math.round(milliseconds / 1000)}` : sortOf(verdict);
    if (sort !== '' && !failures.has(sort)) {
      const hang: Flaw[] =
        milliseconds > hangMs ? [{ kind: 'law', what: `takes ${Math.round(milliseconds)} ms` }] : [];
      const smallest = hang.length > 0 ? trial : await shrink(trial, verdict, sortOf);
      failures.set(sort, { index, flaws: [...hang, ...verdict.flaws], shown: smallest.shown });
    }
    inputs += 1;
    if (verdict.used !== undefined) peak = Math.max(peak, verdict.used.peakMiB * 2 ** 20);
    else if (inputs % 64 === 0 || milliseconds > 20) peak = Math.max(peak, process.memoryUsage.rss());
    if (inputs % 1024 === 0) progress(inputs);
  }
  return {
    target: target.name,
    seed: effort.seed,
    inputs,
    crashes: counts.crash,
    hangs: counts.hangs,
    withoutPosition: counts.position,
    brokenLaws: counts.law,
    slowest,
    peakMiB: peak / 2 ** 20,
    seconds: (performance.now() - started) / 1000,
    kinds,
    failures: [...failures.values()],
  };
}

/** Failures that say the same but for the input's own words are one sort. */
function sortOf(verdict: Verdict): string {
  return verdict.flaws
    .slice(0, 1)
    .map(({ kind, what }) => `${kind} ${what.replaceAll(/"[^"]*"|\d+/gu, '#').slice(0, 80)}`)
    .join('');
}
