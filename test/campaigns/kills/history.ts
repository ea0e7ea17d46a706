import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  startEmulator,
  type Emulator,
  type Fault,
  type RequestLogEntry,
} from '../../../src/emulator/start.ts';
import { ownEnvironment } from '../../support/run-cli.ts';
import { startCommand, type Ended, type Place } from '../../commands/machine/command.ts';
import type { Aim, Scenario } from './scenario.ts';
import { manifestOf } from './wishes.ts';

export type Field = ReturnType<ReturnType<Emulator['fields']>['all']>[number];

/** One run of the command, with what Zoho heard of it. */
export interface Told extends Ended {
  readonly aim: Aim | undefined;
  readonly requests: readonly RequestLogEntry[];
}

/** A file that was left in a folder of a history. */
export interface Leftover {
  readonly path: string;
  readonly mode: number;
}

/** All that happened in one organisation and one folder. */
export interface History {
  readonly scenario: Scenario;
  readonly before: readonly Field[];
  /** One after the other, each killed, or over before its turn to be killed came, or a saved plan's refusal. */
  readonly killed: readonly Told[];
  /** Let be: the first of them has to do what is left, the second finds nothing to do. */
  readonly healthy: readonly Told[];
  readonly after: readonly Field[];
  readonly secrets: readonly string[];
  /** Every file at the end but manifests and saved plans. */
  readonly left: readonly Leftover[];
}

/** How long a run takes here and now, from its start and from its first request. */
export interface Pace {
  readonly wholeMs: number;
  readonly talkMs: number;
}

