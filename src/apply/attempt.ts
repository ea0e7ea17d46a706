import { given } from '../model/json.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { LiveField } from '../model/live-field.ts';
import type { PlanEntry } from '../model/plan.ts';
import { labelAtCreation, withoutKeptName } from '../plan/creation-label.ts';
import type { Refusal } from './ports.ts';

/** Where one field is on its way into Zoho; `apply-plan.ts` shows the whole machine. */
type AttemptState =
  /** Not sent, or a read after its POST has shown that it came to nothing. */
  | 'waiting'
  /** Zoho said that it created the field; no read has shown it yet. */
  | 'accepted'
  /** A read after the POST has shown it: only now its id is known, and only now it may be changed. */
  | 'ours'
  /** Zoho said no, or no answer came again and again. */
  | 'refused'
  /** The answer was lost and live could not be read. */
  | 'unknown';

/** What became of its label: `left` where nothing but the label says that the field is ours. */
type LabelState = 'final' | 'pending' | 'refused' | 'left';

/** How an answer about it left open what was done: `denied` in Zoho's words, `lost` without any that count. */
type Doubt = 'none' | 'denied' | 'lost';

/** One field on its way into Zoho; the engine's only mutable state, which only its own methods change. */
export class Attempt {
  readonly entry: PlanEntry;
  #workingLabel: string;
  /** API names of all fields of the plan's module. */
  readonly declared: ReadonlySet<string>;
  #state: AttemptState = 'waiting';
  #label: LabelState;
  #doubt: Doubt = 'none';
  #sentAt: number | undefined;
  #isAlone = false;
  #id: string | undefined;
  #claim: string | undefined;
  #refusal: Refusal | undefined;
  #labelRefusal: Refusal | undefined;

  constructor(entry: PlanEntry, declared: ReadonlySet<string>) {
    this.entry = entry;
    this.declared = declared;
    this.#workingLabel = labelAtCreation(entry.field);
    this.#label = this.#stateOfLabel();
  }

  /** The label that it is created under (see `plan/creation-label.ts`). */
  get workingLabel(): string {
    return this.#workingLabel;
  }

  /** True where it is created under a label of which another name would come, since a probe has shown that names are kept. */
  get restsOnName(): boolean {
    return this.#workingLabel !== labelAtCreation(withoutKeptName(this.entry.field));
  }

  get state(): AttemptState {
    return this.#state;
  }

  get label(): LabelState {
    return this.#label;
  }

  /** The id under which a read has shown it. */
  get id(): string | undefined {
    return this.#id;
  }

  /** The id that Zoho's answer named: what is to be believed of it a read has to show. */
  get claim(): string | undefined {
    return this.#claim;
  }

  /** Why Zoho refused it, also where a read then showed that it was created all the same. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  get labelRefusal(): Refusal | undefined {
    return this.#labelRefusal;
  }

  /** When its first POST left, in milliseconds since the epoch: what Zoho made at another time is not ours. */
  get sentAt(): number | undefined {
    return this.#sentAt;
  }

  /** True where it goes in a request of its own, so that a refusal can only mean this field. */
  get isAlone(): boolean {
    return this.#isAlone;
  }

  /** True once an answer left open what was done: then a new field that turns up as it was sent is ours. */
  get isInDoubt(): boolean {
    return this.#doubt !== 'none';
  }

  /** True once an answer was lost: its POST may take effect after all, whatever later ones came to. */
  get mayStillLand(): boolean {
    return this.#doubt === 'lost';
  }

  /** True where Zoho said so, or live showed it. */
  get exists(): boolean {
    return this.#state === 'accepted' || this.#state === 'ours';
  }

  /**
   * True where a refused field may be ours all the same, should a read show it as it was sent. A clear word that the name or
   * the label is taken means someone else's field, unless an answer was in doubt before.
   */
  get mayBeOurs(): boolean {
    return this.#state === 'refused' && (this.isInDoubt || this.#refusal?.code !== 'DUPLICATE_DATA');
  }

