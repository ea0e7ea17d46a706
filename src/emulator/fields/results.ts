import { entityTooLarge, refusal, unsupportedMediaType } from '../crm/refusals.ts';
import type { Call } from '../crm/resource.ts';
import { json, type Reply } from '../http/exchange.ts';
import { type Json, type JsonObject, given, isList } from '../json.ts';
import type { Switches } from '../switches.ts';
import { type Problem, at, invalidData, wrongType } from './problem.ts';

/** What became of one item: the id of its field, or why not. */
export type Outcome = { readonly id: string } | Problem;

/** The answer to a write, in request order: all is well, 207 for some, the common refusal for none (sheet §3.7). */
export function answer(
  outcomes: readonly Outcome[],
  done: { readonly status: number; readonly message: string },
): Reply {
  const failed = outcomes.filter((outcome) => 'code' in outcome);
  const fields: readonly Json[] = outcomes.map((outcome) =>
    'code' in outcome ? failure(outcome) : success(outcome.id, done.message),
  );
  if (failed.length === 0) return json(done.status, { fields });
  if (failed.length < outcomes.length) return json(207, { fields });
  return json(commonStatus(failed), { fields });
}

/** A structural mistake in one item refuses all of them, in one of two forms (sheet §3.7). */
export function wholeRefusal(problem: Problem, { structuralErrors }: Switches): Reply {
  if (structuralErrors === 'whole-request-listed')
    return json(problem.status, { fields: [failure(problem)] });
  return flat(problem);
}

export function success(id: string, message: string): JsonObject {
  return { code: 'SUCCESS', details: { id }, message, status: 'success' };
}

function failure({ code, details, message }: Problem): JsonObject {
  return { code, details, message, status: 'error' };
}

/** A status other than 400 is only used where every item asks for it. */
function commonStatus(failed: readonly Problem[]): number {
  const statuses = new Set(failed.map((problem) => problem.status));
  return statuses.size === 1 ? (failed[0]?.status ?? 400) : 400;
}

/**
 * Step 8 of the checks: JSON with a list `fields` of 1 to 5 items. The pages' own curl samples send JSON as a form
 * and without a type, so only types that cannot be meant as JSON are refused.
 */
export function readItems(call: Call, most: number): readonly Json[] | Reply {
  const { request, zoho } = call;
  if (request.tooLarge) return entityTooLarge();
  if (/xml|html|multipart|octet-stream|image/i.test(request.headers['content-type'] ?? ''))
    return unsupportedMediaType();
  const place = at('$', 'fields');
  const items = given(parse(request.body.toString('utf8')), 'fields');
  if (!isList(items)) return flat(wrongType(place, 'jsonarray'));
  if (items.length === 0) return flat(invalidData(place, { minimum_length: 1 }));
  if (items.length <= most) return items;
  const tooMany = invalidData(place, { maximum_length: most });
  return flat({ ...tooMany, code: zoho.switches.tooManyFieldsCode });
}

/** A problem of one item as the answer to the whole request. */
export function flat(problem: Problem): Reply {
  return refusal(problem.status, problem.code, problem.message, problem.details);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
