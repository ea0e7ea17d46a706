import { count } from '../model/count.ts';
import type { FieldWriter, ItemAnswer, LabelChange, Refusal, WriteAnswer } from '../apply/ports.ts';
import { isObject, property, type Json, type JsonObject, valueAt } from '../model/json.ts';
import { problem, Problem } from '../model/problem.ts';
import { envelope, type Answer } from './http/answer.ts';
import { apiProblem } from './api-errors.ts';
import { toRefusal } from './field-errors.ts';
import type { SentAnswer, Session } from './session.ts';
import { TransportError } from './http/transport.ts';

/** The two writes that exist: creating fields, and setting the label of fields just created. */
export class ZohoWriter implements FieldWriter {
  readonly #session: Session;
  readonly #onAnswer: ((answer: Answer) => void) | undefined;
  /** What was sent and had no more than the beginning of an answer, with the reason. */
  readonly #begun = new Map<string, string>();

  /** @param onAnswer of a probe: sees each answer as it came, and nothing is sent twice. */
  constructor(session: Session, onAnswer?: (answer: Answer) => void) {
    this.#session = session;
    this.#onAnswer = onAnswer;
  }

  create(module: string, bodies: readonly JsonObject[]): Promise<WriteAnswer> {
    return this.#write('POST', module, bodies, 'ZohoCRM.settings.fields.CREATE');
  }

  relabel(module: string, labels: readonly LabelChange[]): Promise<WriteAnswer> {
    const bodies = labels.map(({ id, field_label }) => ({ id, field_label }));
    return this.#write('PATCH', module, bodies, 'ZohoCRM.settings.fields.UPDATE');
  }

  async #write(
    method: 'POST' | 'PATCH',
    module: string,
    bodies: readonly JsonObject[],
    scope: string,
  ): Promise<WriteAnswer> {
    const body = JSON.stringify({ fields: bodies });
    const name = `${method} ${module} ${body}`;
    const earlier = this.#begun.get(name);
    if (earlier !== undefined) return notAgain(earlier);
    let sent: SentAnswer;
    try {
      const once = this.#onAnswer === undefined ? {} : ({ once: true } as const);
      const call = { path: 'settings/fields', query: { module }, body, ...once };
      sent = method === 'POST' ? await this.#session.create(call) : await this.#session.change(call);
    } catch (error) {
      if (error instanceof TransportError) {
        if (error.isSlow || error.fault === 'too-large') this.#begun.set(name, error.message);
        return { kind: 'lost', why: error.message, isUnanswered: true };
      }
      if (error instanceof Problem) return { kind: 'stopped', problem: error, refusal: asRefusal(error) };
      throw error;
    }
    this.#onAnswer?.(sent);
    const read = readWriteAnswer(sent, bodies.length, { module, scope });
    if (read.kind === 'lost' && sent.isSlow === true) this.#begun.set(name, read.why);
    return read;
  }
}

/**
 * Reads the answer to a write (sheet §3.7): 201, 207 and 400 alike are judged by their items, never by the status.
 *
 * Anything that is not an answer of Zoho's leaves open what was done, and says so.
 */
export function readWriteAnswer(
  answer: SentAnswer,
  sent: number,
  context: { readonly module: string; readonly scope: string },
): WriteAnswer {
  const { host, againMs } = answer;
  const items = valueAt(answer.json, ['fields']);
  if (Array.isArray(items) && answer.status < 500) {
    const results = items.map((item: Json) => itemAnswer(item));
    const read = results.filter((item) => item !== undefined);
    if (read.length === results.length && read.length === sent) return { kind: 'answered', items: read };
    const refusals = read.flatMap((item) => (item.status === 'error' ? [item.refusal] : []));
    const nothingDone = answer.status >= 400 && refusals.length > 0 && refusals.length === results.length;
    if (nothingDone) return { kind: 'refused', refusals };
    return {
      kind: 'lost',
      why: `${host} answered with ${count(items.length, 'result')} for ${count(sent, 'field')}`,
    };
  }
  const error = envelope(answer.json);
  const isAccess = answer.status === 401 || answer.status === 403;
  const isRedirect = answer.status >= 300 && answer.status < 400;
  if (answer.status < 500 && !isRedirect && (error !== undefined || isAccess)) {
    if (againMs !== undefined && error !== undefined)
      return { kind: 'refused', refusals: [toRefusal(error)], againMs };
    const failure = apiProblem(answer, context);
    const isFinal = isAccess || answer.status === 429 || failure?.kind === 'credentials';
    const refusal = error === undefined ? failure && asRefusal(failure) : toRefusal(error);
    const cause = isFinal && failure !== undefined ? { problem: failure } : {};
    if (refusal !== undefined) return { kind: 'refused', refusals: [refusal], ...cause };
  }
  const why = `${host} answered HTTP ${answer.status} without a result for each field`;
  return OF_A_GATEWAY.has(answer.status) ? { kind: 'lost', why, isUnanswered: true } : { kind: 'lost', why };
}

/** Said by what stands before Zoho, which got no answer itself (RFC 9110 §15.6.3, §15.6.5). */
const OF_A_GATEWAY: ReadonlySet<number> = new Set([502, 504]);

/**
 * A server that has begun to answer has made up its mind: what live does not show afterwards was not to be, and sending it again
 * would only be waited for again. The code is the one of a field that may still turn up.
 */
function notAgain(why: string): WriteAnswer {
  const failure = problem(
    'unreachable',
    'no-answer',
    `Zoho began to answer, but ${why}. What was sent is not there, and was not sent again.`,
    'Apply again later: what exists is left as it is, and the rest is created.',
  );
  const message = `${why}; the field is not there, and was not sent again`;
  return { kind: 'stopped', problem: failure, refusal: { code: 'NO_ANSWER', message } };
}

function itemAnswer(item: Json): ItemAnswer | undefined {
  if (!isObject(item)) return undefined;
  if (property(item, 'status') === 'success' || property(item, 'code') === 'SUCCESS') {
    const id = valueAt(item, ['details', 'id']);
    return { status: 'success', ...(typeof id === 'string' && id !== '' ? { id } : {}) };
  }
  const error = envelope(item);
  return error === undefined ? undefined : { status: 'error', refusal: toRefusal(error) };
}

function asRefusal(failure: Problem): Refusal {
  return {
    code: (failure.diagnostics[0]?.code ?? failure.kind).toUpperCase().replaceAll('-', '_'),
    message: failure.message,
  };
}
