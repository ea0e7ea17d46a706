import { live, measurePace, type History, type Pace } from './history.ts';
import { judge, phaseOf } from './judge.ts';
import { drawScenario, type Scenario } from './scenario.ts';

/** What is to be tried. */
export interface Effort {
  readonly seed: number;
  /** The first history; the following ones count on from it. */
  readonly from: number;
  /** As many kills as have to hit a living process. */
  readonly kills: number;
  /** So many histories at one time. */
  readonly jobs: number;
}

/** What was found. */
export interface Findings {
  histories: number;
  /** Kills that hit a living process, by what Zoho had heard of it. */
  readonly phases: Map<string, number>;
  kills: number;
  /** Runs that were over before they were to be killed. */
  missed: number;
  /** Histories by the position of the organisation that matters most. */
  readonly worlds: Map<string, number>;
  readonly failures: Failure[];
  /** As measured last: on a busy machine a run takes ten times as long as on an idle one. */
  pace: Pace;
}

/** A history in which something happened that must not. */
export interface Failure {
  readonly index: number;
  readonly scenario: Scenario;
  readonly sins: readonly string[];
}

/** Histories between two measurements of how long a run takes. */
const MEASURE_EVERY = 50;

/** Lives one history after the other until enough kills have hit. */
export async function runCampaign(
  effort: Effort,
  seen: (findings: Findings) => void = () => undefined,
): Promise<Findings> {
  const findings: Findings = {
    histories: 0,
    phases: new Map(),
    kills: 0,
    missed: 0,
    worlds: new Map(),
    failures: [],
    pace: await measurePace(),
  };
  let next = effort.from;
  const work = async (): Promise<void> => {
    while (findings.kills < effort.kills) {
      const index = next++;
      const scenario = drawScenario(effort.seed, index);
      const history = await live(scenario, findings.pace);
      note(findings, history);
      if (findings.histories % MEASURE_EVERY === 0) findings.pace = await measurePace();
      const sins = judge(history);
      if (sins.length > 0) findings.failures.push({ index, scenario, sins });
      seen(findings);
    }
  };
  await Promise.all(Array.from({ length: effort.jobs }, () => work()));
  return findings;
}

function note(findings: Findings, { killed, scenario }: History): void {
  findings.histories += 1;
  const { apiNameInBody, duplicates } = scenario.switches;
  add(findings.worlds, `api_name: ${apiNameInBody}, duplicates: ${duplicates}`);
  for (const told of killed) {
    if (told.aim === undefined) continue;
    if (told.signal !== 'SIGKILL') {
      findings.missed += 1;
      continue;
    }
    findings.kills += 1;
    add(findings.phases, phaseOf(told));
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
