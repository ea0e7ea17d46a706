import { crash, type Target, type Trial, type Verdict } from './trial.ts';

/** What came of an input, and how long it took. */
export interface Attempt {
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

/**
 * Tries one input. What seems to hang is tried twice more, and the best counts: a machine that others use makes anything
 * slow once.
 */
export async function attempt(trial: Trial, target: Target, hangMs: number): Promise<Attempt> {
  const { verdict, wallMs } = await timed(trial);
  let best = wallMs;
  for (let again = 0; again < 2 && best > hangMs; again += 1) {
    const before = process.cpuUsage();
    const { wallMs: nextMs } = await timed(trial);
    const { user, system } = process.cpuUsage(before);
    // Waiting for a processor is no fault of the input.
    best = Math.min(best, nextMs, target.isElsewhere === true ? Infinity : (user + system) / 1000);
  }
  return { verdict, milliseconds: best };
}

async function timed(trial: Trial): Promise<{ readonly verdict: Verdict; readonly wallMs: number }> {
  const started = performance.now();
  const verdict = await judged(trial);
  return { verdict, wallMs: performance.now() - started };
}

/** A verdict, whatever happens. */
export async function judged(trial: Trial): Promise<Verdict> {
  try {
    return await trial.judge();
  } catch (error) {
    return { flaws: [crash(error)], kinds: ['crash'] };
  }
}
