import { given, type JsonObject } from '../model/json.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { LiveField, Seen } from '../model/live-field.ts';
import { Problem } from '../model/problem.ts';
import {
  refusalsIn,
  resultsIn,
  type Claim,
  bears,
  lessonOf,
  orderOf,
  shownAs,
  type Creation,
} from './lesson.ts';
import { answerWords } from './facts/fact.ts';
import type { FactValue } from './value.ts';
import { bodyOf, holds, labelsOf, type Wish, type Wishes } from './wishes.ts';

/** What is known after one write was asked for. */
export interface Reply {
  /** False where nothing was sent. */
  readonly isSent: boolean;
  /** The answer as it came; absent where none did. */
  readonly seen?: Seen;
  /** After so many milliseconds the same may do better: it was not even looked at. */
  readonly againMs?: number;
  /** Why no later write would do better. */
  readonly problem?: Problem;
}

/** What learning needs of the world; the writes are those of `apply`. */
export interface LearnPorts {
  /** @throws Problem when Zoho does not answer with a list of fields. */
  readonly fields: () => Promise<readonly LiveField[]>;
  /** One POST, sent once. */
  readonly create: (bodies: readonly JsonObject[]) => Promise<Reply>;
  /** One PATCH of a label, sent once. */
  readonly relabel: (id: string, label: string) => Promise<Reply>;
  /** Has it on disk before it returns. */
  readonly journal: (entries: readonly JournalEntry[]) => void;
  readonly wait: (ms: number) => Promise<void>;
  /** After how many milliseconds what was sent has taken effect, or never will. */
  readonly settleMs: number;
  /** True once the user asked to stop: nothing new is begun. */
  readonly interrupted: () => boolean;
}

/** What was learnt, and what it left behind. */
export interface Lesson {
  /** By the fact's id. */
  readonly made: ReadonlyMap<string, FactValue>;
  /** What this run created, as a read shows it. */
  readonly left: readonly LiveField[];
  /** Labels that were sent, and of which no read has shown what became of them. */
  readonly unknown: readonly string[];
  /** True where Zoho said that it created some. */
  readonly isAccepted: boolean;
  /** What kept it from its end. */
  readonly problem?: Problem;
}

/** After which waits, one after the other, a creation is looked for that Zoho said it has made. */
const LOOKS_AFTER_MS = [0, 1500, 3000, 5000] as const;
/** After how many of these looks it counts as shown when. */
const SHOWN = ['at_once', 'within_5_seconds', 'within_5_seconds', 'later'] as const;

/**
 * Creates the fields, with a second POST only where the first came to nothing, changes one label, and holds what a read
 * shows against what was sent. As in `apply` a read decides, after every answer and without one (contract §9): nothing is
 * sent a second time that a read has not shown to be missing, nor changed that it has not shown to be ours, as a new field
 * under a name that nobody else has. It deletes nothing.
 * @param before the module's fields.
 */
export async function learn(
  wishes: Wishes,
  before: readonly LiveField[],
  ports: LearnPorts,
): Promise<Lesson> {
  const run = new Run(wishes, before, ports);
  try {
    await run.go();
    return run.lesson();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...run.lesson(), problem: error };
  }
}

/** One run: what it learnt so far. */
class Run {
  readonly #wishes: Wishes;
  readonly #ports: LearnPorts;
  readonly #old: ReadonlySet<string>;
  readonly #beside: string | undefined;
  readonly #made = new Map<string, FactValue>();
  /** By their ids: what was shown once is there, whatever a later list leaves out. */
  readonly #left = new Map<string, LiveField>();
  /** Labels that a read has shown, whatever the fields are called afterwards. */
  readonly #shown = new Set<string>();
  /** Labels that were sent, and perhaps are there. */
  #open: readonly string[] = [];
  #isAccepted = false;

  constructor(wishes: Wishes, before: readonly LiveField[], ports: LearnPorts) {
    this.#wishes = wishes;
    this.#ports = ports;
    this.#old = new Set(before.map((field) => field.id));
    this.#beside = before[0]?.id;
  }

