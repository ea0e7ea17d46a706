import { crash, type Trial, type Verdict } from './trial.ts';

/** What came of an input, and how long it took. */
export interface Attempt {
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

/**
 * Tries one input. What seems to hang is tried twice more, and the best counts: a machine that others use makes anything
 * slow once.
 */
export async function attempt(trial: Trial, hangMs: number): Promise<Attempt> {
  const first = await timed(trial);
  let { milliseconds } = first;
  for (let again = 0; again < 2 && milliseconds > hangMs; again += 1) {
    const before = process.cpuUsage();
    const next = await timed(trial);
    const { user, system } = process.cpuUsage(before);
    // Waiting for a processor is no fault of the input.
    const ownMs = next.verdict.used === undefined ? (user + system) / 1000 : Infinity;
    milliseconds = Math.min(milliseconds, next.milliseconds, ownMs);
  }
  return { verdict: first.verdict, milliseconds };
}

async function timed(trial: Trial): Promise<Attempt> {
  const started = performance.now();
  const verdict = await judged(trial);
  const wallMs = performance.now() - started;
  return { verdict, milliseconds: Math.min(wallMs, verdict.used?.cpuMs ?? Infinity) };
}

/** A verdict, whatever happens. */
export async function judged(trial: Trial): Promise<Verdict> {
  try {
    return await trial.judge();
  } catch (error) {
    return { flaws: [crash(error)], kinds: ['crash'] };
  }
}
