import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { scripted, type Campaign, type Place, type Verdict, type World } from './campaign.ts';
import type { Fault } from './faults.ts';
import { randomScenario } from './history.ts';
import { MANIFESTS, type ManifestName } from './manifests.ts';
import { replay } from './replay.ts';

/* `npm run campaign -- simulate`: tells histories and judges them; with `--seed` alone, or `--faults`, tells one again, in words. */

const { values } = parseArgs({
  options: {
    histories: { type: 'string' },
    seed: { type: 'string' },
    singles: { type: 'boolean' },
    pairs: { type: 'boolean' },
    manifest: { type: 'string' },
    world: { type: 'string' },
    faults: { type: 'string' },
    workers: { type: 'string' },
  },
});

const manifest = manifestOf(values.manifest);
const world = values.world === undefined ? undefined : worldOf(values.world);
const seed = Number(values.seed ?? 1);

if (values.faults !== undefined) {
  await tellOne(
    scripted(manifest ?? 'twelve', world ?? worldOf('honour,refuse'), placesIn(values.faults)).scenario,
  );
} else if (values.seed !== undefined && values.histories === undefined) {
  await tellOne(randomScenario(seed));
} else {
  const where = world === undefined ? {} : { world };
  const campaigns: readonly Campaign[] = [
    ...(values.singles === true
      ? [{ kind: 'singles', seed, count: 0, manifest: manifest ?? 'twelve', ...where } as const]
      : []),
    ...(values.pairs === true
      ? [{ kind: 'pairs', seed, count: 0, manifest: manifest ?? 'six', ...where } as const]
      : []),
    ...(values.histories === undefined
      ? []
      : [{ kind: 'random', seed, count: Number(values.histories), manifest: 'six' } as const]),
  ];
  await tellMany(campaigns, Number(values.workers ?? availableParallelism()));
}

async function tellOne(scenario: Parameters<typeof replay>[0]): Promise<void> {
  const { text, sins } = await replay(scenario);
  process.stdout.write(`${text}\n`);
  if (sins.length > 0) process.exitCode = 1;
}

async function tellMany(campaigns: readonly Campaign[], workers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'simulation-'));
  try {
    const script = await bundled(folder);
    for (const campaign of campaigns) {
      const started = performance.now();
      const shares = Array.from({ length: workers }, (_, worker) =>
        shareOf(script, { campaign, worker, workers }),
      );
      const verdicts = await Promise.all(shares);
      report(campaign, verdicts, (performance.now() - started) / 1000);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One file: threads start at once, and run what the build would ship. */
async function bundled(folder: string): Promise<string> {
  const outfile = join(folder, 'worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

function shareOf(script: string, workerData: object): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function report(campaign: Campaign, verdicts: readonly Verdict[], seconds: number): void {
  const sum = (key: 'histories' | 'runs' | 'kills' | 'faults'): number =>
    verdicts.reduce((total, verdict) => total + verdict[key], 0);
  const failures = verdicts.flatMap((verdict) => verdict.failures);
  const what =
    campaign.kind === 'random'
      ? `seeds ${campaign.seed} to ${campaign.seed + campaign.count - 1}`
      : `every ${campaign.kind === 'singles' ? 'fault' : 'pair of faults'} at every step of "${campaign.manifest}"`;
  for (const { replay: words, sins } of failures) {
    process.stdout.write(
      `${sins.map((sin) => `  ${sin}\n`).join('')}  again: npm run campaign -- simulate ${words}\n\n`,
    );
  }
  const verdict = failures.length === 0 ? 'no rule broken' : `${failures.length} broke a rule`;
  process.stdout.write(
    `simulated ${sum('histories')} histories (${what}): ${sum('runs')} applies, ${sum('faults')} faults, ${sum('kills')} kills in ${seconds.toFixed(0)} s: ${verdict}\n`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

function manifestOf(name: string | undefined): ManifestName | undefined {
  if (name === undefined) return undefined;
  if (!Object.hasOwn(MANIFESTS, name))
    throw new Error(`--manifest is one of: ${Object.keys(MANIFESTS).join(', ')}`);
  return name as ManifestName;
}

function worldOf(words: string): World {
  const [apiNameInBody, duplicates] = words.split(',');
  return { apiNameInBody, duplicates } as World;
}

function placesIn(words: string): readonly Place[] {
  return words
    .split(',')
    .filter((word) => word !== '')
    .map((word) => ({ step: Number(word.split(':')[0]), fault: word.split(':')[1] as Fault }));
}
