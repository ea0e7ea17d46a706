import type { WriteAnswer } from '../../../../src/apply/ports.ts';
import { isDocumented } from '../../../../src/apply/judge-answer.ts';
import { isObject, property } from '../../../../src/model/json.ts';
import { Problem } from '../../../../src/model/problem.ts';
import { decode } from '../../../../src/zoho/http/answer.ts';
import { apiProblem } from '../../../../src/zoho/api-errors.ts';
import { apiHostOwner } from '../../../../src/zoho/auth/data-centre.ts';
import { readToken } from '../../../../src/zoho/auth/token.ts';
import { readWholeList, FIELDS, readFields } from '../../../../src/zoho/lists.ts';
import { readWriteAnswer } from '../../../../src/zoho/writer.ts';
import { crash, law, type Flaw } from '../trial.ts';
import type { Attack } from './attack.ts';
import { credentials, host, problemFlaws } from './credentials.ts';

/** What an answer was taken for. */
export interface Reading {
  readonly flaws: readonly Flaw[];
  readonly kind: string;
}

/** Runs a reader: a value is judged, a Problem is an answer, anything else is a crash. */
export function reading<Value>(work: () => Value, judge: (value: Value) => readonly Flaw[]): Reading {
  try {
    const value = work();
    return { flaws: judge(value), kind: 'a value' };
  } catch (error) {
    if (!(error instanceof Problem)) return { flaws: [crash(error)], kind: 'a crash' };
    return { flaws: problemFlaws(error), kind: error.diagnostics[0]?.code ?? error.kind };
  }
}

/** The list of fields: complete ones, as many as were sent. */
export async function asFields(attack: Attack): Promise<Reading> {
  const { json } = decode(attack.answer, host);
  const whole = await readWholeList(FIELDS, () => Promise.resolve({ json, host })).catch(
    (error: unknown) => ({ error }),
  );
  return reading(
    () => {
      if ('error' in whole) throw whole.error;
      return readFields(whole.items, whole.host);
    },
    (fields) => {
      const sent = isObject(json) ? property(json, 'fields') : undefined;
      const flaws: Flaw[] = [];
      if (json !== undefined && !Array.isArray(sent))
        flaws.push(law('fields out of an answer that holds none'));
      if (Array.isArray(sent) && sent.length !== fields.length)
        flaws.push(law(`${fields.length} fields of ${sent.length}`));
      for (const { id, api_name, data_type, field_label, display_label } of fields) {
        const texts: readonly unknown[] = [id, api_name, data_type, field_label, display_label];
        if (!texts.every((text) => typeof text === 'string' && text !== ''))
          flaws.push(law(`a field that lacks something: ${JSON.stringify(texts)}`));
      }
      return flaws;
    },
  );
}

/** True where the engine takes an answer for what was done, or for a word that nothing was. */
export function isBelieved(answer: WriteAnswer): boolean {
  return (
    answer.kind === 'answered' ||
    (answer.kind === 'refused' && answer.refusals.some(({ code }) => isDocumented(code)))
  );
}

/** The answer to a write: as many results as were sent, or a refusal, or nothing is known. */
export function asWritten(attack: Attack, sent: number): Reading {
  const answer = decode(attack.answer, host);
  const context = { module: 'Deals', scope: 'ZohoCRM.settings.ALL' };
  let kind = '';
  const { flaws, kind: outcome } = reading(
    () => readWriteAnswer(answer, sent, context),
    (result) => {
      kind = result.kind;
      const found: Flaw[] = [];
      if (attack.isBroken && isBelieved(result))
        found.push(law(`a broken answer to a write counts as ${result.kind}`));
      if (answer.status >= 500 && result.kind !== 'lost' && result.kind !== 'stopped')
        found.push(law(`HTTP ${answer.status} counts as ${result.kind}`));
      if (result.kind === 'answered' && result.items.length !== sent)
        found.push(law(`${result.items.length} results for ${sent} fields`));
      if (result.kind === 'stopped') found.push(...problemFlaws(result.problem));
      if (result.kind === 'refused' && result.refusals.length === 0)
        found.push(law('refused without a refusal'));
      return found;
    },
  );
  return { flaws, kind: kind === '' ? outcome : kind };
}

/** An access token: of printable characters, with a life, for a host of Zoho's. */
export function asToken(attack: Attack): Reading {
  return reading(
    () => readToken(decode(attack.answer, host), credentials, { now: 0, grant: 'refresh_token' }),
    ({ value, apiBase, lifeSeconds, scopes }) => {
      const flaws: Flaw[] = [];
      if (attack.isBroken) flaws.push(law('a token out of a broken answer'));
      if (!/^[\x21-\x7e]+$/u.test(value.reveal())) flaws.push(law('a token that is no token'));
      if (!Number.isFinite(lifeSeconds) || lifeSeconds <= 0)
        flaws.push(law(`a token that lives ${lifeSeconds} s`));
      const { host: apiHost } = new URL(apiBase);
      if (apiBase !== `https://${apiHost}` || apiHostOwner(apiHost) === undefined)
        flaws.push(law(`a token for ${apiBase}`));
      if (!scopes.every((scope) => typeof scope === 'string')) flaws.push(law('a scope that is no text'));
      return flaws;
    },
  );
}

/** A refusal of the whole request, in words. */
export function asRefusal(attack: Attack): Reading {
  return reading(
    () => apiProblem(decode(attack.answer, host), { module: 'Deals', scope: 'ZohoCRM.settings.ALL' }),
    (problem) => (problem === undefined ? [] : problemFlaws(problem)),
  );
}
