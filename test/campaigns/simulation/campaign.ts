import { judge } from './checker.ts';
import { FAULTS, type EffectKind, type Fault } from './faults.ts';
import { possibleFaults, randomScenario, tell, type Scenario } from './history.ts';
import type { ManifestName } from './manifests.ts';

/** Which histories to tell; a worker tells every `workers`-th of them. */
export interface Campaign {
  readonly kind: 'random' | 'singles' | 'pairs';
  /** Random: the first seed, and how many. */
  readonly seed: number;
  readonly count: number;
  /** Singles and pairs: what is applied, and in which Zoho; every one where none is named. */
  readonly manifest: ManifestName;
  readonly world?: World;
}

/** A Zoho of which the sources do not tell how it is. */
export type World = Pick<Scenario, 'apiNameInBody' | 'duplicates'>;

export const WORLDS: readonly World[] = (['honour', 'ignore', 'reject'] as const).flatMap((apiNameInBody) =>
  (['refuse', 'accept'] as const).map((duplicates) => ({ apiNameInBody, duplicates })),
);

/** What came of some histories. */
export interface Verdict {
  readonly histories: number;
  readonly runs: number;
  readonly kills: number;
  readonly faults: number;
  readonly failures: readonly Failure[];
}

/** A history that broke a rule, and the words that tell it again. */
export interface Failure {
  readonly replay: string;
  readonly sins: readonly string[];
}

/** A scenario with the words that name it. */
interface Case {
  readonly replay: string;
  readonly scenario: Scenario;
}

/** More than these nobody reads. */
const MOST_FAILURES = 20;

/** Tells a worker's share of a campaign, one history after the other. */
export async function tellAll(campaign: Campaign, worker: number, workers: number): Promise<Verdict> {
  const counts = { histories: 0, runs: 0, kills: 0, faults: 0 };
  const failures: Failure[] = [];
  let number = -1;
  for await (const { replay, scenario } of casesOf(campaign)) {
    number += 1;
    if (number % workers !== worker) continue;
    const history = await tell(scenario);
    counts.histories += 1;
    counts.runs += history.runs.length;
    for (const { run } of history.runs) {
      counts.faults += run.faults.length;
      if (run.ended?.exit === undefined) counts.kills += 1;
    }
    const sins = [
      ...judge(history),
      ...(counts.histories % REPEAT_EVERY === 0 ? await differences(scenario) : []),
    ];
    if (sins.length > 0) failures.push({ replay, sins });
    if (failures.length >= MOST_FAILURES) break;
  }
  return { ...counts, failures };
}

/** Every so many histories one is told twice. */
const REPEAT_EVERY = 200;

/** I10: the same seed gives the same requests and the same words. */
async function differences(scenario: Scenario): Promise<readonly string[]> {
  // A random plan draws from a sequence, so the scenario itself has to be made anew.
  const again = (): Promise<string> =>
    tell(isRandom(scenario) ? randomScenario(scenario.seed) : scenario).then(digest);
  return (await again()) === (await again()) ? [] : ['I10: told again, it is another history'];
}

function digest({ runs, zoho }: Awaited<ReturnType<typeof tell>>): string {
  return JSON.stringify([zoho.done, runs.map(({ run }) => [run.steps, run.ended?.output, run.ended?.exit])]);
}

const isRandom = (scenario: Scenario): boolean => scenario.seed >= 0;

async function* casesOf(campaign: Campaign): AsyncGenerator<Case> {
  if (campaign.kind === 'random') {
    for (let seed = campaign.seed; seed < campaign.seed + campaign.count; seed += 1)
      yield { replay: `--seed ${seed}`, scenario: randomScenario(seed) };
    return;
  }
  for (const world of campaign.world === undefined ? WORLDS : [campaign.world]) {
    const places = await placesOf(campaign.manifest, world);
    for (const [index, place] of places.entries()) {
      if (campaign.kind === 'singles') yield scripted(campaign.manifest, world, [place]);
      else
        for (const later of places.slice(index))
          if (later.step > place.step) yield scripted(campaign.manifest, world, [place, later]);
    }
  }
}

/** A fault at a step of the first run. */
export interface Place {
  readonly step: number;
  readonly fault: Fault;
}

/** Every step of an apply that nothing happens to, with everything that could. */
async function placesOf(manifest: ManifestName, world: World): Promise<readonly Place[]> {
  const { scenario } = scripted(manifest, world, []);
  const { runs } = await tell(scenario);
  const steps = runs[0]?.run.steps ?? [];
  return steps.flatMap((kind: EffectKind, step) =>
    possibleFaults({ kind }, world.duplicates).map((fault) => ({ step, fault })),
  );
}

/** A history with its faults at chosen steps of the first run. */
export function scripted(manifest: ManifestName, world: World, places: readonly Place[]): Case {
  const script = new Map(places.map(({ step, fault }) => [step, fault]));
  const faults = places.map(({ step, fault }) => `${step}:${fault}`).join(',');
  return {
    replay: `--manifest ${manifest} --world ${world.apiNameInBody},${world.duplicates} --faults ${faults}`,
    scenario: {
      ...world,
      seed: -1,
      manifest,
      second: 'same machine',
      troubledRuns: 1,
      asks: true,
      plan: ({ process, index, kind }) => {
        const fault = process === 0 ? script.get(index) : undefined;
        return fault !== undefined && FAULTS[kind].includes(fault) ? fault : undefined;
      },
    },
  };
}