/** Lets one run be, to see how long it takes. */
export async function measurePace(): Promise<Pace> {
  const zoho = await startEmulator();
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-kills-'));
  try {
    const [place] = placesOf(folder, 'twelve', zoho, 1);
    if (place === undefined) throw new Error('nowhere');
    const began = performance.now();
    const run = startCommand(['apply', '--yes'], place);
    while (zoho.requests.length === 0) await sleep(1);
    const heard = performance.now();
    const { code, stderr } = await run.ended;
    if (code !== 0) throw new Error(`a run that nobody disturbs ended with ${code}: ${stderr}`);
    const ended = performance.now();
    return { wholeMs: Math.round(ended - began), talkMs: Math.round(ended - heard) };
  } finally {
    await zoho.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Carries a scenario out with real processes, a real server and real files. */
export async function live(scenario: Scenario, pace: Pace): Promise<History> {
  const zoho = await startEmulator({ switches: scenario.switches });
  const folder = mkdtempSync(join(tmpdir(), 'zoho-fields-kills-'));
  const places = placesOf(folder, scenario.wish, zoho, scenario.settleMs);
  let runs = 0;
  const run = (words: readonly string[], aim?: Aim): Promise<Told> => {
    const place = places[runs % places.length];
    runs += 1;
    if (place === undefined) throw new Error('nowhere');
    return tell(zoho, words, place, pace, aim);
  };
  try {
    const before = zoho.fields('Deals').all();
    const saved = join(folder, 'plan.json');
    const words = scenario.saved ? ['apply', saved, '--yes'] : ['apply', '--yes'];
    const plan = async (): Promise<Told | undefined> =>
      scenario.saved ? run(['plan', '--out', saved]) : undefined;
    await plan();
    const killed: Told[] = [];
    for (const aim of [...scenario.kills, ...(scenario.saved ? [undefined] : [])]) {
      killed.push(await run(words, aim));
      // A field without its label is not what was reviewed: such a plan is made anew (contract §8).
      if (isStale(killed.at(-1))) await plan();
    }
    const healthy = [await run([...words, '--json']), await run(['apply', '--yes', '--json'])];
    return {
      scenario,
      before,
      killed,
      healthy,
      after: zoho.fields('Deals').all(),
      secrets: secretsOf(zoho),
      left: filesOf(folder),
    };
  } finally {
    await zoho.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** True for a run that refused its saved plan. */
export function isStale(told: Told | undefined): boolean {
  return told?.code === 75;
}

/**
 * Places in which one user runs the command in turn: checkouts with a place for temporary files of their own, and one
 * home, so that all that is left can be seen.
 */
function placesOf(
  folder: string,
  wish: Scenario['wish'],
  zoho: Emulator,
  settleMs: number,
): readonly Place[] {
  const home = join(folder, 'home');
  mkdirSync(home);
  return ['one', 'other'].map((name) => {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'fields.yaml'), manifestOf(wish));
    const own = { TMPDIR: cwd, ZOHO_SETTLE_MS: String(settleMs), ZOHO_TIMEOUT_MS: '10000' };
    return { cwd, env: { ...ownEnvironment(home), ...zoho.environment, ...own } };
  });
}

/** Runs the command once; where there is an aim, kills it there. */
async function tell(
  zoho: Emulator,
  words: readonly string[],
  place: Place,
  pace: Pace,
  aim: Aim | undefined,
): Promise<Told> {
  const from = zoho.requests.length;
  // Set before there is a process: the request that is meant may be its first.
  let kill = (): void => undefined;
  zoho.faults = aim === undefined ? [] : faultsOf(aim, () => kill());
  const process = startCommand(words, place);
  kill = () => process.kill('SIGKILL');
  const over = new AbortController();
  if (aim !== undefined) void killInTime(aim, kill, { zoho, from, pace, signal: over.signal });
  const ended = await process.ended;
  over.abort();
  return { ...ended, aim, requests: zoho.requests.slice(from) };
}

const WRITES = '/settings/fields';

/** What Zoho does to the request that a kill is aimed at. */
function faultsOf(aim: Aim, kill: () => void): readonly Fault[] {
  switch (aim.at) {
    case 'moment':
      return [];
    case 'request':
      return [
        { kind: 'run', effect: kill, commit: aim.commit, path: WRITES, method: aim.method, nth: aim.nth },
      ];
    case 'late':
      return [{ kind: 'latency', ms: aim.lateMs, path: WRITES, method: aim.method, nth: aim.nth }];
  }
}

/** Kills at a moment, or as soon as the request is in Zoho's log that will take effect late. */
async function killInTime(
  aim: Aim,
  kill: () => void,
  {
    zoho,
    from,
    pace,
    signal,
  }: { readonly zoho: Emulator; readonly from: number; readonly pace: Pace; readonly signal: AbortSignal },
): Promise<void> {
  const since = (): readonly RequestLogEntry[] => zoho.requests.slice(from);
  const until = async (isThere: () => boolean): Promise<void> => {
    while (!signal.aborted && !isThere()) await sleep(1);
  };
  if (aim.at === 'moment') {
    if (aim.from === 'first request') await until(() => since().length > 0);
    await sleep(aim.part * (aim.from === 'start' ? pace.wholeMs : pace.talkMs));
  } else if (aim.at === 'late') {
    const sent = (): number =>
      since().filter((one) => one.method === aim.method && one.path.includes(WRITES)).length;
    await until(() => sent() >= aim.nth);
  } else return;
  if (!signal.aborted) kill();
}

function secretsOf(zoho: Emulator): readonly string[] {
  const tokens = zoho.requests.flatMap((one) => one.headers['authorization']?.replace(/^\S+ /, '') ?? []);
  const { ZOHO_CLIENT_SECRET = '', ZOHO_REFRESH_TOKEN = '' } = zoho.environment;
  return [...new Set([ZOHO_CLIENT_SECRET, ZOHO_REFRESH_TOKEN, ...tokens])];
}

function filesOf(folder: string): readonly Leftover[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(folder.length + 1), mode: statSync(path).mode & 0o777 }))
    .filter(({ path }) => !path.endsWith('fields.yaml') && path !== 'plan.json');
}
