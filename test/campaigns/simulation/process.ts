import { setMaxListeners } from 'node:events';
import { reportWithoutTrying } from '../../../src/apply/apply-plan.ts';
import type { ApplyReport } from '../../../src/apply/outcome.ts';
import { receiptOf, type Receipt } from '../../../src/apply/receipt.ts';
import { executePlan } from '../../../src/run/execute-plan.ts';
import type { Connection } from '../../../src/run/connect.ts';
import { readCredentials } from '../../../src/run/credentials.ts';
import { EXIT, exitForApply, exitForProblem } from '../../../src/cli/exit-code.ts';
import type { Io } from '../../../src/machine/io.ts';
import { lookAgain, makeReady } from '../../../src/run/make-ready.ts';
import { takeExclusive } from '../../../src/run/exclusive.ts';
import { LOCAL_CREDENTIALS } from '../../../src/emulator/accounts/issue.ts';
import { type Diagnostic, Problem } from '../../../src/model/problem.ts';
import type { Manifest } from '../../../src/model/manifest.ts';
import type { Plan } from '../../../src/model/plan.ts';
import { workOf } from '../../../src/plan/earlier-runs.ts';
import { ZohoReader } from '../../../src/zoho/reader.ts';
import { Session } from '../../../src/zoho/session.ts';
import type { TokenCache } from '../../../src/zoho/auth/token.ts';
import { TransportError, type HttpAnswer, type HttpRequest } from '../../../src/zoho/http/transport.ts';
import { fieldsTold, ShownAsOurs } from '../../support/shown-as-ours.ts';
import type { Chance } from './chance.ts';
import { diskOf, type SimulatedMachine } from './disk.ts';
import { FAULTS, RIVALS, type EffectKind, type Fault, type FaultPlan } from './faults.ts';
import type { Timeline } from './timeline.ts';
import { exchange, SETTLE_MS } from './wire.ts';
import { ADDRESS, type SimulatedZoho } from './zoho.ts';
import { applyJson } from '../../../src/report/apply/formats.ts';
import type { Owners } from '../../../src/machine/lock.ts';
import { Secret } from '../../../src/zoho/redact.ts';

/** What stands between a customer and duplicates, each against another mishap. */
export type Safeguard = 'lock' | 'journal' | 'settle time' | 'second look';

/** What one apply is run in. */
export interface Surroundings {
  readonly zoho: SimulatedZoho;
  readonly timeline: Timeline;
  readonly chance: Chance;
  readonly machine: SimulatedMachine;
  readonly manifest: Manifest;
  readonly plan: FaultPlan;
  /** Faults that concern the history rather than this process. */
  readonly outside: (fault: Fault, kind: EffectKind) => void;
  /** What the wall clock shows at the start of the timeline; faults move it. */
  readonly wall: { offset: number };
  readonly asks: boolean;
  readonly without: Safeguard | undefined;
}

/** What a run of `apply` left behind. */
export interface Ended {
  readonly process: number;
  /** `undefined` where it was killed. */
  readonly exit?: number;
  readonly plan?: Plan;
  readonly report?: ApplyReport;
  readonly receipt?: Receipt | undefined;
  readonly warnings: readonly Diagnostic[];
  /** Everything that it said. */
  readonly output: string;
  /** A bug: something thrown that is no problem. */
  readonly bug?: string;
}

/** API names that the last answer to a GET of fields held, per process; what a POST may rest on. */
export type Shown = ReadonlySet<string>;

/** One POST as it left, with what the process had been shown before. */
export interface Sent {
  readonly process: number;
  readonly api_names: readonly string[];
  readonly shown: Shown | undefined;
}

const CREDENTIALS = readCredentials({
  searched: 'the simulation',
  get: (name) => {
    const values: Readonly<Record<string, string>> = {
      ZOHO_CLIENT_ID: LOCAL_CREDENTIALS.clientId,
      ZOHO_CLIENT_SECRET: LOCAL_CREDENTIALS.clientSecret,
      ZOHO_REFRESH_TOKEN: LOCAL_CREDENTIALS.refreshToken,
      ZOHO_ACCOUNTS_URL: ADDRESS,
      ZOHO_API_URL: ADDRESS,
    };
    const value = values[name];
    return value === undefined ? undefined : { value, origin: 'the simulation' };
  },
});

