import { refusal, json, type Reply, refuse } from '../http/reply.ts';
import type { Call, ModuleCall } from '../zoho.ts';
import type { Draft } from '../state/organisation-state.ts';
import { type Json, type JsonObject, given, isList, parseJson } from '../json.ts';
import type { Switches } from '../switches.ts';
import { type Problem, at, invalidData, wrongType } from './problem.ts';

/** The first version whose pages know how to write fields (sheet §4.3). */
const FIRST_WRITING_VERSION = 6;

/** Refuses writes through versions that have no page for them, as the switch says. */
export function oldVersion({ version, zoho }: ModuleCall): Reply | undefined {
  if (version >= FIRST_WRITING_VERSION || zoho.switches.oldVersionWrites === 'serve') return undefined;
  return zoho.switches.oldVersionWrites === 'API_NOT_SUPPORTED'
    ? refuse('API_NOT_SUPPORTED', { supported_version: 8 })
    : refuse('INVALID_REQUEST_METHOD');
}

/** What became of one item: the id of its field, or why not. */
export type Outcome = { readonly id: string } | Problem;

/** What a write does with its items. */
interface Write {
  /** What is wrong with an item before any value is looked at. */
  readonly structure: (item: Json, path: string) => Problem | undefined;
  /** Carries out one item, whose place is `$.fields[0]`. */
  readonly one: (draft: Draft, item: Json, path: string) => Outcome;
  readonly done: { readonly status: number; readonly message: string };
}

/** A write of up to so many items; `complete` adds to each what the address says (sheet §3.7, §13.2). */
export function writeItems(
  call: ModuleCall,
  { structure, one, done }: Write,
  most: number,
  complete: (item: Json) => Json = (item) => item,
): Reply {
  const refused = oldVersion(call);
  if (refused !== undefined) return refused;
  const sent = readItems(call, most);
  if ('status' in sent) return sent;
  const items = sent.map((item, index) => ({ item: complete(item), path: `$.fields[${index}]` }));
  const { switches, store } = call.zoho;
  const structures = items.map(({ item, path }) => structure(item, path));
  const broken = structures.find((found) => found !== undefined);
  if (broken !== undefined && switches.structuralErrors !== 'per-item') return wholeRefusal(broken, switches);
  const outcomes = store.change((draft) =>
    // Items beyond the limit belong to a request that was lost midway; nobody sees their outcome.
    items
      .slice(0, call.commitLimit)
      .map(({ item, path }, index) => structures[index] ?? one(draft, item, path)),
  );
  return answer(outcomes, done);
}

/** The answer to a write, in request order: all is well, 207 for some, the common refusal for none (sheet §3.7). */
function answer(outcomes: readonly Outcome[], done: Write['done']): Reply {
  const failed = outcomes.filter((outcome) => 'code' in outcome);
  const fields: readonly Json[] = outcomes.map((outcome) =>
    'code' in outcome ? failure(outcome) : success(outcome.id, done.message),
  );
  if (failed.length === 0) return json(done.status, { fields });
  if (failed.length < outcomes.length) return json(207, { fields });
  return json(commonStatus(failed), { fields });
}

/** A structural mistake in one item refuses all of them, in one of two forms (sheet §3.7). */
function wholeRefusal(problem: Problem, { structuralErrors }: Switches): Reply {
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
function readItems(call: Call, most: number): readonly Json[] | Reply {
  const { request, zoho } = call;
  if (request.tooLarge) return refuse('REQUEST_ENTITY_TOO_LARGE');
  if (/xml|html|multipart|octet-stream|image/i.test(request.headers['content-type'] ?? ''))
    return refuse('UNSUPPORTED_MEDIA_TYPE');
  const place = at('$', 'fields');
  const items = given(parseJson(request.body.toString('utf8')), 'fields');
  if (!isList(items)) return flat(wrongType(place, 'jsonarray'));
  if (items.length === 0) return flat(invalidData(place, { minimum_length: 1 }));
  if (items.length <= most) return items;
  const tooMany = invalidData(place, { maximum_length: most });
  return flat({ ...tooMany, code: zoho.switches.tooManyFieldsCode });
}

/** A problem of one item as the answer to the whole request. */
function flat(problem: Problem): Reply {
  return refusal(problem.status, problem.code, problem.message, problem.details);
}
