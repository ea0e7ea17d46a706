import { beforeAll, describe, expect, it } from 'vitest';
import { runCampaign, type Findings } from './campaign.ts';
import { manifestCodes } from './manifest/codes.ts';
import { openTargets, type TargetName } from './targets.ts';
import type { Target } from './trial.ts';

/** The same inputs every time: what is new is found by `npm run campaign -- fuzz`, with a seed of its own. */
const seed = 7;

/** A few seconds of each; the binary starts a process per input. */
const share: Readonly<Record<TargetName, number>> = {
  manifest: 2500,
  answers: 700,
  env: 5000,
  plans: 800,
  journals: 1000,
  binary: 4,
};

/** What would be wrong with the program; slowness is left to a quiet machine. */
function sins({ failures }: Findings): readonly string[] {
  return failures.flatMap(({ index, flaws }) =>
    flaws.filter(({ what }) => !/^takes \d+ ms$/u.test(what)).map(({ what }) => `${index}: ${what}`),
  );
}

describe('whatever strangers write', () => {
  let targets: Readonly<Record<TargetName, Target>>;
  beforeAll(async () => {
    targets = await openTargets();
  });

  const run = (name: TargetName): Promise<Findings> =>
    runCampaign(targets[name], { seed, from: 0, count: share[name], seconds: 3600 });

  it('manifests get an answer with a place, and valid ones a plan', { timeout: 120_000 }, async () => {
    const findings = await run('manifest');
    expect(sins(findings)).toEqual([]);
    // The fuzzer must go where the rules are: a file that is only noise tests nothing but the YAML parser.
    const valid = findings.kinds.get('valid') ?? 0;
    expect(valid).toBeGreaterThan(share.manifest / 5);
    expect(valid).toBeLessThan(share.manifest / 2);
    // Some codes take a file of a megabyte or a rare mistake; a long run reaches each of them.
    const unreached = manifestCodes.filter((code) => !findings.kinds.has(code));
    expect(unreached.length, unreached.join()).toBeLessThan(manifestCodes.length / 10);
  });

  it.each(['answers', 'env', 'plans', 'journals', 'binary'] as const)(
    '%s get a value or a problem in words',
    { timeout: 120_000 },
    async (name) => {
      const findings = await run(name);
      expect(sins(findings)).toEqual([]);
      // Both ways: what is fine is taken, what is not is refused.
      expect(findings.kinds.size).toBeGreaterThan(1);
    },
  );
});
