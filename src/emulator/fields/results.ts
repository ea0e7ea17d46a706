import { json, type Reply } from '../http/exchange.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Switches } from '../switches.ts';
import type { Problem } from './problem.ts';
import { flat } from './read-body.ts';

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
