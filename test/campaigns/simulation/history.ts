import { fold } from '../../../src/plan/creation-label.ts';
import { Chance } from './chance.ts';
import { SimulatedMachine } from './disk.ts';
import { FAULTS, type Effect, type Fault, type FaultPlan } from './faults.ts';
import { MANIFESTS, NEIGHBOUR, type ManifestName } from './manifests.ts';
import { checkedOutJournal, FOREIGN_JOURNAL, JOURNAL, SimulatedApply, type Safeguard } from './process.ts';
import { Timeline } from './timeline.ts';
import { MODULE, SimulatedZoho } from './zoho.ts';
import type { Field } from '../../../src/emulator/state/organisation-state.ts';
import type { Manifest } from '../../../src/model/manifest.ts';

/** In which Zoho, with what, and how badly a history goes. */
export interface Scenario {
  readonly seed: number;
  readonly manifest: ManifestName;
  readonly apiNameInBody: 'honour' | 'ignore' | 'reject';
  /** `accept` is a Zoho that lets a label be taken twice: there only the client stands between a customer and duplicates. */
  readonly duplicates: 'refuse' | 'accept';
  /** Where a second apply runs: beside the first one, or on another machine, out of reach of any lock. */
  readonly second: 'same machine' | 'another machine';
  /** Someone is asked before each creation, who may take long; otherwise the runs go with `--yes`. */
  readonly asks: boolean;
  /** How many runs meet faults before a healthy one. */
  readonly troubledRuns: number;
  readonly plan: FaultPlan;
  /** A safeguard that is taken away, to see that the simulation would notice. */
  readonly without?: Safeguard;
}

/** All that a checker needs to judge a history. */
export interface History {
  readonly scenario: Scenario;
  readonly before: readonly Field[];
  readonly after: readonly Field[];
  readonly zoho: SimulatedZoho;
  readonly runs: readonly Told[];
  /** Another checkout's manifest was applied as well. */
  readonly hasNeighbour: boolean;
  /** API names that someone touched by hand. */
  readonly byHand: ReadonlySet<string>;
  /** Those of them that were touched while some run was at work, and not only while the question of the only one stood. */
  readonly unforeseen: ReadonlySet<string>;
  /** Ids of fields that someone made by hand in the place of one of ours, with the id of that. */
  readonly replaced: ReadonlyMap<string, string>;
  /** The journal was damaged or could not be written: what it would have proved may be left undone. */
  readonly journalLost: boolean;
  /** Someone waits for ever. */
  readonly stuck: boolean;
}

/** A run, and what there was when it ended. */
export interface Told {
  readonly run: SimulatedApply;
  readonly healthy: boolean;
  readonly atEnd: readonly Field[];
  /** How many requests had taken effect when it ended. */
  readonly doneAtEnd: number;
}

/** Tells a history: troubled runs, then a healthy one, then what was late, then one more. */
export async function tell(scenario: Scenario): Promise<History> {
  return new Teller(scenario).tell();
}

