import { isObject, property } from '../model/json.ts';
import type { Look, ProbeReader, Seen, TokenForm } from '../model/live-field.ts';
import { apiProblem } from './api-errors.ts';
import type { Answer } from './http/answer.ts';
import type { Session } from './session.ts';
import { notFields } from './wire-fields.ts';

/** Looks at what this Zoho answers, without an opinion on it; there is no way to write through it. */
export class ZohoProber implements ProbeReader {
  readonly #session: Session;
  readonly #now: () => number;

  /** @param now milliseconds since the epoch, to tell how long an answer took. */
  constructor(session: Session, now: () => number) {
    this.#session = session;
    this.#now = now;
  }

  async tokenForm(): Promise<TokenForm | undefined> {
    return (await this.#session.token()).form;
  }

  async look(look: Look): Promise<Seen> {
    return (await this.#see(look)).seen;
  }

  /**
   * The list of a module's fields, without which there is nothing to look at.
   * @throws Problem when it is refused, or is no list of fields.
   */
  async list(look: Look): Promise<Seen> {
    const { seen, answer } = await this.#see(look);
    const host = new URL((await this.#session.token()).apiBase).host;
    const { module = '' } = look.query;
    const failure = apiProblem(answer, { host, module, scope: 'ZohoCRM.settings.fields.READ' });
    if (failure !== undefined) throw failure;
    const fields = isObject(seen.json) ? property(seen.json, 'fields') : undefined;
    if (!Array.isArray(fields) || !fields.some((one) => isObject(one)))
      throw notFields(host, 'it holds no list of fields');
    return seen;
  }

  async #see(look: Look): Promise<{ readonly seen: Seen; readonly answer: Answer }> {
    const from = this.#now();
    const answer = await this.#session.look(look);
    const ms = Math.max(0, this.#now() - from);
    return { answer, seen: seenIn(answer, ms) };
  }
}

/** An answer as a probe sees it. */
export function seenIn(answer: Answer, ms: number): Seen {
  const { status, json, limits = [] } = answer;
  return { status, ...(json === undefined ? {} : { json }), limits, ms };
}
