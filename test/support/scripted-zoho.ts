import type { ApplyEvent, ApplyPorts, ItemAnswer, LabelChange, WriteAnswer } from '../../src/apply/ports.ts';
import type { JournalEntry } from '../../src/model/journal.ts';
import { textOf, type JsonObject } from '../../src/model/json.ts';
import type { LiveField } from '../../src/model/live-field.ts';
import { problem, type Problem } from '../../src/model/problem.ts';
import { has } from './field.ts';

/** What a scripted write does before it answers, and the answer. */
export type Script = (zoho: ScriptedZoho, bodies: readonly JsonObject[]) => WriteAnswer;

/**
 * A Zoho at the engine's ports: a small honest one unless a script says otherwise. It exists to put any answer behind any
 * state; how the real one answers over HTTP is the emulator's business.
 */
export class ScriptedZoho {
  readonly fields: LiveField[];
  readonly posts: (readonly JsonObject[])[] = [];
  readonly patches: (readonly LabelChange[])[] = [];
  readonly waits: number[] = [];
  readonly events: ApplyEvent[] = [];
  readonly journal: JournalEntry[] = [];
  reads = 0;
  /** What was asked of it, in order: `GET`, `POST name,name`, `PATCH id,id`. */
  readonly asked: string[] = [];
  /** Labels that were sent since the last read, and ever: what is sent again has to be looked for before. */
  readonly #sent = new Set<string>();
  readonly #unread = new Set<string>();
  /** Ids of fields that a read has shown under a label that was sent before. */
  readonly #proven = new Set<string>();
  /** Answers for the next POSTs, in order; after them Zoho is honest. */
  onPost: Script[] = [];
  onPatch: ((zoho: ScriptedZoho, labels: readonly LabelChange[]) => WriteAnswer)[] = [];
  /** What the next reads do instead of telling the fields. */
  onRead: ((zoho: ScriptedZoho) => readonly LiveField[] | Problem)[] = [];
  interrupted = false;
  /** The world of sheet §3.6. */
  world: 'honour' | 'ignore' | 'reject' = 'honour';

  constructor(...fields: readonly LiveField[]) {
    this.fields = [...fields];
  }

  /** Creates a field as this world would and gives its id. */
  make(body: JsonObject): string {
    const label = textOf(body['field_label']);
    const derived = label.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
    const name = this.world === 'honour' ? textOf(body['api_name'] ?? derived) : derived;
    const { field_label: _l, api_name: _a, data_type, ...rest } = body;
    const field = has(name, { ...rest, type: textOf(data_type), label });
    this.fields.push(field);
    return field.id;
  }

  /** Creates all of them. */
  commit(bodies: readonly JsonObject[]): WriteAnswer {
    return { kind: 'answered', items: bodies.map((body) => ({ status: 'success', id: this.make(body) })) };
  }

  /** What it holds, as a plan reads it. */
  planned(): readonly LiveField[] {
    this.#show(this.fields);
    return [...this.fields];
  }

  #show(fields: readonly LiveField[]): void {
    this.#unread.clear();
    for (const { id, field_label, display_label } of fields)
      if ([field_label, display_label].some((label) => this.#sent.has(label.toLowerCase())))
        this.#proven.add(id);
  }

  /** Contract §9: before anything is sent a second time, live is read. */
  #checkCreation(bodies: readonly JsonObject[]): void {
    const labels = bodies.map((body) => textOf(body['field_label']).toLowerCase());
    this.asked.push(`POST ${labels.join()}`);
    const unread = labels.filter((label) => this.#unread.has(label));
    if (unread.length > 0) throw new Error(`${unread.join()}: sent again before live was read`);
    for (const label of labels) {
      this.#sent.add(label);
      this.#unread.add(label);
    }
  }

  /** Invariant I11: only what a read has shown to be ours after its POST is changed. */
  #checkLabels(labels: readonly LabelChange[]): void {
    this.asked.push(`PATCH ${labels.map(({ id }) => id).join()}`);
    const foreign = labels.filter(({ id }) => !this.#proven.has(id));
    if (foreign.length > 0)
      throw new Error(`${foreign[0]?.id}: changed before a read had shown it to be ours`);
  }

  get ports(): ApplyPorts {
    return {
      reader: {
        fields: () => {
          this.reads += 1;
          this.asked.push('GET');
          const result = this.onRead.shift()?.(this) ?? [...this.fields];
          if (Array.isArray(result)) this.#show(result as readonly LiveField[]);
          return Array.isArray(result) ? Promise.resolve(result) : Promise.reject(result);
        },
      },
      writer: {
        create: (_, bodies) => {
          this.posts.push(bodies);
          this.#checkCreation(bodies);
          return Promise.resolve((this.onPost.shift() ?? honest)(this, bodies));
        },
        relabel: (_, labels) => {
          this.patches.push(labels);
          this.#checkLabels(labels);
          return Promise.resolve((this.onPatch.shift() ?? setLabels)(this, labels));
        },
      },
      wait: (ms) => {
        this.waits.push(ms);
        return Promise.resolve();
      },
      settleMs: 5000,
      now: () => Date.now(),
      interrupted: () => this.interrupted,
      journal: (entries) => {
        this.journal.push(...entries);
      },
      onEvent: (event) => {
        this.events.push(event);
      },
    };
  }
}

function honest(zoho: ScriptedZoho, bodies: readonly JsonObject[]): WriteAnswer {
  if (zoho.world === 'reject' && bodies.some((body) => body['api_name'] !== undefined)) {
    return {
      kind: 'refused',
      refusals: [
        { code: 'INVALID_DATA', message: 'invalid data', key: 'api_name', item: 0, path: ['api_name'] },
      ],
    };
  }
  return zoho.commit(bodies);
}

/** Sets labels one after the other, as PATCH does; a label that another field holds is refused. */
export function setLabels(zoho: ScriptedZoho, labels: readonly LabelChange[]): WriteAnswer {
  const items = labels.map(({ id, field_label }): ItemAnswer => {
    const index = zoho.fields.findIndex((field) => field.id === id);
    const field = zoho.fields[index];
    const taken = zoho.fields.some(
      (one) => one.id !== id && one.field_label.toLowerCase() === field_label.toLowerCase(),
    );
    if (field === undefined || taken)
      return { status: 'error', refusal: { code: 'DUPLICATE_DATA', message: 'Field label duplicate' } };
    zoho.fields[index] = { ...field, field_label, display_label: field_label };
    return { status: 'success', id };
  });
  return { kind: 'answered', items };
}

/** An answer that never came. */
export const lost: WriteAnswer = {
  kind: 'lost',
  why: 'zoho did not answer within 30000 ms',
  isUnanswered: true,
};

/** Zoho out of reach. */
export const unreachable = problem('unreachable', 'network-refused', 'Zoho could not be reached.');