/** The user's folder for this Zoho, on every simulated machine. */
const STATE = '/home/.local/state/zoho-fields/these-credentials';
export const JOURNAL = `${STATE}/journal.jsonl`;
/** A journal of the same user with other credentials. */
export const FOREIGN_JOURNAL = '/home/.local/state/zoho-fields/others/journal.jsonl';
/** Every run is started in a checkout of its own: nothing that keeps fields from coming twice may depend on the place. */
const checkoutOf = (run: number): string => `/checkout-${run}`;
/** What may have come with a run's checkout. */
export const checkedOutJournal = (run: number): string => `${checkoutOf(run)}/.zoho-fields/journal.jsonl`;

class Killed extends Error {}

/** One run of `apply`: the real engine over a simulated world. */
export class SimulatedApply {
  readonly number: number;
  readonly sent: Sent[] = [];
  /** Every step that it took, for histories that try each of them. */
  readonly steps: EffectKind[] = [];
  readonly faults: Fault[] = [];
  ended: Ended | undefined;
  tokenCalls = 0;
  /** Labels that it set of what no read had shown to be its own (I11). */
  readonly unproven: string[] = [];
  readonly #shownAsOurs = new ShownAsOurs();
  /** API names of which its journal told, when it began. */
  #journalled: ReadonlySet<string> | undefined;
  /** Ids that a read has shown under those names. */
  readonly #left = new Set<string>();
  readonly #around: Surroundings;
  readonly #said: string[] = [];
  readonly #interrupt = new AbortController();
  readonly #onDeath: (() => void)[] = [];
  #isInterrupted = false;
  #isWriting = false;
  #isDead = false;
  #shown: Shown | undefined;