  /** waiting → waiting: a POST for it is about to leave. */
  send(at: number): void {
    this.#sentAt ??= at;
  }

  /** waiting → waiting: this Zoho takes no `api_name` after all, so that the label has to make it. */
  nameByLabel(): void {
    this.#workingLabel = labelAtCreation(withoutKeptName(this.entry.field));
    this.#label = this.#stateOfLabel();
  }

  #stateOfLabel(): LabelState {
    return this.#workingLabel === this.entry.field.field_label ? 'final' : 'pending';
  }

  /** waiting → waiting, alone from now on. */
  isolate(): void {
    this.#isAlone = true;
  }

  /** waiting → accepted. */
  accept(claim: string | undefined): void {
    this.#state = 'accepted';
    this.#claim = claim;
  }

  /** waiting → refused. */
  refuse(refusal: Refusal): void {
    this.#state = 'refused';
    this.#refusal = refusal;
  }

  /** waiting → waiting: what its POST came to is for live to say. */
  leaveOpen(doubt: 'denied' | 'lost'): void {
    if (this.#doubt !== 'lost') this.#doubt = doubt;
  }

  /** waiting → unknown: live could not say it. */
  giveUp(refusal: Refusal | undefined): void {
    this.#state = 'unknown';
    this.#refusal = refusal;
  }

  /**
   * any → ours: a read has shown it as it was sent, or the plan found it left by an interrupted run.
   * @returns true where the id is news.
   */
  prove(id: string): boolean {
    const isNews = this.#id !== id;
    this.#state = 'ours';
    this.#id = id;
    return isNews;
  }

  /** any → ours, most likely: it is not sent again, and its label is left as it is. */
  guess(field: LiveField): void {
    this.prove(field.id);
    this.#label = 'left';
  }

  /** label → final: Zoho said so, or live shows it. */
  labelled(): void {
    this.#label = 'final';
  }

  /** label → refused. */
  refuseLabel(refusal: Refusal): void {
    this.#label = 'refused';
    this.#labelRefusal = refusal;
  }
}

/** An attempt that an earlier run left behind: the field is there, only its label is to be set. */
export function resumedAttempt(entry: PlanEntry, declared: ReadonlySet<string>): Attempt {
  const attempt = new Attempt(entry, declared);
  if (entry.id !== undefined) attempt.prove(entry.id);
  return attempt;
}

/** The line that has to be on disk before a POST for the field leaves. */
export function noteIntent(attempt: Attempt, beside: string | undefined): JournalEntry {
  return {
    ...base(attempt),
    event: 'intent',
    working_label: attempt.workingLabel,
    ...given({ beside }),
  };
}

/** The line that says what came of it. */
export function note(
  event: 'created' | 'labelling' | 'labelled' | 'refused',
  attempt: Attempt,
): JournalEntry {
  return { ...base(attempt), event, ...given({ id: attempt.id }) };
}

/**
 * The line that keeps how many custom fields the module can hold, where Zoho said so when it refused one.
 *
 * Zoho has limits of other kinds too, and not all of its refusals say which one was reached: a number is of all custom
 * fields where live shows exactly as many, and Zoho does not object to something else.
 * @param live the module after the refusal.
 */
export function noteLimit(
  module: string,
  attempts: readonly Attempt[],
  live: readonly LiveField[],
  beside: string | undefined,
): readonly JournalEntry[] {
  const limit = live.filter((field) => field.custom).length;
  const isSaid = attempts.some(
    ({ refusal }) => refusal?.limit === limit && !OF_A_KIND.has(refusal.path?.[0] ?? refusal.key ?? ''),
  );
  return isSaid && beside !== undefined ? [{ event: 'limit', module, api_name: '', limit, beside }] : [];
}

/** Where Zoho points to when it is about one kind of field only. */
const OF_A_KIND: ReadonlySet<string | number> = new Set(['unique', 'data_type']);

function base(attempt: Attempt): { readonly module: string; readonly api_name: string } {
  return { module: attempt.entry.module, api_name: attempt.entry.field.api_name };
}