  lesson(): Lesson {
    const unknown = [...new Set(this.#open)].filter((label) => !this.#shown.has(label));
    return { made: this.#made, left: this.#live, unknown, isAccepted: this.#isAccepted };
  }

  async go(): Promise<void> {
    const { fields } = this.#wishes;
    const first = await this.#create(fields);
    const isNothing = first.refusals !== undefined && this.#left.size === 0;
    if (isNothing && !this.#ports.interrupted())
      await this.#create(first.againMs === undefined ? withoutBlamed(fields, first.refusals) : fields);
    if (this.#left.size > 0 && !this.#ports.interrupted()) await this.#rename();
  }

  get #live(): readonly LiveField[] {
    return [...this.#left.values()];
  }

  /**
   * Sends them, and reads what became of them.
   * @returns what Zoho objected to, where it said that it created nothing.
   * @throws Problem where no later write would do better.
   */
  async #create(
    sent: readonly Wish[],
  ): Promise<{ readonly refusals?: readonly Claim[]; readonly againMs?: number }> {
    this.#ports.journal(sent.map(({ label }) => this.#note('intent', label)));
    this.#open = sent.map(({ label }) => label);
    const reply = await this.#ports.create(sent.map((wish) => bodyOf(wish)));
    if (!reply.isSent) this.#open = [];
    else await this.#follow(reply, sent);
    if (reply.problem !== undefined) throw reply.problem;
    const refusals = reply.seen && refusalsIn(reply.seen, sent.length);
    return given({ refusals, againMs: reply.againMs });
  }

  async #follow({ seen, againMs = 0, problem }: Reply, sent: readonly Wish[]): Promise<void> {
    const { settleMs } = this.#ports;
    const creation = (): Creation => ({ sent, live: this.#live, ...given({ seen }) });
    const results = seen && resultsIn(seen, sent.length);
    const claimed = sent.filter((_, index) => results !== undefined && results[index]?.code === undefined);
    const isDenied =
      problem !== undefined || (seen !== undefined && refusalsIn(seen, sent.length) !== undefined);
    this.#isAccepted ||= claimed.length > 0;
    if (claimed.length > 0) this.#open = claimed.map(({ label }) => label);
    try {
      if (claimed.length > 0) {
        const shown = await this.#lookUntil(LOOKS_AFTER_MS, () => this.#left.size >= claimed.length);
        if (shown !== undefined) this.#made.set('create.shown', SHOWN[shown] ?? 'later');
        // As in apply: results that are of other fields, or in another order, are no answer.
        if (orderOf(creation()) !== 'as_sent') await this.#lookUntil([settleMs], () => false);
      } else {
        await this.#lookUntil([Math.max(settleMs, isDenied ? againMs : 0)], () => false);
        if (!isDenied || this.#left.size > 0) await this.#lookUntil([settleMs], () => false);
      }
      // One request takes effect as one: once a read shows some of it, and as much as was said, there is no more.
      const isWhole = isDenied || (this.#left.size > 0 && this.#left.size >= claimed.length);
      if (isWhole) this.#open = [];
      else if (orderOf(creation()) === 'in_another_order') this.#open = sent.map(({ label }) => label);
    } finally {
      for (const [id, value] of lessonOf(creation())) this.#made.set(id, value);
    }
  }

  /** @returns after which of the looks it was so. */
  async #lookUntil(waits: readonly number[], isSo: () => boolean): Promise<number | undefined> {
    for (const [index, ms] of waits.entries()) {
      if (ms > 0) await this.#ports.wait(ms);
      await this.#look();
      if (isSo()) return index;
    }
    return undefined;
  }

  /** After something was sent one failure must not keep it from being listed: it is read again. */
  async #read(): Promise<readonly LiveField[]> {
    for (const ms of LOOKS_AFTER_MS.slice(1)) {
      try {
        return await this.#ports.fields();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        await this.#ports.wait(ms);
      }
    }
    return this.#ports.fields();
  }

  /** Takes over what a read shows, and notes what is new. */
  async #look(): Promise<void> {
    const live = await this.#read();
    const ours = live.filter((field) => !this.#old.has(field.id) && holds(field, this.#wishes.word));
    for (const field of ours) {
      const label = labelsOf(this.#wishes).find((one) => bears(field, one));
      if (label !== undefined && !this.#left.has(field.id))
        this.#ports.journal([this.#note('created', label, field.id)]);
      if (label !== undefined) this.#shown.add(label);
      this.#left.set(field.id, field);
    }
  }

  async #rename(): Promise<void> {
    const { fields, renamed } = this.#wishes;
    const { settleMs } = this.#ports;
    const target = shownAs('symbols', { sent: fields, live: this.#live });
    if (target === undefined) return;
    this.#ports.journal([this.#note('labelling', renamed, target.id)]);
    this.#open = [...this.#open, renamed];
    const { isSent, seen, problem } = await this.#ports.relabel(target.id, renamed);
    const isDone = (): boolean => this.#live.some((field) => field.id === target.id && bears(field, renamed));
    const refusals = seen && refusalsIn(seen, 1);
    const isRefused = !isSent || problem !== undefined || refusals !== undefined;
    if (isSent) {
      // What is neither a result nor a refusal a proxy may have said.
      const isSaid = seen !== undefined && (refusals ?? resultsIn(seen, 1)) !== undefined;
      if (isSaid && problem === undefined) this.#made.set('create.label_patch', answerWords(seen, 'fields'));
      await this.#lookUntil(isRefused ? [0] : [0, settleMs, settleMs], isDone);
    }
    if (isRefused || isDone()) this.#open = this.#open.filter((label) => label !== renamed);
    const after = this.#left.get(target.id);
    if (isDone() && after !== undefined)
      this.#made.set('create.name_after', after.api_name === target.api_name ? 'stays' : 'changes');
    if (problem !== undefined) throw problem;
  }

  #note(event: JournalEntry['event'], label: string, id?: string): JournalEntry {
    return {
      event,
      module: this.#wishes.module,
      api_name: label,
      working_label: label,
      ...given({ beside: this.#beside, id }),
    };
  }
}

/** The same without what Zoho objected to: the name that was sent along, the fields that it named, or the longest label. */
function withoutBlamed(fields: readonly Wish[], refusals: readonly Claim[]): readonly Wish[] {
  if (refusals.some(({ key }) => key === 'api_name'))
    return fields.map(({ purpose, label, length }) => ({ purpose, label, length }));
  const left = fields.filter((_, index) => !refusals.some(({ place }) => place === index));
  return left.length > 0 && left.length < fields.length
    ? left
    : fields.filter(({ purpose }) => purpose !== 'long');
}