  constructor(number: number, around: Surroundings) {
    this.number = number;
    this.#around = around;
    // Each of its waits listens to the interrupt; there are many, and they all go with it.
    setMaxListeners(0, this.#interrupt.signal);
    around.machine.born(number);
    void this.#run();
  }

  /** What it was to create. */
  get manifest(): Manifest {
    return this.#around.manifest;
  }

  get requests(): number {
    return this.steps.filter((kind) => ['token', 'get', 'post', 'patch'].includes(kind)).length;
  }

  async #run(): Promise<void> {
    const { manifest } = this.#around;
    const session = new Session(CREDENTIALS, {
      transport: (request) => this.#send(request),
      wait: (ms) => this.#wait(ms),
      random: () => this.#around.chance.next(),
      now: () => this.#now(),
      cache: this.#cache(),
    });
    const reader = new ZohoReader(session);
    const connection: Pick<Connection, 'session' | 'reader' | 'settleMs' | 'stateFolder'> = {
      stateFolder: STATE,
      session,
      reader,
      settleMs: SETTLE_MS,
    };
    try {
      const turn = await takeExclusive('fields.yaml', connection, this.#io(), {
        disk: this.#disk(),
        owners: this.#owners(),
      });
      try {
        // Whatever becomes of the file later, this is what the run has read of it.
        this.#journalled = this.#namesInJournal();
        const { entries } = turn.journal;
        const now = (): number => this.#now();
        const shown = await makeReady({ manifest, doubts: () => [] }, connection, entries, now);
        const stops = shown.plan.summary.conflict > 0;
        const asks = this.#around.asks && !stops && workOf(shown.plan).length > 0;
        if (asks) await this.#ask();
        const looks = asks && this.#around.without !== 'second look';
        const ready = looks ? await lookAgain(shown, connection, entries, now) : shown;
        const { plan, warnings } = ready;
        const report = stops
          ? reportWithoutTrying(plan, true)
          : await executePlan({ ...ready, journal: turn.journal }, connection, this.#io(), (event) =>
              this.#said.push(JSON.stringify(event)),
            );
        const receipt = receiptOf(plan, report, { at: new Date(this.#now()).toISOString() });
        const view = {
          receipt,
          target: { dataCentre: 'us', apiHost: 'zoho' },
          requests: session.requests,
          diagnostics: warnings,
        };
        this.#said.push(applyJson(plan, report, view));
        this.#end({ exit: exitForApply(report), plan, report, receipt, warnings });
      } finally {
        await turn.end();
      }
    } catch (error) {
      if (error instanceof Killed) return;
      if (error instanceof Problem) {
        this.#said.push(JSON.stringify(error.diagnostics));
        const exit = this.#isInterrupted ? EXIT.interrupted : exitForProblem(error.kind);
        return this.#end({ exit, warnings: [] });
      }
      if (this.#isInterrupted) return this.#end({ exit: EXIT.interrupted, warnings: [] });
      this.#end({
        exit: EXIT.bug,
        warnings: [],
        bug: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }

  #end(rest: Omit<Ended, 'process' | 'output'>): void {
    if (this.#isDead) return;
    this.ended = { ...rest, process: this.number, output: this.#said.join('\n') };
    // Its locks go with the last step; a process that has ended holds none.
    this.#around.timeline.after(100, () => this.#around.machine.died(this.number));
  }

  #kill(): void {
    this.#isDead = true;
    this.ended = { process: this.number, warnings: [], output: this.#said.join('\n') };
    this.#around.machine.died(this.number);
    for (const listener of this.#onDeath) listener();
  }

  /** Every step goes through here: the place where faults meet the process. */
  #meet(kind: EffectKind): Fault | undefined {
    const index = this.steps.length;
    this.steps.push(kind);
    const fault = this.#around.plan({ process: this.number, index, kind });
    if (fault === undefined || !FAULTS[kind].includes(fault)) return undefined;
    this.faults.push(fault);
    if (fault === 'kill') this.#kill();
    else if (fault === 'sigint') this.#signal();
    else if (fault === 'clock-forward') this.#around.wall.offset += 3_600_000;
    else if (fault === 'clock-back') this.#around.wall.offset -= 3_600_000;
    else this.#around.outside(fault, kind);
    return fault;
  }

  #signal(): void {
    this.#isInterrupted = true;
    if (!this.#isWriting) this.#interrupt.abort();
  }

  #never<T>(): Promise<T> {
    return new Promise(() => undefined);
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    if (this.#isDead) return this.#never();
    const kind = kindOf(request);
    if (kind === 'post')
      this.sent.push({ process: this.number, api_names: namesIn(request), shown: this.#shown });
    if (kind === 'token') this.tokenCalls += 1;
    else this.#watch(kind, request);
    const fault = this.#meet(kind);
    if (this.#isDead) return this.#never();
    if (this.#interrupt.signal.aborted) throw new TransportError('aborted', 'zoho', 'aborted');
    const answering = exchange(request, fault, {
      ...this.#around,
      process: this.number,
      onDeath: (listener) => void this.#onDeath.push(listener),
    });
    if (fault === 'kill-under-way' || fault === 'kill-late') {
      this.#around.timeline.after(this.#around.chance.whole(1, 60), () => this.#kill());
    }
    const answer = await this.#whileAlive(answering);
    if (kind === 'get') this.#look(answer);
    return answer;
  }

  #look(answer: HttpAnswer): void {
    this.#shown = shownIn(answer) ?? this.#shown;
    const fields = fieldsTold(answer.text);
    this.#shownAsOurs.shown(fields);
    const left = fields.filter(({ api_name: name }) => this.#journalled?.has(String(name)) === true);
    for (const { id } of left) this.#left.add(String(id));
  }

  #namesInJournal(): ReadonlySet<string> {
    const { text } = this.#around.machine.files.get(JOURNAL) ?? { text: '' };
    return new Set(Array.from(text.matchAll(/"api_name":"(\w+)"/g), ([, name]) => name ?? ''));
  }

  /** I11: what it labels a read has shown, after its own POST or after one that its journal tells of. */
  #watch(kind: EffectKind, { body = '' }: HttpRequest): void {
    if (kind === 'post') this.#shownAsOurs.sent(fieldsTold(body));
    if (kind !== 'patch') return;
    for (const { id } of fieldsTold(body))
      if (!this.#shownAsOurs.has(String(id)) && !this.#left.has(String(id))) this.unproven.push(String(id));
  }

  /** Someone reads the plan and says yes: at once, or after others had the time to do something by hand. */
  #ask(): Promise<void> {
    const fault = this.#meet('ask');
    if (this.#isDead) return this.#never();
    const late = RIVALS.some((rival) => rival === fault) || this.#around.chance.chance(0.1);
    const ms = late ? this.#around.chance.whole(10_000, 600_000) : this.#around.chance.whole(50, 500);
    return this.#whileAlive(new Promise((resolve) => this.#around.timeline.after(ms, resolve)));
  }

  #wait(ms: number): Promise<void> {
    if (this.#isDead) return this.#never();
    this.#meet('wait');
    if (this.#isDead) return this.#never();
    if (this.#around.without === 'settle time' && ms === SETTLE_MS) return Promise.resolve();
    return this.#whileAlive(
      new Promise((resolve) => {
        if (this.#interrupt.signal.aborted) return resolve();
        this.#around.timeline.after(ms, resolve);
        this.#interrupt.signal.addEventListener('abort', () => resolve());
      }),
    );
  }

  /** What happens to someone dead is not heard any more; an interrupt while reading ends what is under way. */
  #whileAlive<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#interrupt;
      signal.addEventListener('abort', () => reject(new TransportError('aborted', 'zoho', 'aborted')));
      work.then(
        (value) => this.#isDead || resolve(value),
        (error: unknown) => this.#isDead || reject(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }

  #now(): number {
    return START + this.#around.timeline.now + this.#around.wall.offset;
  }

  #io(): Io {
    const output = { write: (text: string) => void this.#said.push(text), isTTY: false, columns: undefined };
    const nobody = () => Promise.resolve(undefined);
    const isInterrupted = (): boolean => this.#isInterrupted;
    return {
      env: {},
      cwd: checkoutOf(this.number),
      command: 'zoho-fields',
      stdout: output,
      stderr: output,
      stdin: {
        isTTY: false,
        read: () => Promise.resolve(new Uint8Array()),
        ask: nobody,
        choose: nobody,
      },
      interrupt: {
        get requested() {
          return isInterrupted();
        },
        signal: this.#interrupt.signal,
        beginWriting: () => {
          this.#isWriting = true;
        },
      },
      busy: () => () => undefined,
      now: () => this.#now(),
      random: () => this.#around.chance.next(),
      wait: (ms) => this.#wait(ms),
    };
  }

  #owners(): Owners {
    const owners = this.#around.machine.owners(this.number);
    return this.#around.without === 'lock' ? { ...owners, alive: () => false } : owners;
  }

  #disk() {
    const step = (kind: 'look' | 'make' | 'erase'): Promise<void> => {
      if (this.#isDead) return this.#never();
      const fault = this.#meet(kind);
      if (this.#isDead) return this.#never();
      if (fault === 'disk-full') return Promise.reject(new Error('ENOSPC'));
      // An interrupt does not break off a step on the disk, only death does.
      return new Promise((resolve) => {
        const finish = (): void => (this.#isDead ? undefined : resolve());
        this.#around.timeline.after(this.#around.chance.whole(0, 3), finish);
      });
    };
    const appending = (text: string): { readonly written: string; readonly failure?: Error } => {
      if (this.#isDead) return { written: '', failure: new Killed() };
      const fault = this.#meet('append');
      if (this.#around.without === 'journal') return { written: '' };
      const torn = text.slice(0, this.#around.chance.whole(0, text.length));
      if (this.#isDead) return { written: torn, failure: new Killed() };
      if (fault === 'disk-full') return { written: torn, failure: new Error('ENOSPC') };
      return { written: text };
    };
    const disk = diskOf(this.#around.machine, { appending, step }, () => this.#now());
    return { ...disk, remove: (file: string) => (this.#isDead ? undefined : disk.remove(file)) };
  }

  #cache(): TokenCache {
    const { machine } = this.#around;
    return {
      load: () => {
        const { token } = machine;
        if (
          token === undefined ||
          token.expires - 120_000 <= this.#now() ||
          token.expires > this.#now() + 3_720_000
        )
          return undefined;
        return { value: new Secret(token.text), apiDomain: ADDRESS, scopes: [], lifeSeconds: 3600 };
      },
      store: ({ value, lifeSeconds }) => {
        if (!this.#isDead)
          machine.token = { text: value.reveal(), expires: this.#now() + lifeSeconds * 1000 };
      },
      drop: () => {
        if (!this.#isDead) machine.token = undefined;
      },
    };
  }
}

/** Some day, so that no time is 0. */
const START = Date.UTC(2026, 0, 1);

function kindOf({ method, url }: HttpRequest): EffectKind {
  if (url.endsWith('/oauth/v2/token')) return 'token';
  return method === 'POST' ? 'post' : method === 'PATCH' ? 'patch' : 'get';
}

/** The fields of a POST: by the declared API name, or by the label where this Zoho takes no API name. */
function namesIn({ body }: HttpRequest): readonly string[] {
  const { fields } = JSON.parse(body ?? '{}') as {
    fields: readonly { api_name?: string; field_label: string }[];
  };
  return fields.map((field) => field.api_name ?? field.field_label);
}

/** Every API name that an answer holds, those of layouts too, which no manifest names; parsing it all takes longer. */
function shownIn({ text }: HttpAnswer): Shown | undefined {
  if (!text.includes('"fields":[')) return undefined;
  return new Set(Array.from(text.matchAll(/"api_name":"(\w+)"/g), (match) => match[1] ?? ''));
}
