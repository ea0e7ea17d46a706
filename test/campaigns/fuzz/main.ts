/**
 * `npm run campaign -- fuzz [--target NAME] [--count N] [--seed S] [--from I] [--seconds T]`: made-up and spoilt input for
 * everything that reads what strangers wrote. Ends with 1 where a law was broken; see docs/reliability.md.
 */
import { parseArgs } from 'node:util';
import { runCampaign, type Findings } from './campaign.ts';
import { manifestCodes } from './manifest/codes.ts';
import { report } from './table.ts';
import { openTargets, targetNames, type TargetName } from './targets.ts';

/** What a run by hand tries where it is not told; a few minutes. */
const usual: Readonly<Record<TargetName, number>> = {
  manifest: 50_000,
  answers: 10_000,
  env: 10_000,
  plans: 10_000,
  journals: 10_000,
  binary: 200,
};

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    count: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    seconds: { type: 'string', default: '86400' },
  },
});

function isTarget(name: string): name is TargetName {
  return (targetNames as readonly string[]).includes(name);
}

const chosen = (values.target ?? targetNames).filter(isTarget);
if (chosen.length !== (values.target ?? targetNames).length) {
  process.stderr.write(`--target is one of ${targetNames.join(', ')}\n`);
  process.exit(64);
}
// A new seed each night finds more than the same one for ever; the table says which it was.
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const targets = await openTargets();
let isEnough = false;
process.once('SIGINT', () => {
  isEnough = true;
});
const findings: Findings[] = [];
for (const name of chosen) {
  const effort = {
    seed,
    from: Number(values.from),
    count: Number(values.count ?? usual[name]),
    seconds: Number(values.seconds),
    isEnough: () => isEnough,
  };
  findings.push(
    await runCampaign(targets[name], effort, (inputs) => process.stderr.write(`\r${name} ${inputs} `)),
  );
}
process.stderr.write('\r');
const manifests = findings.find((one) => one.target === 'manifest');
const unreached = manifests === undefined ? [] : manifestCodes.filter((code) => !manifests.kinds.has(code));
process.stdout.write(report(findings, unreached));
if (findings.some((one) => one.failures.length > 0)) process.exitCode = 1;
