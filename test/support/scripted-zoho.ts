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

  get ports(): ApplyPorts {
    return {
      reader: {
        fields: () => {
          this.reads += 1;
          const result = this.onRead.shift()?.(this) ?? [...this.fields];
          return Array.isArray(result) ? Promise.resolve(result) : Promise.reject(result);
        },
      },
      writer: {
        create: (_, bodies) => {
          this.posts.push(bodies);
          return Promise.resolve((this.onPost.shift() ?? honest)(this, bodies));
        },
        relabel: (_, labels) => {
          this.patches.push(labels);
          return Promise.resolve((this.onPatch.shift() ?? setLabels)(this, labels));
        },
      },
      wait: (ms) => {
        this.waits.push(ms);
        return Promise.resolve();
      },
      settleMs: 5000,
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
      refusals: [{ code: 'INVALID_DATA', message: 'invalid data', key: 'api_name', item: 0 }],
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
export const lost: WriteAnswer = { kind: 'lost', why: 'zoho did not answer within 30000 ms' };

/** Zoho out of reach. */
export const unreachable = problem('unreachable', 'network-refused', 'Zoho could not be reached.');