class Teller {
  readonly #scenario: Scenario;
  readonly #timeline = new Timeline();
  readonly #chance: Chance;
  readonly #zoho: SimulatedZoho;
  readonly #machines = [new SimulatedMachine(), new SimulatedMachine()] as const;
  readonly #wall = { offset: 0 };
  readonly #runs: Told[] = [];
  readonly #underWay: SimulatedApply[] = [];
  readonly #byHand = new Set<string>();
  readonly #unforeseen = new Set<string>();
  readonly #replaced = new Map<string, string>();
  readonly #planted = new Set<string>();
  readonly #before: readonly Field[];
  #number = 0;
  #seconds = 0;
  #hasNeighbour = false;
  #journalLost = false;
  #isQuestion = false;
  #stuck = false;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#chance = new Chance(scenario.seed);
    const { apiNameInBody, duplicates } = scenario;
    this.#zoho = new SimulatedZoho({ apiNameInBody, duplicates }, () => BEGINNING + this.#timeline.now);
    this.#before = this.#zoho.fields();
  }

  async tell(): Promise<History> {
    for (let run = 0; run < this.#scenario.troubledRuns; run += 1) {
      this.#start(this.#machines[0], this.#scenario.plan);
      await this.#finish(false);
      // The next one starts at once, or a little later: nobody waits for what is still under way.
      await this.#pass(this.#chance.whole(1, 4000));
    }
    // What a machine left unfinished only its own journal proves.
    const [here, elsewhere] = this.#machines;
    const machines =
      this.#scenario.second === 'another machine' && this.#seconds > 0
        ? [here, elsewhere, here]
        : [here, here];
    const own = machines.map((machine) => ({ machine, manifest: undefined }));
    // And what one manifest left unfinished has to outlive the good end of another, wherever it was applied.
    const neighbours = new Set(machines).size === 1 ? [here] : [elsewhere, here];
    const theirs = neighbours.map((machine) => ({ machine, manifest: NEIGHBOUR }));
    const healthyRuns = this.#hasNeighbour
      ? [...own, ...theirs, { machine: here, manifest: undefined }]
      : own;
    for (const { machine, manifest } of healthyRuns) {
      this.#start(machine, healthy, manifest);
      await this.#finish(true);
      await this.#timeline.drain();
    }
    return {
      scenario: this.#scenario,
      before: this.#before,
      after: this.#zoho.fields(),
      zoho: this.#zoho,
      runs: this.#runs,
      hasNeighbour: this.#hasNeighbour,
      byHand: this.#byHand,
      unforeseen: this.#unforeseen,
      replaced: this.#replaced,
      journalLost: this.#journalLost,
      stuck: this.#stuck,
    };
  }

  #start(machine: SimulatedMachine, plan: FaultPlan, manifest?: Manifest): void {
    const number = this.#number;
    this.#number += 1;
    const run = new SimulatedApply(number, {
      zoho: this.#zoho,
      timeline: this.#timeline,
      chance: this.#chance,
      machine,
      manifest: manifest ?? MANIFESTS[this.#scenario.manifest],
      plan,
      outside: (fault, kind) => {
        this.#isQuestion = kind === 'ask' && this.#underWay.length === 1;
        this.#happen(fault, machine, number);
      },
      wall: this.#wall,
      asks: this.#scenario.asks,
      without: this.#scenario.without,
    });
    this.#underWay.push(run);
  }

  async #finish(isHealthy: boolean): Promise<void> {
    while (this.#underWay.length > 0) {
      const reached = await this.#timeline.until(() => this.#underWay.some((run) => run.ended !== undefined));
      if (!reached) this.#stuck = true;
      for (const run of this.#underWay.filter((one) => one.ended !== undefined || !reached)) {
        this.#underWay.splice(this.#underWay.indexOf(run), 1);
        const atEnd = this.#zoho.fields();
        this.#runs.push({ run, healthy: isHealthy, atEnd, doneAtEnd: this.#zoho.done.length });
      }
    }
  }

  async #pass(ms: number): Promise<void> {
    let isOver = false;
    this.#timeline.after(ms, () => {
      isOver = true;
    });
    await this.#timeline.until(() => isOver);
  }

  #happen(fault: Fault, machine: SimulatedMachine, run: number): void {
    if (fault === 'second' && this.#seconds < 2) {
      this.#seconds += 1;
      const [here, elsewhere] = this.#machines;
      this.#start(this.#scenario.second === 'same machine' ? here : elsewhere, this.#scenario.plan);
    }
    if (fault === 'neighbour' && this.#seconds < 2) {
      this.#seconds += 1;
      this.#hasNeighbour = true;
      // On the machine where it is let finish in the end: what it left unfinished only its own journal proves.
      this.#start(this.#machines[0], this.#scenario.plan, NEIGHBOUR);
    }
    if (fault === 'planted' && this.#underWay.every(({ number }) => number === run))
      this.#plant(machine, run);
    if (fault === 'disk-full') this.#journalLost = true;
    if (fault === 'journal-lost' || fault === 'journal-torn') {
      this.#journalLost = true;
      machine.damage(JOURNAL, (text) =>
        fault === 'journal-lost' ? undefined : text.slice(this.#chance.whole(0, text.length)),
      );
    }
    if (fault === 'rival-makes') this.#rivalMakes();
    if (fault === 'rival-deletes') this.#rivalTouches(({ api_name }) => this.#zoho.byHand.remove(api_name));
    if (fault === 'rival-renames') {
      this.#rivalTouches(({ api_name: name }) =>
        this.#zoho.byHand.edit(name, { field_label: `By hand ${name}`, display_label: `By hand ${name}` }),
      );
    }
    if (fault === 'rival-replaces') {
      this.#rivalTouches(({ id, api_name, field_label, data_type, length = null }) => {
        this.#zoho.byHand.remove(api_name);
        const theirs = this.#zoho.byHand.add({
          api_name,
          field_label,
          data_type,
          ...(length === null ? {} : { length }),
        });
        this.#replaced.set(theirs.id, id);
      });
    }
  }

  /** By Zoho's rules: nobody can make by hand what is there, or take a label that is taken. */
  #rivalMakes(): void {
    const fields = this.#zoho.fields();
    const taken = new Set(fields.flatMap((field) => [field.api_name, fold(field.field_label)]));
    const missing = this.#declared().filter(
      ({ api_name, field_label = '' }) => !taken.has(api_name) && !taken.has(fold(field_label)),
    );
    const wish = missing[this.#chance.whole(0, missing.length - 1)];
    if (wish === undefined) return;
    const { api_name, field_label = api_name, data_type, declared } = wish;
    this.#touchedByHand(api_name);
    this.#zoho.byHand.add({ api_name, field_label, data_type, ...declared });
  }

  /** There was a field of that name for years, and a journal that nobody may believe says that it is ours. */
  #plant(machine: SimulatedMachine, run: number): void {
    const taken = new Set(this.#zoho.fields().flatMap((field) => [field.api_name, fold(field.field_label)]));
    const late = this.#declared().filter(
      ({ api_name, field_label }) =>
        field_label !== api_name && !taken.has(api_name) && !taken.has(fold(api_name)),
    );
    const wish = late[this.#chance.whole(0, late.length - 1)];
    if (wish === undefined) return;
    const { api_name, data_type, declared } = wish;
    this.#touchedByHand(api_name);
    const old = { field_label: api_name, created_time: '2019-03-01T09:30:00+01:00' };
    const { id } = this.#zoho.byHand.add({ api_name, data_type, ...declared, ...old });
    this.#planted.add(id);
    const about = { module: MODULE, api_name, id, working_label: api_name, beside: this.#before[0]?.id };
    const event = this.#chance.pick(['intent', 'created', 'labelling'] as const);
    // At this moment: then only its age tells the field from one of ours; or at no time at all, or far from now.
    const now = BEGINNING + this.#timeline.now + this.#wall.offset;
    const at = this.#chance.pick([now, now, undefined, Number.MAX_VALUE, 0]);
    const file = this.#chance.pick([JOURNAL, JOURNAL, FOREIGN_JOURNAL, checkedOutJournal(run)]);
    machine.plant(file, JSON.stringify({ event, ...about, ...(at === undefined ? {} : { at }) }));
  }

  /** Not what a planted journal claims: nothing but its age tells it from ours, and a new one in its place has none. */
  #rivalTouches(touch: (field: Field) => void): void {
    const names = this.#declared().map((field) => field.api_name);
    const ours = this.#zoho
      .fields()
      .filter(
        ({ api_name, id }) => names.includes(api_name) && !this.#before.some((field) => field.id === id),
      )
      .filter(({ id }) => !this.#planted.has(id));
    const field = ours[this.#chance.whole(0, ours.length - 1)];
    if (field === undefined) return;
    this.#touchedByHand(field.api_name);
    touch(field);
  }

  #touchedByHand(api_name: string): void {
    this.#byHand.add(api_name);
    if (!this.#isQuestion) this.#unforeseen.add(api_name);
  }

  #declared() {
    return MANIFESTS[this.#scenario.manifest].modules.find(({ module }) => module === MODULE)?.fields ?? [];
  }
}

const BEGINNING = Date.UTC(2026, 0, 1);
const healthy: FaultPlan = () => undefined;

/** A scenario out of a number: which Zoho, which manifest, how often something goes wrong, and what. */
export function randomScenario(seed: number): Scenario {
  const chance = new Chance(seed ^ 0x5bd1e995);
  const duplicates = chance.pick(['refuse', 'accept'] as const);
  const second =
    duplicates === 'accept' ? 'same machine' : chance.pick(['same machine', 'another machine'] as const);
  const rate = chance.pick([0.03, 0.08, 0.15, 0.3]);
  const decide = new Chance(seed ^ 0x27d4eb2f);
  return {
    seed,
    manifest: chance.pick(['one', 'one', 'six', 'six', 'exchange', 'twelve']),
    apiNameInBody: chance.pick(['honour', 'ignore', 'reject']),
    duplicates,
    second,
    troubledRuns: chance.pick([1, 1, 1, 2, 2, 3]),
    asks: chance.chance(0.5),
    plan: (effect: Effect): Fault | undefined => {
      if (!decide.chance(rate)) return undefined;
      const possible = possibleFaults(effect, duplicates);
      return possible[decide.whole(0, possible.length - 1)];
    },
  };
}

/**
 * What can go wrong at a step. A disk that forgets is left out where nothing but its memory keeps a request of a dead
 * process from being sent again: no client could do without.
 */
export function possibleFaults(
  effect: Pick<Effect, 'kind'>,
  duplicates: Scenario['duplicates'],
): readonly Fault[] {
  const needsMemory = duplicates === 'accept';
  return FAULTS[effect.kind].filter(
    (fault) => !(needsMemory && ['disk-full', 'journal-lost', 'journal-torn'].includes(fault)),
  );
}
