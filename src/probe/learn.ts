import type { JsonObject } from '../model/json.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { LiveField } from '../model/live-field.ts';
import type { Seen } from '../model/look.ts';
import { Problem } from '../model/problem.ts';
import { bears, blameOf, claimsIn, isRefused, lessonOf, longestIn } from './lesson.ts';
import { answerWords } from './observe.ts';
import type { FactValue } from './value.ts';
import { bodyOf, type Wish, type Wishes } from './wishes.ts';

/** What learning needs of the world; the writes are those of `apply`. */
export interface LearnPorts {
  /** @throws Problem when Zoho does not answer with a list of fields. */
  readonly fields: () => Promise<readonly LiveField[]>;
  /**
   * One POST, sent once.
   * @returns nothing where no answer came.
   * @throws Problem where nothing was sent, or no write is allowed.
   */
  readonly create: (bodies: readonly JsonObject[]) => Promise<Seen | undefined>;
  /** One PATCH of a label; as with `create`. */
  readonly relabel: (id: string, label: string) => Promise<Seen | undefined>;
  /** Has it on disk before it returns. */
  readonly journal: (entries: readonly JournalEntry[]) => void;
  readonly wait: (ms: number) => Promise<void>;
  /** True once the user asked to stop: nothing new is begun. */
  readonly interrupted: () => boolean;
}

/** What was learnt, and what it left behind. */
export interface Lesson {
  /** By the fact's id. */
  readonly made: ReadonlyMap<string, FactValue>;
  /** What this run created, as a read shows it. */
  readonly left: readonly LiveField[];
  /** Labels that were sent, and that no read has shown, although they may be there. */
  readonly unknown: readonly string[];
  /** True where Zoho said that it created some. */
  readonly isAccepted: boolean;
  /** What kept it from its end. */
  readonly problem?: Problem;
}

/** After which waits a creation counts as shown within five seconds. */
const LOOKS_AFTER_MS = [1500, 3000] as const;

/**
 * Creates the fields, with a second POST only where the first came to nothing, changes one label, and holds what a read
 * shows against what was sent. Only ours: what is changed was not there before, has the id of the answer, and is shown
 * under the label that was sent. It deletes nothing.
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
  #left: readonly LiveField[] = [];
  /** Sent, and perhaps there. */
  #open: readonly Wish[] = [];
  #isAccepted = false;

  constructor(wishes: Wishes, before: readonly LiveField[], ports: LearnPorts) {
    this.#wishes = wishes;
    this.#ports = ports;
    this.#old = new Set(before.map((field) => field.id));
    this.#beside = before[0]?.id;
  }

  lesson(): Lesson {
    const unknown = [...new Set(this.#open.map(({ label }) => label))];
    return { made: this.#made, left: this.#left, unknown, isAccepted: this.#isAccepted };
  }

  async go(): Promise<void> {
    let sent = this.#wishes.fields;
    let seen = await this.#post(sent);
    if (seen !== undefined && isRefused(seen)) {
      const blame = blameOf(seen);
      if (this.#ports.interrupted()) return;
      // Of a token that was over, or a Zoho that was too busy, nothing was looked at.
      if (seen.status !== 401 && seen.status !== 429) sent = this.#withoutBlamed(blame);
      seen = await this.#post(sent);
    }
    await this.#lookUntilShown(
      claimsIn(seen).flatMap(({ id }) => (id === undefined ? [] : [id])),
      seen === undefined || seen.status >= 500,
    );
    if (seen !== undefined)
      for (const [id, value] of lessonOf(seen, sent, this.#left)) this.#made.set(id, value);
    this.#ports.journal(this.#left.map((field) => this.#note('created', field.display_label, field.id)));
    if (seen !== undefined && !this.#ports.interrupted()) await this.#rename(seen, sent);
  }

  async #post(some: readonly Wish[]): Promise<Seen | undefined> {
    this.#ports.journal(some.map(({ label }) => this.#note('intent', label)));
    this.#open = some;
    const seen = await this.#ports.create(some.map((wish) => bodyOf(wish)));
    if (seen === undefined || seen.status >= 500) return seen;
    const claims = claimsIn(seen);
    this.#isAccepted = claims.some(({ code }) => code === undefined);
    if (isRefused(seen)) this.#open = [];
    else if (claims.length === some.length)
      this.#open = some.filter((_, index) => claims[index]?.code === undefined);
    return seen;
  }

  /** What is sent after a refusal: the same without what Zoho objected to. */
  #withoutBlamed(blame: ReturnType<typeof blameOf>): readonly Wish[] {
    const { fields } = this.#wishes;
    if (blame?.key === 'api_name') {
      this.#made.set('create.api_name', 'refused');
      return fields.map(({ purpose, label }) => ({ purpose, label }));
    }
    const most = blame === undefined ? undefined : longestIn(blame.details);
    if (most !== undefined) this.#made.set('create.label_most', most);
    return fields.filter(({ purpose }) => purpose !== 'long');
  }

  async #look(): Promise<void> {
    const live = await this.#ports.fields();
    this.#left = live.filter(
      (field) =>
        !this.#old.has(field.id) &&
        field.custom &&
        this.#wishes.fields.some(({ label }) => bears(field, label)),
    );
    // What was shown once is known, whatever it is called afterwards.
    this.#open = this.#open.filter(({ label }) => !this.#left.some((field) => bears(field, label)));
  }

  async #lookUntilShown(ids: readonly string[], isLost: boolean): Promise<void> {
    const areShown = (): boolean => ids.every((id) => this.#left.some((field) => field.id === id));
    let shown = 'at_once';
    await this.#look();
    for (const ms of areShown() && !isLost ? [] : LOOKS_AFTER_MS) {
      await this.#ports.wait(ms);
      await this.#look();
      shown = areShown() ? 'within_5_seconds' : 'later';
      if (areShown() && !isLost) break;
    }
    if (ids.length > 0) this.#made.set('create.shown', shown);
  }

  async #rename(seen: Seen, sent: readonly Wish[]): Promise<void> {
    const index = sent.findIndex(({ purpose }) => purpose === 'symbols');
    const { id } = claimsIn(seen)[index] ?? {};
    const label = sent[index]?.label ?? '';
    const target = this.#left.find((field) => field.id === id && bears(field, label));
    if (target === undefined) return;
    const { renamed } = this.#wishes;
    this.#ports.journal([this.#note('labelling', label, target.id)]);
    const answer = await this.#ports.relabel(target.id, renamed);
    if (answer !== undefined && answer.status < 500)
      this.#made.set('create.label_patch', answerWords(answer, 'fields'));
    const after = (await this.#ports.fields()).find((field) => field.id === target.id);
    if (after === undefined) return;
    this.#left = this.#left.map((field) => (field.id === after.id ? after : field));
    if (bears(after, renamed))
      this.#made.set('create.name_after', after.api_name === target.api_name ? 'stays' : 'changes');
  }

  #note(event: JournalEntry['event'], label: string, id?: string): JournalEntry {
    return {
      event,
      module: this.#wishes.module,
      api_name: label,
      working_label: label,
      ...(this.#beside === undefined ? {} : { beside: this.#beside }),
      ...(id === undefined ? {} : { id }),
    };
  }
}
